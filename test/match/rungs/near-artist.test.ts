// The same title under a name near the artist's: first the names that are other artists, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type AlbumRow, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";

const lp = ["LP", "Album"];
const telling = "Distant Harbours";

function verdict(artist: string, title: string, albums: readonly AlbumRow[]): Match {
  return createMatcher(albums).match(releaseBy([artist], title, lp));
}

type Near = readonly [artist: string, other: string, title?: string];

function withTitle([artist, other, title = telling]: Near): readonly [string, string, string] {
  return [artist, other, title];
}

function rule(name: string, cases: { readonly not: readonly Near[]; readonly same: readonly Near[] }): void {
  describe(`the rule of ${name}`, () => {
    test.each(cases.not.map(withTitle))("not: %s / %s", (artist, other, title) => {
      expect(verdict(artist, title, rows([other, title])).credited).toEqual([]);
    });
    test.each(cases.same.map(withTitle))("%s / %s", (artist, other, title) => {
      expect(verdict(artist, title, rows([other, title])).rule).toBe("near-artist");
    });
  });
}

rule("a slip in the artist's name", {
  not: [
    ["Slayer", "Player"],
    ["The Slayers", "The Players"],
    ["Mary Whitlow", "Mark Whitlow"],
    ["Ada Vane", "Ada Vance"],
    ["Galaxy 500", "Galaxy 501"],
    ["Area 51 Choir", "Area 52 Choir"],
    ["Marcelle Whitlow", "Marcello Witlow"],
    ["Marcelle Whitlow", "Barcelle Whitlow"],
    ["Fernando Whitlow", "Fernanda Whitlow"],
    ["Daniel Whitlow", "Danielle Whitlow"],
    ["Marcelle Whitlow", "Marcele Whitlow", "Greatest Hits"],
    ["Marcelle Whitlow", "Marcele Whitlow", "Live"],
    ["Marcelle Whitlow", "Marcele Whitlow", "II"],
    ["Marcelle Whitlow", "Marcele Whitlow", "EP"],
    ["Mira Whitlow", "Mirra Whitlov", "Harbour"],
  ],
  same: [
    ["Marcelle Whitlow", "Marcele Whitlow"],
    ["Marcele Whitlow", "Marcelle Whitlow"],
    ["Thaddeous Vane", "Thadeous Vane", "Harbour"],
    ["Marcelle Whitlow", "Marcelle Wihtlow"],
    ["Marcelle Whitlow", "Marcelle Witlow", "Marcelle Whitlow"],
    ["Menagerie 500", "Menagery 500", "In Harbour"],
    ["Cold Hot Chilli Makers", "Cold Hot Chili Makers"],
  ],
});

test("a slip is looked for only where nothing stands under the name itself", () => {
  const albums = rows(["Marcelle Whitlow", telling], ["Marcele Whitlow", telling]);
  expect(verdict("Marcelle Whitlow", telling, albums).credited.map(({ album }) => album.id)).toEqual([1]);
  const others = rows(["Marcelle Whitlow", "Copper Fields"], ["Marcele Whitlow", telling]);
  expect(verdict("Marcelle Whitlow", telling, others).credited).toEqual([]);
});

rule("initials", {
  not: [
    ["Ada Vane", "AV"],
    ["Cold Iron Temple", "CIT", "Live At Home"],
    ["Cold Iron Temple", "CIT", "Harbour"],
    ["Cats Over Dogs", "cod"],
    ["Cold Iron Temple", "CTI"],
  ],
  same: [
    ["Cold Iron Temple", "CIT"],
    ["Cold Iron Temple", "C.I.T."],
    ["Masters Of The Cold Iron", "MCI"],
    ["Shout Against All Walls", "SAAW", "Shout Against All Walls"],
    ["Common View Ltd.", "CvL"],
  ],
});

rule("a first name left out or fuller", {
  not: [
    ["Ludovica Marenghi", "Marenghi", "Harbour"],
    ["Ludovica Marenghi", "Alba Marenghi"],
    ["Ludovica Marenghi", "Ludo Marenzi"],
    ["The Night Choir", "Choir"],
    ["Ludovica Marenghi", "L. Marenghi", "Live"],
  ],
  same: [
    ["Ludovica Marenghi", "Marenghi"],
    ["Ludovica Marenghi", "Ludo Marenghi"],
    ["Ludo Marenghi", "Ludovica Marenghi", "Harbourside"],
    ["Ludovica Marenghi", "L. Marenghi"],
  ],
});

test("a last name alone and initials count beside the name itself", () => {
  const albums = rows(["Ludovica Marenghi", telling], ["Marenghi", telling], ["Ludo Marenghi", telling]);
  expect(verdict("Ludovica Marenghi", telling, albums).credited.map(({ album }) => album.id)).toEqual([2, 1]);
  const initials = rows(["Cold Iron Temple", telling], ["CIT", telling]);
  expect(verdict("Cold Iron Temple", telling, initials).credited.length).toBe(2);
});
