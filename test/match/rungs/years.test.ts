// Albums of one name by one artist: what is said of their years, and what tracks tell apart where no year does.
import { describe, expect, test } from "vitest";
import {
  createMatcher,
  type AlbumRow,
  type ExplainedMatch,
  type MatchedRelease,
} from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { releaseBy, rows } from "../scenarios.ts";

const artist = "Glass Pony";

interface Dates {
  /** Of the pressing. */
  readonly year?: number | null;
  readonly originalYear?: number | null;
  readonly formats?: readonly string[];
}

function record(title: string, { year = null, originalYear = null, formats = [] }: Dates): MatchedRelease {
  return { ...releaseBy([artist], title, ["LP", "Album", ...formats]), year, originalYear };
}

const albumsOf = (titles: readonly string[]): AlbumRow[] =>
  rows(...titles.map((each) => [artist, each] as const));

const credited = (match: ExplainedMatch): string[] => match.credited.map(({ album }) => album.title);

const two = ["Heavy Weather (2002)", "Heavy Weather (2022)"];

const reasons = (dates: Dates): string[] =>
  createMatcher(albumsOf(two))
    .explain(record("Heavy Weather", dates))
    .rejected.map(({ reason }) => reason);

test("albums of another year are left out, and the reason says so", () => {
  expect(reasons({ year: 2022 })).toEqual(["another year: 2002 against 2022"]);
  expect(reasons({ year: 2022, originalYear: 1999 })).toEqual([
    "another year: 2022 against 1999",
    "another year: 2002 against 1999",
  ]);
  expect(reasons({ year: 2022, formats: ["Reissue"] })).toEqual([
    "dated 2022, and the record's first year isn't known",
    "dated 2002, and the record's first year isn't known",
  ]);
});

test("tracks in common join no album made anew, but one that no year tells apart", () => {
  const tracks = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title,
    artists: [artist],
  }));
  const matcher = createMatcher(albumsOf(["Heavy Weather", "Heavy Weather (2022)"]), { heard: () => tracks });
  const credits = (dates: Dates) => matcher.match(record("Heavy Weather", dates)).credited.length;
  expect(credits({ year: 2002 })).toBe(1);
  expect(credits({ year: 2022 })).toBe(2);
});

const places = ["nowhere", "Leeds", "Turin", "Bergen"];

/** Of the album by its number; each has its own. */
const songsOf = (id: number): NamedTrack[] =>
  ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title: `${title} of ${places[id] ?? ""}`,
    artists: [artist],
  }));

describe("what no year tells apart, tracks do", () => {
  const judge = (
    title: string,
    dates: Dates,
    titles: readonly string[],
    tracklist?: NamedTrack[],
  ): ExplainedMatch => {
    const matcher = createMatcher(albumsOf(titles), { heard: (id) => songsOf(id) });
    return matcher.explain({ ...record(title, dates), tracklist });
  };
  const reissue: Dates = { year: 2022, formats: ["Reissue"] };
  const namesakes = ["Glass Pony (1980)", "2003 - Glass Pony"];

  test("not those of an album made anew", () => {
    expect(credited(judge("Heavy Weather", { year: 2001, formats: ["Repress"] }, two, songsOf(2)))).toEqual(
      [],
    );
    expect(credited(judge("Heavy Weather", { originalYear: 1990 }, two, songsOf(1)))).toEqual([]);
  });

  test("nor those of a volume, a live album or another's", () => {
    for (const title of ["Heavy Weather 2 (2002)", "Heavy Weather Live (2002)", "Heavy Weather 2002"])
      expect(credited(judge("Heavy Weather", reissue, [title], songsOf(1)))).toEqual([]);
    expect(credited(judge("Heavy Weather", reissue, two, songsOf(3)))).toEqual([]);
  });

  test.each([
    ["Heavy Weather", two],
    [artist, namesakes],
  ])("%s is the one whose tracks it has, and its tracklist is asked for", (title, titles) => {
    expect(judge(title, reissue, titles)).toMatchObject({ type: "artist_only", isOpen: true });
    for (const id of [1, 2])
      expect(judge(title, reissue, titles, songsOf(id))).toMatchObject({
        rule: "tracklist",
        credited: [{ album: { id } }],
      });
  });

  test("or the one that MusicBrainz calls it", () => {
    const matcher = createMatcher(albumsOf(two), { mbids: (id) => [`g${id}`] });
    const verdictOf = (mbid: string) => matcher.match({ ...record("Heavy Weather", reissue), mbids: [mbid] });
    expect(verdictOf("g2")).toMatchObject({ rule: "musicbrainz", credited: [{ album: { id: 2 } }] });
    expect(verdictOf("g9").unidentified).toHaveLength(2);
  });
});
