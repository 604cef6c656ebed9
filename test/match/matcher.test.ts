import { expect, test } from "vitest";
import { createMatcher } from "../../src/match/matcher.ts";
import type { MatchedRelease } from "../../src/match/matcher.ts";

function release(artist: string, title: string): MatchedRelease {
  return {
    title,
    artists: [{ id: null, name: artist, anv: "", join: "" }],
    formats: [],
    labels: [],
    year: null,
  };
}

function library(...rows: readonly (readonly [artist: string, title: string, playCount?: number])[]) {
  return rows.map(([artist, title, playCount = 10], at) => ({ id: at + 1, artist, title, playCount }));
}

test("all editions of an album are credited, most played first", () => {
  const matcher = createMatcher(
    library(
      ["Talk Talk", "Laughing Stock (Remastered)", 5],
      ["Talk Talk", "Laughing Stock", 40],
      ["Talk Talk", "Spirit of Eden", 90],
    ),
  );
  const match = matcher.match(release("Talk Talk", "Laughing Stock"));
  expect(match).toMatchObject({ type: "exact", confidence: 1, rule: "title", artistName: null });
  expect(match.credited.map((credit) => credit.album.id)).toEqual([2, 1]);
});

test("an artist without this album is known by the artist alone", () => {
  const matcher = createMatcher(
    library(["talk talk", "It's My Life", 3], ["Talk Talk", "The Party's Over", 9]),
  );
  expect(matcher.match(release("Talk Talk", "Spirit Of Eden"))).toMatchObject({
    type: "artist_only",
    confidence: 0.5,
    rule: "artist",
    artistName: "Talk Talk",
  });
});

test("an artist nobody played is no match", () => {
  const matcher = createMatcher(library(["Talk Talk", "It's My Life"]));
  expect(matcher.match(release("Mark Hollis", "It's My Life"))).toMatchObject({
    type: "none",
    confidence: 0,
    rule: "none",
  });
});
