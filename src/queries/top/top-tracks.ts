// Songs by plays. A song counts once, whatever remaster or album it was played from.
import type { Database } from "../../store/file/database.ts";
import { iterateRows, listSql, sql, queryTuples, queryValue, type Sql } from "../../store/file/sql.ts";
import type { Period } from "../conditions/period.ts";
import { buildOwnedAlbumSql, wantedAlbumSql } from "../statistics/ownership.ts";
import { buildHeardTrackSql, buildSongSql } from "../statistics/play-counts.ts";
import { groupByKey, groupIntoLists } from "../../model/grouping.ts";
import {
  getLastPlayedUts,
  getMostPlayedName,
  sumPlays,
  type PlayedItem,
} from "../statistics/played-items.ts";

export function countSongs(database: Database, span: Period | null): number {
  return queryValue(
    database,
    0,
  )`WITH ${buildHeardTrackSql(span)} SELECT count(DISTINCT ${buildSongSql(database)})
    FROM heard_track JOIN track ON track.id = track_id`;
}

/** The first row of track that the cache knew, by song. */
export function readTrackIds(database: Database, songs: readonly number[]): ReadonlyMap<number, number> {
  const song = buildSongSql(database);
  return new Map(
    queryTuples<[song: number, trackId: number]>(database)`
      SELECT ${song}, min(id) FROM track WHERE ${song} IN ${listSql(songs)} GROUP BY 1`,
  );
}

/** SQL condition: the row of track is the song. */
export function buildIsSongSql(database: Database, song: number): Sql {
  return sql`${buildSongSql(database)} = ${song}`;
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

const wantedAlbumsSql = sql`wanted_album (id) AS MATERIALIZED (SELECT id FROM album WHERE ${wantedAlbumSql})`;

/** Returns the tracks in no order. A song is owned or wanted whenever it was played: the span limits only the plays. */
export function readPlayedTracks(database: Database, span: Period | null): PlayedItem[] {
  const tracks = iterateRows<HeardTrack>(database)`WITH ${buildHeardTrackSql(span)}, ${wantedAlbumsSql}
    SELECT ${buildSongSql(database)} AS song, artist, name, album_id AS albumId, plays, last_uts AS lastPlayedUts,
      coalesce(${buildOwnedAlbumSql("album_id")}, 0) AS isOwned, coalesce(album_id IN wanted_album, 0) AS isWanted
    FROM heard_track JOIN track ON track.id = track_id ORDER BY track.id`;
  const songs = groupByKey(tracks, ({ song }) => song);
  if (span !== null) {
    for (const track of iterateAlbumTracks(database)) {
      const heard = songs.get(track.song);
      if (heard?.every(({ albumId }) => albumId !== track.albumId) === true) heard.push(track);
    }
  }
  return [...songs.values()].map(buildPlayedSong);
}

/** The tracks of all time that were played from an owned or wanted album, without their plays. */
function iterateAlbumTracks(database: Database): Iterable<HeardTrack> {
  return iterateRows<HeardTrack>(database)`WITH ${wantedAlbumsSql}
    SELECT ${buildSongSql(database)} AS song, artist, name, album_id AS albumId, 0 AS plays, NULL AS lastPlayedUts,
      ${buildOwnedAlbumSql("album_id")} AS isOwned, album_id IN wanted_album AS isWanted
    FROM track WHERE album_id IN (SELECT album_id FROM record_album UNION SELECT id FROM wanted_album)
    ORDER BY track.id`;
}

/** One track for each album, owned albums first, then those with the most plays of the song. */
function selectAlbumTracks(tracks: readonly HeardTrack[]): readonly HeardTrack[] {
  const fromAlbums = tracks.filter(({ albumId }) => albumId !== null);
  if (fromAlbums.length < 2) return fromAlbums;
  return groupIntoLists(fromAlbums, ({ albumId }) => albumId ?? 0)
    .map((some) => ({ ...some[0], plays: sumPlays(some) }))
    .toSorted((a, b) => b.isOwned - a.isOwned || b.plays - a.plays || (a.albumId ?? 0) - (b.albumId ?? 0));
}

/** All songs share it, since a history may have hundreds of thousands of them. */
const none: readonly never[] = [];

function buildPlayedSong(tracks: readonly [HeardTrack, ...HeardTrack[]]): PlayedItem {
  const albums = selectAlbumTracks(tracks);
  const title = getMostPlayedName(tracks, ({ name }) => name);
  return {
    artist: getMostPlayedName(tracks, ({ artist }) => artist),
    title,
    titles: none,
    // Owned albums before the others.
    albumIds: albums.map(({ albumId }) => albumId ?? 0),
    members: none,
    plays: sumPlays(tracks),
    lastPlayedUts: getLastPlayedUts(tracks),
    tracks: 1,
    spins: null,
    isOwned: albums[0]?.isOwned === 1,
    ownedPlays: sumPlays(tracks.filter(({ isOwned }) => isOwned === 1)),
    isWanted: albums.some(({ isWanted }) => isWanted === 1),
  };
}
