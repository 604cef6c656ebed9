// Plays under other names than the record's: the song of a single, the albums in a box.
import { filterArtistNames, type AlbumRow } from "../../match/matcher.ts";
import { toEditionKey } from "../../match/titles/title.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases } from "../../store/decisions/user-decisions.ts";
import type { CollectionRelease } from "../../store/plays/record-matches.ts";
import { listSql, queryRows, queryValues } from "../../store/file/sql.ts";
import { groupByKey } from "../../model/grouping.ts";
import { getLastPlayedUts, getMostPlayedName, sumPlays } from "../statistics/played-items.ts";
import { findAlbumById, type ChartAlbum } from "../find/find-albums.ts";

/** Why the record rarely appears under its own title, and what may be heard of it. */
export type AlternativePlays =
  | { readonly kind: "single"; readonly songs: readonly Song[] }
  | { readonly kind: "box"; readonly albums: readonly ChartAlbum[] }
  | { readonly kind: "compilation" };

/** Returns null for other kinds. `albums`: those under the names of its artists. */
export function findAlternativePlays(
  database: Database,
  kind: string,
  { release, albums }: { readonly release: CollectionRelease; readonly albums: readonly AlbumRow[] },
): AlternativePlays | null {
  if (kind === "single") return { kind, songs: readSingleSongs(database, release) };
  if (kind === "box") return { kind, albums: findUnownedAlbums(database, albums) };
  return kind === "compilation" ? { kind } : null;
}

export interface Song {
  /** The most scrobbled spelling. */
  readonly name: string;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  /** Most plays first. title null: no album tag. */
  readonly playedFrom: readonly { readonly title: string | null; readonly playCount: number }[];
}

interface TrackPlays {
  readonly name: string;
  readonly album: string;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
}

/** Tracks by the release's artists that have its title or one of its sides' ("A Side / B Side"). */
function readSingleSongs(database: Database, release: CollectionRelease): Song[] {
  const artists = queryValues<string>(database)`SELECT DISTINCT artist FROM track`;
  const tracks = readTracksByArtists(database, filterArtistNames(release, artists, readAliases(database)));
  return splitSides(release.title)
    .map((side) => buildSong(tracks.filter(({ name }) => toSongKey(name) === side)))
    .filter((song) => song !== undefined);
}

/** "Blue Monday - 2011 Remaster" is the same song. */
function toSongKey(name: string): string {
  return toEditionKey("", name);
}

function splitSides(title: string): string[] {
  const sides = title.split(/(?<!\s)\s+\/\s+/).filter((side) => fold(side) !== "");
  return [...new Set([title, ...sides].map(toSongKey))];
}

function readTracksByArtists(database: Database, artists: readonly string[]): TrackPlays[] {
  return queryRows<TrackPlays>(database)`
    SELECT name, album, count(*) AS plays, max(nullif(uts, 0)) AS lastPlayedUts
    FROM track JOIN scrobble ON scrobble.track_id = track.id WHERE artist IN ${listSql(artists)}
    GROUP BY track.id ORDER BY name, album`;
}

function buildSong(tracks: readonly TrackPlays[]): Song | undefined {
  if (tracks.length === 0) return undefined;
  return {
    name: getMostPlayedName(tracks, ({ name }) => name),
    playCount: sumPlays(tracks),
    lastPlayedUts: getLastPlayedUts(tracks),
    playedFrom: [...groupByKey(tracks, ({ album }) => album)]
      .map(([album, some]) => ({ title: album === "" ? null : album, playCount: sumPlays(some) }))
      .toSorted((a, b) => b.playCount - a.playCount || ((a.title ?? "") < (b.title ?? "") ? -1 : 1)),
  };
}

/** Albums that may be in a box: played, and on no other record. The most played first, and of its editions. */
function findUnownedAlbums(database: Database, albums: readonly AlbumRow[]): ChartAlbum[] {
  const ids = albums.map(({ id }) => id);
  const isCredited = new Set(queryValues<number>(database)`
    SELECT DISTINCT album_id FROM album_match WHERE album_id IN ${listSql(ids)}`);
  const editions = groupByKey(albums, ({ artist, title }) => toEditionKey(artist, title));
  return [...editions.values()]
    .filter((some) => !some.some(({ id }) => isCredited.has(id)))
    .map((some) => some.reduce((best, each) => (each.playCount > best.playCount ? each : best)))
    .filter(({ playCount }) => playCount > 0)
    .toSorted((a, b) => b.playCount - a.playCount || a.id - b.id)
    .flatMap(({ id }) => findAlbumById(database, id) ?? []);
}
