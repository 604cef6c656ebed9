// The same title under a name near the artist's: first the names that are other artists, then those that are the same.
import { expect, test } from "vitest";
import { createMatcher, type AlbumRow, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";

const lp = ["LP", "Album"];
const telling = "Distant Harbours";

function verdict(artist: string, title: string, albums: readonly AlbumRow[]): Match {
  return createMatcher(albums).match(releaseBy([artist], title, lp));
}

test("a slip is looked for only where nothing stands under the name itself", () => {
  const albums = rows(["Marcelle Whitlow", telling], ["Marcele Whitlow", telling]);
  expect(verdict("Marcelle Whitlow", telling, albums).credited.map(({ album }) => album.id)).toEqual([1]);
  const others = rows(["Marcelle Whitlow", "Copper Fields"], ["Marcele Whitlow", telling]);
  expect(verdict("Marcelle Whitlow", telling, others).credited).toEqual([]);
});

test("initials count beside the name itself", () => {
  const initials = rows(["Cold Iron Temple", telling], ["CIT", telling]);
  expect(verdict("Cold Iron Temple", telling, initials).credited.length).toBe(2);
});
