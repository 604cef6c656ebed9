// Signs that tell a single from the album of its title. All albums here are invented.
import { describe, expect, test } from "vitest";
import type { MatchedRelease } from "../../../src/match/matcher.ts";
import { addTracklist, lp, createMatcherFor, buildRelease, songs as albumSongs } from "../scenarios.ts";

const songs = ["Low Water", ...albumSongs.slice(1, 7)];

const buildSingle = (title = "Low Water", descriptions = ['7"', "Single"]): MatchedRelease =>
  buildRelease("Tidewater", title, descriptions);
const matchSingle = (of: MatchedRelease, title: string, heard: readonly string[]) =>
  createMatcherFor([{ title, heard }]).explain(of);

describe("a row with the single's exact title", () => {
  test.each<[string, MatchedRelease, readonly string[]]>([
    ['more than a 7" has', buildSingle(), songs.slice(0, 5)],
    ["more than a longer single has", buildSingle("Low Water", ['12"', "Maxi-Single"]), songs],
    ["more than are on its tracklist", addTracklist(buildSingle(), songs.slice(0, 2)), songs.slice(0, 3)],
    ["numbered tracks", buildSingle(), Array.from({ length: 9 }, (_, at) => `Track ${at + 1}`)],
  ])("is the album: %s", (_, of, heard) => {
    expect(matchSingle(of, "Low Water", heard)).toMatchObject({
      type: "artist_only",
      rule: "artist",
      credited: [],
      artistName: "Tidewater",
      rejected: [
        {
          album: { id: 1 },
          close: true,
          uncertainty: 0.5,
          reason: expect.stringContaining("more than the single"),
        },
      ],
    });
  });

  test.each<[string, MatchedRelease, readonly string[]]>([
    ["nothing heard", buildSingle(), []],
    ["the title track alone", addTracklist(buildSingle(), songs.slice(0, 2)), songs.slice(0, 1)],
    ["a song that the single has not", addTracklist(buildSingle(), songs.slice(0, 2)), songs.slice(1, 3)],
    ["an unknown tracklist", buildSingle(), songs.slice(0, 2)],
  ])("is uncertain: %s", (_, of, heard) => {
    expect(matchSingle(of, "Low Water", heard)).toMatchObject({ type: "fuzzy", rule: "single-or-album" });
  });

  test("is the single if its other side was heard", () => {
    const of = addTracklist(buildSingle(), songs.slice(0, 2));
    expect(matchSingle(of, "Low Water", songs.slice(0, 2))).toMatchObject({ type: "exact", rule: "title" });
  });

  test.each([
    ["Low Water / Undertow", "Low Water / Undertow"],
    ["Low Water", "Low Water (feat. Ada Vole)"],
  ])("%s is the single by its title: %s", (title, row) => {
    expect(matchSingle(buildSingle(title), row, []).rule).not.toBe("single-or-album");
  });
});

test("leaves out the plain row beside one that says single", () => {
  const heard = songs.slice(0, 1);
  const both = [
    { title: "Low Water", heard },
    { title: "Low Water - Single", heard },
  ];
  const { credited } = createMatcherFor(both).match(buildSingle());
  expect(credited.map(({ album }) => album.id)).toEqual([2]);
});

test("matches an album of any format whatever was heard", () => {
  expect(matchSingle(buildRelease("Tidewater", "Low Water", lp), "Low Water", songs)).toMatchObject({
    type: "exact",
    rule: "title",
  });
});

test("asks for a tracklist if it could decide", () => {
  expect(matchSingle(buildSingle(), "Low Water", songs.slice(0, 2)).isOpen).toBe(true);
  expect(matchSingle(buildSingle(), "Low Water", songs.slice(0, 1)).isOpen).toBe(false);
  expect(matchSingle(buildSingle(), "Low Water", songs).isOpen).toBe(false);
});
