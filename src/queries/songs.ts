// The song that a single is of: its own plays, wherever they were played from.
import { bareArtistName, foldArtist } from "../match/text/artist-name.ts";
import { editionKey } from "../match/text/edition-key.ts";
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { readAliases } from "../store/decisions.ts";
import type { ShelvedRelease } from "../store/matches.ts";

export interface Song {
  /** As it was scrobbled most. */
  readonly name: string;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  /** Most plays first; title null: no album tag. */
  readonly playedFrom: readonly { readonly title: string | null; readonly playCount: number }[];
}

interface TrackPlays {
  readonly name: string;
  readonly album: string;
  readonly plays: number;
  readonly lastUts: number | null;
}

/** The tracks by the release's artists whose name is its title, or a side of it ("A Side / B Side"). */
export function songsOfSingle(database: Database, release: ShelvedRelease): Song[] {
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

/** All spellings in the history of the artists that the release is credited to. */
function artistsOf(database: Database, release: ShelvedRelease): string[] {
  const wanted = new Set(
    release.artists.flatMap(({ name, anv }) =>
      [bareArtistName(name), anv].filter((each) => each !== "").map((each) => foldArtist(each)),
    ),
  );
  for (const { name, sameAs } of readAliases(database)) {
    if (wanted.has(foldArtist(name))) wanted.add(foldArtist(sameAs));
    else if (wanted.has(foldArtist(sameAs))) wanted.add(foldArtist(name));
  }
  const names = database.prepare<[], string>("SELECT DISTINCT artist FROM track").pluck().all();
  return names.filter((name) => wanted.has(foldArtist(name)));
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
