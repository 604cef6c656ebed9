// Plays under other names than the record's: the song of a single, the albums in a box.
import { bareArtistName } from "../../model/names.ts";
import { foldArtist } from "../../match/text/artist-name.ts";
import type { AlbumRow } from "../../match/matcher.ts";
import { editionKey } from "../../match/titles/title.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { readAliases } from "../../store/decisions/user-decisions.ts";
import type { ShelvedRelease } from "../../store/plays/record-matches.ts";
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
  readonly lastUts: number | null;
}

/** Tracks by the release's artists that have its title or one of its sides' ("A Side / B Side"). */
function songsOfSingle(database: Database, release: ShelvedRelease): Song[] {
  const artists = artistsOf(database, release);
  const tracks = artists.flatMap((artist) => tracksBy(database, artist));
  return sidesOf(release.title)
    .map((side) => songOf(tracks.filter(({ name }) => songKey(name) === side)))
    .filter((song) => song !== undefined);
}

/** "Blue Monday - 2011 Remaster" is the same song. */
function songKey(name: string): string {
  return editionKey("", name);
}

function sidesOf(title: string): string[] {
  const sides = title.split(/\s+\/\s+/).filter((side) => fold(side) !== "");
  return [...new Set([title, ...sides].map(songKey))];
}

/** All spellings of the release's artists in the history. */
function artistsOf(database: Database, release: ShelvedRelease): string[] {
  const artistKeys = new Set(
    release.artists.flatMap(({ name, anv }) =>
      [bareArtistName(name), anv].filter((each) => each !== "").map((each) => foldArtist(each)),
    ),
  );
  for (const { name, sameAs } of readAliases(database)) {
    if (artistKeys.has(foldArtist(name))) artistKeys.add(foldArtist(sameAs));
    else if (artistKeys.has(foldArtist(sameAs))) artistKeys.add(foldArtist(name));
  }
  const names = database.prepare<[], string>("SELECT DISTINCT artist FROM track").pluck().all();
  return names.filter((name) => artistKeys.has(foldArtist(name)));
}

function tracksBy(database: Database, artist: string): TrackPlays[] {
  return database
    .prepare<[string], TrackPlays>(
      `SELECT name, album, count(*) AS plays, max(nullif(uts, 0)) AS lastUts
       FROM track JOIN scrobble ON scrobble.track_id = track.id WHERE artist = ? GROUP BY track.id`,
    )
    .all(artist);
}

function songOf(tracks: readonly TrackPlays[]): Song | undefined {
  const names = new Map<string, number>();
  const albums = new Map<string, number>();
  let lastPlayedUts: number | null = null;
  for (const { name, album, plays, lastUts } of tracks) {
    names.set(name, (names.get(name) ?? 0) + plays);
    albums.set(album, (albums.get(album) ?? 0) + plays);
    if (lastUts !== null && lastUts > (lastPlayedUts ?? 0)) lastPlayedUts = lastUts;
  }
  const [name] = byPlays(names)[0] ?? [];
  if (name === undefined) return undefined;
  return {
    name,
    playCount: tracks.reduce((sum, { plays }) => sum + plays, 0),
    lastPlayedUts,
    playedFrom: byPlays(albums).map(([title, playCount]) => ({
      title: title === "" ? null : title,
      playCount,
    })),
  };
}

function byPlays(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([a, some], [b, others]) => others - some || (a < b ? -1 : 1));
}

/**
 * Albums that may be in a box: played, and on no other record. Most played first; of several editions, the most played.
 */
function unownedAlbums(database: Database, albums: readonly AlbumRow[]): ChartAlbum[] {
  const isCredited = database
    .prepare<[number], number>("SELECT 1 FROM credit WHERE album_id = ? LIMIT 1")
    .pluck();
  const ownedKeys = new Set<string>();
  const editions = new Map<string, AlbumRow>();
  for (const album of albums) {
    const key = editionKey(album.artist, album.title);
    if (isCredited.get(album.id) !== undefined) ownedKeys.add(key);
    const best = editions.get(key);
    if (!best || album.playCount > best.playCount) editions.set(key, album);
  }
  return [...editions]
    .filter(([key, { playCount }]) => !ownedKeys.has(key) && playCount > 0)
    .map(([, album]) => album)
    .toSorted((a, b) => b.playCount - a.playCount || a.id - b.id)
    .map(({ id }) => albumById(database, id))
    .filter((album) => album !== undefined);
}
