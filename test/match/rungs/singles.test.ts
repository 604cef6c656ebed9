// What tells a single from the album of its title. All albums here are invented.
import { describe, expect, test } from "vitest";
import type { MatchedRelease } from "../../../src/match/matcher.ts";
import { listed, lp, matcherOf, release, songs as albumSongs } from "../scenarios.ts";

const songs = ["Low Water", ...albumSongs.slice(1, 7)];

const single = (title = "Low Water", descriptions = ['7"', "Single"]): MatchedRelease =>
  release("Tidewater", title, descriptions);
const judge = (of: MatchedRelease, title: string, heard: readonly string[]) =>
  matcherOf([{ title, heard }]).explain(of);

describe("a row of the single's very title", () => {
  test.each<[string, MatchedRelease, readonly string[]]>([
    ['more than a 7" has', single(), songs.slice(0, 5)],
    ["more than a longer single has", single("Low Water", ['12"', "Maxi-Single"]), songs],
    ["more than are on its tracklist", listed(single(), songs.slice(0, 2)), songs.slice(0, 3)],
    ["numbered tracks", single(), Array.from({ length: 9 }, (_, at) => `Track ${at + 1}`)],
  ])("is the album: %s", (_, of, heard) => {
    expect(judge(of, "Low Water", heard)).toMatchObject({
      type: "artist_only",
      rule: "artist",
      credited: [],
      artistName: "Tidewater",
      rejected: [
        {
          album: { id: 1 },
          close: true,
          doubt: 0.5,
          reason: expect.stringContaining("more than the single"),
        },
      ],
    });
  });

  test.each<[string, MatchedRelease, readonly string[]]>([
    ["nothing heard", single(), []],
    ["the title track alone", listed(single(), songs.slice(0, 2)), songs.slice(0, 1)],
    ["a song that the single has not", listed(single(), songs.slice(0, 2)), songs.slice(1, 3)],
    ["an unknown tracklist", single(), songs.slice(0, 2)],
  ])("is doubtful: %s", (_, of, heard) => {
    expect(judge(of, "Low Water", heard)).toMatchObject({ type: "fuzzy", rule: "single-or-album" });
  });

  test("is the single where its other side was heard", () => {
    const of = listed(single(), songs.slice(0, 2));
    expect(judge(of, "Low Water", songs.slice(0, 2))).toMatchObject({ type: "exact", rule: "title" });
  });

  test.each([
    ["Low Water / Undertow", "Low Water / Undertow"],
    ["Low Water", "Low Water (feat. Ada Vole)"],
  ])("%s is the single by its title: %s", (title, row) => {
    expect(judge(single(title), row, []).rule).not.toBe("single-or-album");
  });
});

test("beside a row that says single, the plain one is left out", () => {
  const heard = songs.slice(0, 1);
  const both = [
    { title: "Low Water", heard },
    { title: "Low Water - Single", heard },
  ];
  const { credited } = matcherOf(both).match(single());
  expect(credited.map(({ album }) => album.id)).toEqual([2]);
});

test("an album of any format is credited whatever was heard", () => {
  expect(judge(release("Tidewater", "Low Water", lp), "Low Water", songs)).toMatchObject({
    type: "exact",
    rule: "title",
  });
});

test("its tracklist is asked for where it could tell", () => {
  expect(judge(single(), "Low Water", songs.slice(0, 2)).isOpen).toBe(true);
  expect(judge(single(), "Low Water", songs.slice(0, 1)).isOpen).toBe(false);
  expect(judge(single(), "Low Water", songs).isOpen).toBe(false);
});
