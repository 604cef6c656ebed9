// Albums of one name by one artist: what is said of their years, and what tracks tell apart where no year does.
import { describe, expect, test } from "vitest";
import {
  createMatcher,
  type AlbumRow,
  type ExplainedMatch,
  type MatchedRelease,
} from "../../../src/match/matcher.ts";
import type { NamedTrack } from "../../../src/model/named-tracks.ts";
import { buildReleaseBy, buildRows } from "../scenarios.ts";

const artist = "Glass Pony";

interface Dates {
  /** The year of the pressing. */
  readonly year?: number | null;
  readonly originalYear?: number | null;
  readonly formats?: readonly string[];
}

function buildDatedRelease(
  title: string,
  { year = null, originalYear = null, formats = [] }: Dates,
): MatchedRelease {
  return { ...buildReleaseBy([artist], title, ["LP", "Album", ...formats]), year, originalYear };
}

const buildAlbumRows = (titles: readonly string[]): AlbumRow[] =>
  buildRows(...titles.map((each) => [artist, each] as const));

const listMatchedTitles = (match: ExplainedMatch): string[] => match.credited.map(({ album }) => album.title);

const two = ["Heavy Weather (2002)", "Heavy Weather (2022)"];

const listReasons = (dates: Dates): string[] =>
  createMatcher(buildAlbumRows(two))
    .explain(buildDatedRelease("Heavy Weather", dates))
    .rejected.map(({ reason }) => reason);

test("leaves out albums of another year, and says so in the reason", () => {
  expect(listReasons({ year: 2022 })).toEqual(["another year: 2002 against 2022"]);
  expect(listReasons({ year: 2022, originalYear: 1999 })).toEqual([
    "another year: 2022 against 1999",
    "another year: 2002 against 1999",
  ]);
  expect(listReasons({ year: 2022, formats: ["Reissue"] })).toEqual([
    "dated 2022, and the record's first year isn't known",
    "dated 2002, and the record's first year isn't known",
  ]);
});

test("does not join a remade album by tracks in common, but joins one without a distinguishing year", () => {
  const tracks = ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title,
    artists: [artist],
  }));
  const matcher = createMatcher(buildAlbumRows(["Heavy Weather", "Heavy Weather (2022)"]), {
    heard: () => tracks,
  });
  const countMatches = (dates: Dates) =>
    matcher.match(buildDatedRelease("Heavy Weather", dates)).credited.length;
  expect(countMatches({ year: 2002 })).toBe(1);
  expect(countMatches({ year: 2022 })).toBe(2);
});

const places = ["nowhere", "Leeds", "Turin", "Bergen"];

/** The songs of the album by its number; each has its own. */
const buildSongs = (id: number): NamedTrack[] =>
  ["Overture", "Tin Crown", "Ash And Salt", "The Long Stair"].map((title) => ({
    title: `${title} of ${places[id] ?? ""}`,
    artists: [artist],
  }));

describe("tracks decide if no year does", () => {
  const explainMatch = (
    title: string,
    dates: Dates,
    titles: readonly string[],
    tracklist?: NamedTrack[],
  ): ExplainedMatch => {
    const matcher = createMatcher(buildAlbumRows(titles), { heard: (id) => buildSongs(id) });
    return matcher.explain({ ...buildDatedRelease(title, dates), tracklist });
  };
  const reissue: Dates = { year: 2022, formats: ["Reissue"] };
  const namesakes = ["Glass Pony (1980)", "2003 - Glass Pony"];

  test("but not the tracks of a remade album", () => {
    expect(
      listMatchedTitles(
        explainMatch("Heavy Weather", { year: 2001, formats: ["Repress"] }, two, buildSongs(2)),
      ),
    ).toEqual([]);
    expect(
      listMatchedTitles(explainMatch("Heavy Weather", { originalYear: 1990 }, two, buildSongs(1))),
    ).toEqual([]);
  });

  test("nor the tracks of a volume, a live album or another artist's", () => {
    for (const title of ["Heavy Weather 2 (2002)", "Heavy Weather Live (2002)", "Heavy Weather 2002"])
      expect(listMatchedTitles(explainMatch("Heavy Weather", reissue, [title], buildSongs(1)))).toEqual([]);
    expect(listMatchedTitles(explainMatch("Heavy Weather", reissue, two, buildSongs(3)))).toEqual([]);
  });

  test.each([
    ["Heavy Weather", two],
    [artist, namesakes],
  ])("match %s by its tracks, and ask for its tracklist", (title, titles) => {
    expect(explainMatch(title, reissue, titles)).toMatchObject({ type: "artist_only", isOpen: true });
    for (const id of [1, 2])
      expect(explainMatch(title, reissue, titles, buildSongs(id))).toMatchObject({
        rule: "tracklist",
        credited: [{ album: { id } }],
      });
  });

  test("unless MusicBrainz identifies the album", () => {
    const matcher = createMatcher(buildAlbumRows(two), { mbids: (id) => [`g${id}`] });
    const matchByMbid = (mbid: string) =>
      matcher.match({ ...buildDatedRelease("Heavy Weather", reissue), mbids: [mbid] });
    expect(matchByMbid("g2")).toMatchObject({ rule: "musicbrainz", credited: [{ album: { id: 2 } }] });
    expect(matchByMbid("g9").unidentified).toHaveLength(2);
  });
});
