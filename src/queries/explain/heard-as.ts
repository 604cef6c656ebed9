// Plays under other names than the record's: the song of a single, the albums in a box.
import { namesOfArtists, type AlbumRow } from "../../match/matcher.ts";
import { editionKey } from "../../match/titles/title.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases } from "../../store/decisions/user-decisions.ts";
import type { ShelvedRelease } from "../../store/plays/record-matches.ts";
import { list, rowsOf, valuesOf } from "../../store/file/sql.ts";
import { groupedBy, lastOf, mostPlayedOf, sumOfPlays } from "../figures/played-most.ts";
import { albumById, type ChartAlbum } from "../find/find-albums.ts";

/** Why the record rarely appears under its own title, and what may be heard of it. */
export type HeardAs =
  | { readonly kind: "single"; readonly songs: readonly Song[] }
  | { readonly kind: "box"; readonly albums: readonly ChartAlbum[] }
  | { readonly kind: "compilation" };

/** Returns null for other kinds. `albums`: those under the names of its artists. */
export function heardAs(
  database: Database,
  kind: string,
  { release, albums }: { readonly release: ShelvedRelease; readonly albums: readonly AlbumRow[] },
): HeardAs | null {
  if (kind === "single") return { kind, songs: songsOfSingle(database, release) };
  if (kind === "box") return { kind, albums: unownedAlbums(database, albums) };
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
function songsOfSingle(database: Database, release: ShelvedRelease): Song[] {
  const artists = valuesOf<string>(database)`SELECT DISTINCT artist FROM track`;
  const tracks = tracksBy(database, namesOfArtists(release, artists, readAliases(database)));
  return sidesOf(release.title)
    .map((side) => songOf(tracks.filter(({ name }) => songKey(name) === side)))
    .filter((song) => song !== undefined);
}

/** "Blue Monday - 2011 Remaster" is the same song. */
function songKey(name: string): string {
  return editionKey("", name);
}

function sidesOf(title: string): string[] {
  const sides = title.split(/(?<!\s)\s+\/\s+/).filter((side) => fold(side) !== "");
  return [...new Set([title, ...sides].map(songKey))];
}

function tracksBy(database: Database, artists: readonly string[]): TrackPlays[] {
  return rowsOf<TrackPlays>(database)`
    SELECT name, album, count(*) AS plays, max(nullif(uts, 0)) AS lastPlayedUts
    FROM track JOIN scrobble ON scrobble.track_id = track.id WHERE artist IN ${list(artists)}
    GROUP BY track.id ORDER BY name, album`;
}

function songOf(tracks: readonly TrackPlays[]): Song | undefined {
  if (tracks.length === 0) return undefined;
  return {
    name: mostPlayedOf(tracks, ({ name }) => name),
    playCount: sumOfPlays(tracks),
    lastPlayedUts: lastOf(tracks),
    playedFrom: [...groupedBy(tracks, ({ album }) => album)]
      .map(([album, some]) => ({ title: album === "" ? null : album, playCount: sumOfPlays(some) }))
      .toSorted((a, b) => b.playCount - a.playCount || ((a.title ?? "") < (b.title ?? "") ? -1 : 1)),
  };
}

/** Albums that may be in a box: played, and on no other record. The most played first, and of its editions. */
function unownedAlbums(database: Database, albums: readonly AlbumRow[]): ChartAlbum[] {
  const ids = albums.map(({ id }) => id);
  const isCredited = new Set(valuesOf<number>(database)`
    SELECT DISTINCT album_id FROM credit WHERE album_id IN ${list(ids)}`);
  const editions = groupedBy(albums, ({ artist, title }) => editionKey(artist, title));
  return [...editions.values()]
    .filter((some) => !some.some(({ id }) => isCredited.has(id)))
    .map((some) => some.reduce((best, each) => (each.playCount > best.playCount ? each : best)))
    .filter(({ playCount }) => playCount > 0)
    .toSorted((a, b) => b.playCount - a.playCount || a.id - b.id)
    .flatMap(({ id }) => albumById(database, id) ?? []);
}
