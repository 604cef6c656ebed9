// What MusicBrainz adds to names, near-misses first. All albums and MBIDs here are invented.
import { describe, expect, test } from "vitest";
import type { Match, MatchedRelease } from "../../../src/match/matcher.ts";
import { type KnownRow, matcherOf, release, tidewater } from "../scenarios.ts";

const verdictOf = (of: MatchedRelease, rows: readonly KnownRow[]): Match => matcherOf(rows).match(of);

const record = (title: string, mbids: readonly string[] | undefined): MatchedRelease => ({
  ...release(tidewater, title),
  mbids,
});

const credited = (match: Match): string[] => match.credited.map(({ album }) => album.title);

describe("equal MBIDs credit nothing", () => {
  test("where the names aren't near", () => {
    const match = verdictOf(record("Harbour Songs", ["r1"]), [{ title: "Nine Gates", mbids: ["r1"] }]);
    expect(match).toMatchObject({ type: "artist_only", credited: [], unidentified: [] });
  });

  test("under another artist", () => {
    const match = verdictOf(record("Harbour Songs", ["r1"]), [
      { artist: "Somebody Else", title: "Harbour Songs Anew", mbids: ["r1"] },
    ]);
    expect(match).toMatchObject({ type: "none", credited: [] });
  });

  test.each([
    ["Harbour Songs Volume One", "Harbour Songs Volume Two"],
    ["Harbour Songs", "Harbour Songs Live In Leeds"],
    ["Harbour Songs", "Harbour Songs Remixed And More"],
    ["Harbour Songs And Ballads 3", "Harbour Songs And Ballads"],
    ["Harbour Songs", "Harbour Songs / Nine Gates"],
  ])("against a veto: %s, %s", (title, row) => {
    const match = verdictOf(record(title, ["g1"]), [{ title: row, mbids: ["g1"] }]);
    expect(match.credited.filter(({ rule }) => rule === "musicbrainz")).toEqual([]);
    expect(match.unidentified).toEqual([]);
  });
});

test("unequal MBIDs are no veto", () => {
  const match = verdictOf(record("Harbour Songs", ["g1", "r1"]), [
    { title: "Harbour Songs", mbids: ["g2", "r2"] },
  ]);
  expect(match).toMatchObject({ type: "exact", rule: "title" });
});

test.each([["r1"], ["g1"]])(
  "a near name with an equal MBID is credited, and told as little known: %s",
  (mbid) => {
    const rows = [{ title: "Harbour Songs and Other Stories of the Sea", mbids: [mbid] }];
    const without = verdictOf(record("Stories of the Sea and Harbour Songs", undefined), rows);
    const match = verdictOf(record("Stories of the Sea and Harbour Songs", ["r1", "g1"]), rows);
    expect(without.credited.map(({ rule }) => rule)).not.toContain("musicbrainz");
    expect(credited(match)).toEqual(["Harbour Songs and Other Stories of the Sea"]);
    expect(match).toMatchObject({ type: "fuzzy", rule: "musicbrainz" });
    expect(match.confidence).toBeGreaterThan(0.5);
    expect(match.confidence).toBeLessThan(0.9);
  },
);

test("beside a tighter row it is one more edition, and the tighter rule stands", () => {
  const match = verdictOf(record("Stories of the Sea", ["g1"]), [
    { title: "Stories of the Sea", mbids: [] },
    { title: "Stories of a Grey Sea", mbids: ["g1"] },
  ]);
  expect(match).toMatchObject({ type: "exact", rule: "title" });
  expect(credited(match)).toEqual(["Stories of the Sea", "Stories of a Grey Sea"]);
});

test("rows that could be looked up: near, told apart by nothing, and only while nothing is settled", () => {
  const rows = [
    { title: "Harbour Songs and Other Stories of the Sea", mbids: [] },
    { title: "Nine Gates", mbids: [] },
    { title: "Harbour Songs of the Sea, Volume Two", mbids: [] },
  ];
  const open = verdictOf(record("Stories of the Sea and Harbour Songs", ["g1"]), rows);
  expect(open.unidentified.map(({ id }) => id)).toEqual([1]);
  expect(verdictOf(record("Stories of the Sea and Harbour Songs", undefined), rows).unidentified).toEqual([]);
  expect(verdictOf(record("Nine Gates", ["g1"]), rows).unidentified).toEqual([]);
});
