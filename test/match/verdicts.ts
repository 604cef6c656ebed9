// What the matcher says of two titles of one artist, in one line for each test.
import { createMatcher, type AlbumRow, type Match } from "../../src/match/matcher.ts";
import { releaseBy, rows } from "./scenarios.ts";

export type Titles = readonly [record: string, album: string];

export const lp = ["LP", "Album"];

export function verdict(artist: string, [record, album]: Titles, formats: readonly string[] = lp): Match {
  return createMatcher(rows([artist, album])).match(releaseBy([artist], record, formats));
}

export function idsOf(
  albums: readonly AlbumRow[],
  artists: readonly string[],
  title: string,
  formats = lp,
): number[] {
  const match = createMatcher(albums).match(releaseBy(artists, title, formats));
  return match.credited.map((credit) => credit.album.id).toSorted((a, b) => a - b);
}
