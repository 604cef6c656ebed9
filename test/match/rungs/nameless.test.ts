// Records by nobody against albums by nobody.
import { expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import { release } from "../scenarios.ts";

function judge(artist: string, title: string, rows: readonly (readonly [artist: string, title: string])[]) {
  const albums = rows.map(([by, of], at) => ({ id: at + 1, artist: by, title: of, playCount: 10 }));
  return createMatcher(albums).explain(release(artist, title));
}

test.each([
  ["Unknown Artist", "Unknown Artist"],
  ["Unknown Artist", "No Artist"],
  ["No Artist", "unknown"],
])("%s is credited with the equal title by %s", (artist, other) => {
  const match = judge(artist, "Songs From A Mill", [[other, "Songs from a Mill"]]);
  expect(match).toMatchObject({
    type: "fuzzy",
    rule: "nameless",
    credited: [{ album: { id: 1 } }],
    rejected: [],
  });
});

test.each<[string, string, readonly (readonly [string, string])[]]>([
  ["a shorter title", "Test Pressing", [["Unknown Artist", "Test Pressing"]]],
  [
    "a rival by somebody",
    "Songs From A Mill",
    [
      ["Unknown Artist", "Songs From A Mill"],
      ["Ada Vole", "Songs From A Mill"],
    ],
  ],
  [
    "two by nobody",
    "Songs From A Mill",
    [
      ["Unknown Artist", "Songs From A Mill"],
      ["No Artist", "Songs From A Mill"],
    ],
  ],
  ["another spelling", "Songs From A Mill", [["Unknown Artist", "Songs From The Mill (Live)"]]],
])("nothing is credited with %s", (_, title, rows) => {
  expect(judge("Unknown Artist", title, rows)).toMatchObject({ type: "none", credited: [] });
});

test("only an equal title by nobody is worth a question", () => {
  const rows = [
    ["Unknown Artist", "Test Pressing"],
    ["Ada Vole", "Test Pressing"],
  ] as const;
  expect(
    judge("No Artist", "Test Pressing", rows).rejected.map(({ album, doubt }) => [album.id, doubt]),
  ).toEqual([
    [1, 0.5],
    [2, 0],
  ]);
});
