// Tracks against genres: a soundtrack has the songs of the album that it is the film of. All names are invented.
import { expect, test } from "vitest";
import { createMatcher, type ExplainedMatch, type MatchedRelease } from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { lp, buildRelease, buildRows } from "../scenarios.ts";

const artist = "Glass Pony";
const rock = ["Rock"];
const screen = ["Rock", "Stage & Screen"];

const listMatchedTitles = (match: ExplainedMatch): string[] => match.credited.map(({ album }) => album.title);

const toNamedTracks = (titles: readonly string[]): NamedTrack[] =>
  titles.map((title) => ({ title, artists: [artist] }));

const songs = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"];

function explainMatch(
  titles: readonly string[],
  genres: MatchedRelease["genres"],
  tracklist?: readonly NamedTrack[],
): ExplainedMatch {
  const albums = buildRows(...titles.map((title) => [artist, title] as const));
  const record = { ...buildRelease(artist, "Paper Kingdom", lp), genres, tracklist };
  return createMatcher(albums, { heard: () => toNamedTracks(songs) }).explain(record);
}

test("does not join a soundtrack to the album whose songs it has", () => {
  const titles = ["Paper Kingdom", "Paper Kingdom - Original Soundtrack"];
  expect(explainMatch(titles, rock).rejected).toMatchObject([
    {
      close: true,
      reason: "less certain: same title, but the record's genres say that it is no soundtrack",
    },
  ]);
  expect(listMatchedTitles(explainMatch(titles, rock, toNamedTracks(songs)))).toEqual(["Paper Kingdom"]);
  expect(listMatchedTitles(explainMatch(titles, screen, toNamedTracks(songs)))).toHaveLength(2);
});

test("neither confirms an uncertain soundtrack by songs nor asks for its tracklist", () => {
  const titles = ["Paper Kingdom - Original Soundtrack"];
  expect(explainMatch(titles, rock)).toMatchObject({ rule: "against-genres", isOpen: false });
  expect(explainMatch(titles, rock, toNamedTracks(songs))).toMatchObject({
    rule: "against-genres",
    confidence: 0.51,
  });
});

test("finds a misspelled row by its songs, without a soundtrack", () => {
  const titles = ["The Papers Of The Kingdom", "Paper Kingdom (Original Soundtrack)"];
  expect(listMatchedTitles(explainMatch(titles, rock, toNamedTracks(songs)))).toEqual(titles.slice(0, 1));
  expect(listMatchedTitles(explainMatch(titles, screen, toNamedTracks(songs)))).toHaveLength(2);
});
