// What the genres of a record say of rows that call themselves soundtracks, near-misses first. All names are invented.
import { describe, expect, test } from "vitest";
import { createMatcher, type ExplainedMatch, type MatchedRelease } from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { releaseBy, rows } from "../scenarios.ts";

const artist = "Glass Pony";
const rock = ["Rock"];
const screen = ["Rock", "Stage & Screen"];
type Genres = MatchedRelease["genres"];

function verdict(title: string, genres: Genres, titles: readonly string[]): ExplainedMatch {
  const albums = rows(...titles.map((each) => [artist, each] as const));
  return createMatcher(albums).explain({ ...releaseBy([artist], title, ["LP", "Album"]), genres });
}

const credited = (match: ExplainedMatch): string[] => match.credited.map(({ album }) => album.title);

const marked = [
  "Paper Kingdom - Original Soundtrack",
  "Paper Kingdom: Original Soundtrack Recording",
  "Paper Kingdom: Songs from the Original Motion Picture",
  "Paper Kingdom (Original Motion Picture Score)",
];

describe("of a record whose genres name no film", () => {
  test.each(marked)("%s is another album than the plain one", (row) => {
    const match = verdict("Paper Kingdom", rock, ["Paper Kingdom", row]);
    expect(credited(match)).toEqual(["Paper Kingdom"]);
    expect(match.rejected).toMatchObject([
      {
        close: true,
        reason: "less certain: same title, but the record's genres say that it is no soundtrack",
      },
    ]);
  });

  test.each(marked)("%s is a doubtful one where there is no other", (row) => {
    const match = verdict("Paper Kingdom", rock, [row]);
    expect(match).toMatchObject({ type: "fuzzy", rule: "against-genres", confidence: 0.51 });
  });

  test("the plain one may be an edition, or spelled otherwise", () => {
    const titles = ["The Paper Kingdom (Deluxe Edition)", "Paper Kingdom (Original Soundtrack)"];
    expect(credited(verdict("Paper Kingdom", rock, titles))).toEqual(titles.slice(0, 1));
  });

  test("so it is with an album called after its artist", () => {
    const titles = ["Glass Pony", "Glass Pony: Original Soundtrack Recording"];
    expect(credited(verdict("Glass Pony", rock, titles))).toEqual(titles.slice(0, 1));
  });

  test("its own title may say that it is one", () => {
    const titles = ["Paper Kingdom", "Paper Kingdom (Original Soundtrack)"];
    for (const title of ["Paper Kingdom (Music From The Film)", "Paper Kingdom OST"])
      expect(credited(verdict(title, rock, titles))).toHaveLength(2);
  });
});

describe("a mark on one side says nothing", () => {
  test.each<readonly [string, Genres]>([
    ["the genres name a stage or a screen", screen],
    ["no genre is known", null],
    ["nobody says", undefined],
    ["there is none", []],
  ])("where %s", (_, genres) => {
    for (const row of marked) {
      expect(verdict("Paper Kingdom", genres, [row]).rule).toBe("soundtrack");
      expect(credited(verdict("Paper Kingdom", genres, ["Paper Kingdom", row]))).toHaveLength(2);
      expect(credited(verdict(row, genres, ["Paper Kingdom"]))).toHaveLength(1);
    }
  });
});

const named = (titles: readonly string[]): NamedTrack[] =>
  titles.map((title) => ({ title, artists: [artist] }));

describe("tracks", () => {
  const songs = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"];
  const judge = (
    titles: readonly string[],
    genres: Genres,
    tracklist?: readonly NamedTrack[],
  ): ExplainedMatch =>
    createMatcher(rows(...titles.map((title) => [artist, title] as const)), {
      heard: () => named(songs),
    }).explain({
      ...releaseBy([artist], "Paper Kingdom", ["LP", "Album"]),
      genres,
      tracklist,
    });

  test("the film of an album has its songs: they join no soundtrack to it", () => {
    const titles = ["Paper Kingdom", "Paper Kingdom - Original Soundtrack"];
    expect(credited(judge(titles, rock))).toEqual(["Paper Kingdom"]);
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
});
