// Songs by plays. A song counts once, whatever remaster or album it was played from.
import { rulesVersion } from "../../match/rules-version.ts";
import { songNumber } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import { eachRow, list, plain, sql, tuplesOf, valueOf, type Sql } from "../../store/file/sql.ts";
import type { Span } from "../conditions/span.ts";
import { isOwnedAlbum, isWantedAlbum } from "../figures/ownership.ts";
import { heardTrackTable } from "../figures/play-counts.ts";
import { groupsOf, lastOf, mostPlayedOf, sumOfPlays, type PlayedMost } from "../figures/played-most.ts";

/** The song number of a row of track. It is computed only if none is stored. */
function songOfTrack(database: Database): Sql {
  database.function("song_of", { deterministic: true }, (artist: unknown, name: unknown) =>
    songNumber(String(artist), String(name)),
  );
  const computed = "song_of(track.artist, track.name)";
  return plain(hasNameKeys(database, rulesVersion) ? `coalesce(track.song, ${computed})` : computed);
}

export function countSongs(database: Database, span: Span | null): number {
  return valueOf(database, 0)`WITH ${heardTrackTable(span)} SELECT count(DISTINCT ${songOfTrack(database)})
    FROM heard_track JOIN track ON track.id = track_id`;
}

/** For each song, the first row of track that the cache knew. */
export function trackIds(database: Database, songs: readonly number[]): ReadonlyMap<number, number> {
  const song = songOfTrack(database);
  return new Map(
    tuplesOf<[song: number, trackId: number]>(database)`
      SELECT ${song}, min(id) FROM track WHERE ${song} IN ${list(songs)} GROUP BY 1`,
  );
}

/** SQL condition: the row of track is the song. */
export function isSong(database: Database, song: number): Sql {
  return sql`${songOfTrack(database)} = ${song}`;
}

interface HeardTrack {
  readonly song: number;
  readonly artist: string;
  readonly name: string;
  /** null: played without an album tag, or from an album that the chart does not have. */
  readonly albumId: number | null;
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** The album is owned, or wanted: 0 or 1. */
  readonly isOwned: number;
  readonly isWanted: number;
}

/** In no order. */
export function playedTracks(database: Database, span: Span | null): PlayedMost[] {
  const tracks = eachRow<HeardTrack>(database)`WITH ${heardTrackTable(span)},
      wanted_album (id) AS MATERIALIZED (
        SELECT id FROM album WHERE ${isWantedAlbum})
    SELECT ${songOfTrack(database)} AS song, artist, name, album_id AS albumId, plays, last_uts AS lastPlayedUts,
      coalesce(${isOwnedAlbum("album_id")}, 0) AS isOwned, coalesce(album_id IN wanted_album, 0) AS isWanted
    FROM heard_track JOIN track ON track.id = track_id ORDER BY track.id`;
  return groupsOf(tracks, ({ song }) => song).map(songOf);
}

/** One track for each album, owned albums first, then those with the most plays of the song. */
function albumsOf(tracks: readonly HeardTrack[]): readonly HeardTrack[] {
  const fromAlbums = tracks.filter(({ albumId }) => albumId !== null);
  if (fromAlbums.length < 2) return fromAlbums;
  return groupsOf(fromAlbums, ({ albumId }) => albumId ?? 0)
    .map((some) => ({ ...some[0], plays: sumOfPlays(some) }))
    .toSorted((a, b) => b.isOwned - a.isOwned || b.plays - a.plays || (a.albumId ?? 0) - (b.albumId ?? 0));
}

/** All songs share it, since a history may have hundreds of thousands of them. */
const none: readonly never[] = [];

function songOf(tracks: readonly [HeardTrack, ...HeardTrack[]]): PlayedMost {
  const albums = albumsOf(tracks);
  const title = mostPlayedOf(tracks, ({ name }) => name);
  return {
    artist: mostPlayedOf(tracks, ({ artist }) => artist),
    title,
    titles: none,
    // Owned albums before the others.
    albumIds: albums.map(({ albumId }) => albumId ?? 0),
    members: none,
    plays: sumOfPlays(tracks),
    lastPlayedUts: lastOf(tracks),
    tracks: 1,
    spins: null,
    isOwned: albums[0]?.isOwned === 1,
    isWanted: albums.some(({ isWanted }) => isWanted === 1),
  };
}
