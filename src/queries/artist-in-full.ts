// One artist as GET /v1/listening/artists/{id} tells of them.
import type { Database } from "../store/database.ts";
import { isoSeconds } from "./contract.ts";
import { playedBetween, sparkPoints, topOf, type Granularity, type SparkPoint } from "./scrobble-charts.ts";
import { artistById } from "./listed-artists.ts";
import { pagesOf } from "./listed-things.ts";

export interface ArtistInFull {
  readonly id: number;
  readonly name: string;
  readonly mbid: null;
  readonly url: string;
  readonly apple_music_url: null;
  readonly playcount: number;
  readonly scrobble_count: number;
  readonly first_scrobbled_at: string | null;
  readonly last_played_at: string | null;
  readonly all_time_rank: number | null;
  readonly distinct_tracks: number;
  readonly distinct_albums: number;
  readonly genre: null;
  readonly tags: readonly never[];
  readonly bio_summary: null;
  readonly bio_content: null;
  readonly bio_synced_at: null;
  readonly image: null;
  readonly sparkline: { readonly granularity: Granularity; readonly points: readonly SparkPoint[] } | null;
  readonly top_albums: readonly {
    readonly id: number;
    readonly name: string;
    readonly playcount: number;
    readonly apple_music_url: null;
    readonly image: null;
  }[];
  readonly top_tracks: readonly {
    readonly id: number;
    readonly name: string;
    readonly album_id: number | null;
    readonly album_name: string | null;
    readonly scrobble_count: number;
    readonly apple_music_url: null;
    readonly preview_url: null;
    readonly image: null;
  }[];
  readonly similar_artists: readonly never[];
}

interface Totals {
  readonly plays: number;
  readonly tracks: number;
  readonly albums: number;
  readonly firstUts: number | null;
  readonly lastUts: number | null;
}

const mostShown = 10;

/** undefined: no such artist. */
export function artistInFull(database: Database, id: number): ArtistInFull | undefined {
  const artist = artistById(database, id);
  if (artist === undefined) return undefined;
  const { plays, tracks, albums, firstUts, lastUts } = database
    .prepare<[string], Totals>(
      `SELECT count(*) AS plays, count(DISTINCT track.name) AS tracks, count(DISTINCT nullif(track.album, '')) AS albums,
         min(nullif(scrobble.uts, 0)) AS firstUts, max(nullif(scrobble.uts, 0)) AS lastUts
       FROM track JOIN scrobble ON scrobble.track_id = track.id WHERE track.artist = ?`,
    )
    .get(artist.name) as Totals;
  const ofAll = { span: null, artist: artist.name };
  const between = playedBetween(database);
  const isPlayed = plays > 0 && between !== undefined;
  return {
    ...artist,
    mbid: null,
    url: pagesOf(database)({ artist: artist.name }),
    apple_music_url: null,
    playcount: plays,
    scrobble_count: plays,
    first_scrobbled_at: firstUts === null ? null : isoSeconds(firstUts),
    last_played_at: lastUts === null ? null : isoSeconds(lastUts),
    all_time_rank: isPlayed ? rankOf(database, plays) : null,
    distinct_tracks: tracks,
    distinct_albums: albums,
    genre: null,
    tags: [],
    bio_summary: null,
    bio_content: null,
    bio_synced_at: null,
    image: null,
    sparkline: isPlayed
      ? sparkPoints(database, "artists", { ...artist, artist: artist.name }, between)
      : null,
    top_albums: topOf(database, "albums", ofAll)
      .slice(0, mostShown)
      .map((album) => ({
        id: album.id,
        name: album.name,
        playcount: album.plays,
        apple_music_url: null,
        image: null,
      })),
    top_tracks: topOf(database, "tracks", ofAll)
      .slice(0, mostShown)
      .map((track) => ({
        id: track.id,
        name: track.name,
        album_id: track.albumId,
        album_name: track.albumName,
        scrobble_count: track.plays,
        apple_music_url: null,
        preview_url: null,
        image: null,
      })),
    similar_artists: [],
  };
}

/** How many artists were played more, and one. */
function rankOf(database: Database, plays: number): number {
  const above = database
    .prepare<[number], number>(
      `SELECT count(*) FROM (SELECT count(*) AS plays FROM track JOIN scrobble ON scrobble.track_id = track.id
         GROUP BY track.artist) WHERE plays > ?`,
    )
    .pluck()
    .get(plays);
  return (above ?? 0) + 1;
}
