// Releases and albums for the tests of the matcher.
import { createMatcher, type AlbumRow, type Matcher, type MatchedRelease } from "../../src/match/matcher.ts";

/** Songs of an invented album. */
export const songs = [
  "Harbour Lights",
  "Cold Frames",
  "The Long Stair",
  "Paper Moon Motel",
  "Sister Clock",
  "Weather Vane",
  "Undertow",
  "Nine Gates",
  "Ash Wednesday",
  "Copper Wire",
];

export const lp = ["LP", "Album"];

export function buildRelease(
  artist: string,
  title: string,
  descriptions: readonly string[] = [],
): MatchedRelease {
  return buildReleaseBy([artist], title, descriptions);
}

export function buildReleaseBy(
  artists: readonly string[],
  title: string,
  descriptions: readonly string[] = [],
): MatchedRelease {
  return {
    title,
    artists: artists.map((name) => ({ id: null, name, anv: "", join: "&" })),
    formats: descriptions.length === 0 ? [] : [{ name: "Vinyl", quantity: 1, text: "", descriptions }],
    labels: [],
    year: null,
  };
}

export function buildRows(...given: readonly (readonly [artist: string, title: string])[]): AlbumRow[] {
  return given.map(([artist, title], at) => ({ id: at + 1, artist, title, playCount: 10 * (at + 1) }));
}

/** A row with what was heard from it, by its own artist, and with its MBIDs. */
export interface AlbumFixture {
  readonly artist?: string;
  readonly title: string;
  readonly heard?: readonly string[];
  readonly mbids?: readonly string[];
}

/** The artist of rows that name none. */
export const tidewater = "Tidewater";

export function createMatcherFor(given: readonly AlbumFixture[]): Matcher {
  const library = given.map(({ artist = tidewater, title }, at) => ({
    id: at + 1,
    artist,
    title,
    playCount: 100 - at,
  }));
  const tracks = given.map(({ artist = tidewater, heard = [] }) =>
    heard.map((title) => ({ title, artists: [artist] })),
  );
  return createMatcher(library, {
    heard: (id) => tracks[id - 1] ?? [],
    mbids: (id) => given[id - 1]?.mbids ?? [],
  });
}

/** The release with a tracklist, of tracks by one artist if there is one. */
export function addTracklist(of: MatchedRelease, titles: readonly string[], artist?: string): MatchedRelease {
  const artists = artist === undefined ? [] : [artist];
  return { ...of, tracklist: titles.map((title) => ({ title, artists })) };
}
