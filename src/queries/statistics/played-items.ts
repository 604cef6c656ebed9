// The most played albums, artists or tracks: what the three have in common.
import { parseTitle } from "../../match/titles/title.ts";

export interface PlayedItem {
  readonly artist: string;
  /** The album's or track's title; "" for an artist. */
  readonly title: string;
  /** Titles of all editions of an album, the most played first; empty for an artist or a song. */
  readonly titles: readonly string[];
  /** Album ids: all those of an album, first the one that names it; or those that the track was heard on. */
  readonly albumIds: readonly number[];
  /** The spellings of an artist, or the ids of an album's editions; empty for a song. Their plays are added up. */
  readonly members: readonly (string | number)[];
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** Different tracks heard. null: unknown, or not read yet, because it is slow. */
  readonly tracks: number | null;
  /** Sittings with half of the album. null if unknown, and for artists and tracks. */
  readonly spins: number | null;
  /** A song: it was played from an album that is owned. */
  readonly isOwned: boolean;
  /** Plays of a song from owned albums. Absent: all plays if isOwned, else none. */
  readonly ownedPlays?: number;
  readonly isWanted: boolean;
  /** An album of which you own a release that is an album on Discogs. */
  readonly isOwnedAsAlbum?: boolean;
}

interface Played {
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

export function sumPlays(some: readonly Pick<Played, "plays">[]): number {
  return some.reduce((sum, { plays }) => sum + plays, 0);
}

/** Plays on records that are owned, as rewind stats counts them; of artists, the plays of those who have a record. */
export function sumOwnedPlays(rows: readonly PlayedItem[]): number {
  return rows.reduce((sum, { isOwned, plays, ownedPlays = isOwned ? plays : 0 }) => sum + ownedPlays, 0);
}

/** The most played first; of equals, the one played last. */
export function sortByPlays<Row extends PlayedItem>(rows: readonly Row[]): Row[] {
  return rows.toSorted(
    (a, b) =>
      b.plays - a.plays ||
      (b.lastPlayedUts ?? 0) - (a.lastPlayedUts ?? 0) ||
      compareTexts(a.artist, b.artist) ||
      compareTexts(a.title, b.title),
  );
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** null: no time is known. */
export function getLastPlayedUts(some: readonly Pick<Played, "lastPlayedUts">[]): number | null {
  return some.reduce((last, { lastPlayedUts }) => Math.max(last, lastPlayedUts ?? 0), 0) || null;
}

/** The spelling with the most plays. */
export function getMostPlayedName<Item extends Played>(
  some: readonly Item[],
  getName: (item: Item) => string,
): string {
  const [only] = some;
  if (only !== undefined && some.length === 1) return getName(only);
  const plays = new Map<string, number>();
  for (const item of some) plays.set(getName(item), (plays.get(getName(item)) ?? 0) + item.plays);
  let [best, most] = ["", -1];
  for (const [name, count] of plays) if (count > most) [best, most] = [name, count];
  return best;
}

/** The kinds of an album that only the listening history knows. */
export const playedKinds = ["album", "ep", "single"] as const;
export type PlayedKind = (typeof playedKinds)[number];

/** An album with fewer tracks than this counts as a single. */
export const minAlbumTracks = 4;

/**
 * `titles`: of all editions. A name such as "Confusion - Single" decides if every edition has one; otherwise the release
 * that you own does, or else the number of different tracks. `tracks` null: unknown.
 */
export function getPlayedKind({
  titles,
  tracks,
  isOwnedAsAlbum = false,
}: Pick<PlayedItem, "titles" | "tracks" | "isOwnedAsAlbum">): PlayedKind {
  const formats = new Set(titles.map((title) => parseTitle(title).format));
  const isNamed = [...formats].every((format) => format === "single" || format === "ep");
  if (isNamed) return formats.has("ep") ? "ep" : "single";
  return !isOwnedAsAlbum && tracks !== null && tracks < minAlbumTracks ? "single" : "album";
}
