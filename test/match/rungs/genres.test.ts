// Tracks against genres: a soundtrack has the songs of the album that it is the film of. All names are invented.
import { expect, test } from "vitest";
import { createMatcher, type ExplainedMatch, type MatchedRelease } from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { lp, release, rows } from "../scenarios.ts";

const artist = "Glass Pony";
const rock = ["Rock"];
const screen = ["Rock", "Stage & Screen"];

const credited = (match: ExplainedMatch): string[] => match.credited.map(({ album }) => album.title);

const named = (titles: readonly string[]): NamedTrack[] =>
  titles.map((title) => ({ title, artists: [artist] }));

const songs = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"];

function judge(
  titles: readonly string[],
  genres: MatchedRelease["genres"],
  tracklist?: readonly NamedTrack[],
): ExplainedMatch {
  const albums = rows(...titles.map((title) => [artist, title] as const));
  const record = { ...release(artist, "Paper Kingdom", lp), genres, tracklist };
  return createMatcher(albums, { heard: () => named(songs) }).explain(record);
}

test("the film of an album has its songs: they join no soundtrack to it", () => {
  const titles = ["Paper Kingdom", "Paper Kingdom - Original Soundtrack"];
  expect(judge(titles, rock).rejected).toMatchObject([
    {
      close: true,
      reason: "less certain: same title, but the record's genres say that it is no soundtrack",
    },
  ]);
  expect(credited(judge(titles, rock, named(songs)))).toEqual(["Paper Kingdom"]);
  expect(credited(judge(titles, screen, named(songs)))).toHaveLength(2);
});

test("nor do they settle a doubtful one, or are asked for", () => {
  const titles = ["Paper Kingdom - Original Soundtrack"];
  expect(judge(titles, rock)).toMatchObject({ rule: "against-genres", isOpen: false });
  expect(judge(titles, rock, named(songs))).toMatchObject({ rule: "against-genres", confidence: 0.51 });
});

test("a row that was misspelled is found by them, and brings no soundtrack with it", () => {
  const titles = ["The Papers Of The Kingdom", "Paper Kingdom (Original Soundtrack)"];
  expect(credited(judge(titles, rock, named(songs)))).toEqual(titles.slice(0, 1));
  expect(credited(judge(titles, screen, named(songs)))).toHaveLength(2);
});
