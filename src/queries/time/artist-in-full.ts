// The answer of GET /v1/listening/artists/{id}.
import type { ArtistInFull } from "../documents/hosted-listening-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { isoSeconds } from "../records/contract.ts";
import { playedBetween, sparkPoints, topOf } from "./scrobble-charts.ts";
import { artistById } from "../albums/listed-albums.ts";
import { mostPlayed } from "../figures/played-most.ts";
import { artistsByPlays } from "../top/top-artists.ts";
import { pagesOf } from "../documents/hosted-lists.ts";

const mostShown = 10;

/** Returns undefined if there is no such artist. */
export function artistInFull(database: Database, id: number): ArtistInFull | undefined {
  const artist = artistById(database, id);
  if (artist === undefined) return undefined;
  const artists = mostPlayed(artistsByPlays(database, null));
  const at = artists.findIndex(({ spellings }) => spellings.includes(artist.name));
  const { plays, lastPlayedUts, spellings } = artists[at] ?? unplayed;
  const ofAll = { span: null, artist: artist.name, paging: { page: 1, limit: mostShown } };
  const [albums, tracks] = [topOf(database, "albums", ofAll), topOf(database, "tracks", ofAll)];
  const between = playedBetween(database);
  const firstUts = firstPlayUts(database, spellings);
  return {
    ...artist,
    mbid: null,
    url: pagesOf(database)({ artist: artist.name }),
    apple_music_url: null,
    playcount: plays,
    scrobble_count: plays,
    first_scrobbled_at: isoSeconds(firstUts),
    last_played_at: isoSeconds(lastPlayedUts),
    all_time_rank: at === -1 ? null : at + 1,
    distinct_tracks: tracks.total,
    distinct_albums: albums.total,
    genre: null,
    tags: [],
    bio_summary: null,
    bio_content: null,
    bio_synced_at: null,
    image: null,
    sparkline:
      at === -1 || between === undefined ? null : sparkPoints(database, "artists", spellings, between),
    top_albums: albums.rows.map((album) => ({
      id: album.id,
      name: album.name,
      playcount: album.plays,
      apple_music_url: null,
      image: null,
    })),
    top_tracks: tracks.rows.map((track) => ({
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

const unplayed = { plays: 0, lastPlayedUts: null, spellings: [] };

function firstPlayUts(database: Database, spellings: readonly string[]): number | null {
  return (
    database
      .prepare<[string], number | null>(
        `SELECT min(scrobble.uts) FROM track JOIN scrobble ON scrobble.track_id = track.id
         WHERE scrobble.uts > 0 AND track.artist IN (SELECT value FROM json_each(?))`,
      )
      .pluck()
      .get(JSON.stringify(spellings)) ?? null
  );
}
