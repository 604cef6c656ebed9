// The evidence that MusicBrainz adds to names, near-misses first. All albums and MBIDs here are invented.
import { describe, expect, test } from "vitest";
import type { Match, MatchedRelease } from "../../../src/match/matcher.ts";
import { type AlbumFixture, createMatcherFor, buildRelease, tidewater } from "../scenarios.ts";

const matchRelease = (of: MatchedRelease, rows: readonly AlbumFixture[]): Match =>
  createMatcherFor(rows).match(of);

const buildRecord = (title: string, mbids: readonly string[] | undefined): MatchedRelease => ({
  ...buildRelease(tidewater, title),
  mbids,
});

const listMatchedTitles = (match: Match): string[] => match.credited.map(({ album }) => album.title);

describe("equal MBIDs match nothing", () => {
  test("if the names aren't similar", () => {
    const match = matchRelease(buildRecord("Harbour Songs", ["r1"]), [
      { title: "Nine Gates", mbids: ["r1"] },
    ]);
    expect(match).toMatchObject({ type: "artist_only", credited: [], unidentified: [] });
  });

  test("under another artist", () => {
    const match = matchRelease(buildRecord("Harbour Songs", ["r1"]), [
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
    const match = matchRelease(buildRecord(title, ["g1"]), [{ title: row, mbids: ["g1"] }]);
    expect(match.credited.filter(({ rule }) => rule === "musicbrainz")).toEqual([]);
    expect(match.unidentified).toEqual([]);
  });
});

test("does not reject an album with an unequal MBID", () => {
  const match = matchRelease(buildRecord("Harbour Songs", ["g1", "r1"]), [
    { title: "Harbour Songs", mbids: ["g2", "r2"] },
  ]);
  expect(match).toMatchObject({ type: "exact", rule: "title" });
});

test.each([["r1"], ["g1"]])("matches a similar name with an equal MBID, with low confidence: %s", (mbid) => {
  const rows = [{ title: "Harbour Songs and Other Stories of the Sea", mbids: [mbid] }];
  const without = matchRelease(buildRecord("Stories of the Sea and Harbour Songs", undefined), rows);
  const match = matchRelease(buildRecord("Stories of the Sea and Harbour Songs", ["r1", "g1"]), rows);
  expect(without.credited.map(({ rule }) => rule)).not.toContain("musicbrainz");
  expect(listMatchedTitles(match)).toEqual(["Harbour Songs and Other Stories of the Sea"]);
  expect(match).toMatchObject({ type: "fuzzy", rule: "musicbrainz" });
  expect(match.confidence).toBeGreaterThan(0.5);
  expect(match.confidence).toBeLessThan(0.9);
});

test("adds it as an edition beside a stricter match, and keeps the stricter rule", () => {
  const match = matchRelease(buildRecord("Stories of the Sea", ["g1"]), [
    { title: "Stories of the Sea", mbids: [] },
    { title: "Stories of a Grey Sea", mbids: ["g1"] },
  ]);
  expect(match).toMatchObject({ type: "exact", rule: "title" });
  expect(listMatchedTitles(match)).toEqual(["Stories of the Sea", "Stories of a Grey Sea"]);
});

test("proposes similar rows for a lookup only while no album is matched", () => {
  const rows = [
    { title: "Harbour Songs and Other Stories of the Sea", mbids: [] },
    { title: "Nine Gates", mbids: [] },
    { title: "Harbour Songs of the Sea, Volume Two", mbids: [] },
  ];
  const open = matchRelease(buildRecord("Stories of the Sea and Harbour Songs", ["g1"]), rows);
  expect(open.unidentified.map(({ id }) => id)).toEqual([1]);
  expect(
    matchRelease(buildRecord("Stories of the Sea and Harbour Songs", undefined), rows).unidentified,
  ).toEqual([]);
  expect(matchRelease(buildRecord("Nine Gates", ["g1"]), rows).unidentified).toEqual([]);
});
