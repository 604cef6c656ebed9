// Which album the plays of a track belong to, and which tracks were heard from an album.
import type { NamedTrack } from "../../model/named-tracks.ts";
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { arePlaysPartial, isHistoryKnown } from "./merged-plays.ts";
import { change, eachRow, hashRows, list, plain, tuplesOf, valueOf } from "../file/sql.ts";

export interface TaggedTrack {
  /** The artist of the track. */
  readonly artist: string;
  /** "" if there is no album tag. */
  readonly album: string;
  readonly albumMbid: string;
}

export interface LinkableAlbum {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly mbid: string | null;
}

export function linkableAlbums(
  database: Database,
  which: "all" | "of the chart" = "all",
): IterableIterator<LinkableAlbum> {
  return eachRow<LinkableAlbum>(database)`
    SELECT id, artist, title, mbid FROM album WHERE ${which} = 'all' OR chart_count IS NOT NULL ORDER BY id`;
}

/**
 * Gives every track with an album tag the album that `albumOf` finds for it. Writes only changes; returns how many.
 */
export function relinkTracks(database: Database, albumOf: (track: TaggedTrack) => number | null): number {
  database.function("album_of", (artist: string, album: string, albumMbid: string) =>
    albumOf({ artist, album, albumMbid }),
  );
  return change(database)`
    WITH linked AS MATERIALIZED (
      SELECT id, album_of(artist, album, album_mbid) AS album_id FROM track WHERE album <> '')
    UPDATE track SET album_id = linked.album_id FROM linked
    WHERE linked.id = track.id AND track.album_id IS NOT linked.album_id`;
}

/** The albums of plays that only further sources have, those with the shortest album artist first. */
export function otherTracks(
  database: Database,
  artistOf: (track: Pick<TaggedTrack, "artist" | "album">) => string,
): IterableIterator<TaggedTrack> {
  database.function(
    "album_artist_length",
    (artist: string, album: string) => artistOf({ artist, album }).length,
  );
  return eachRow<TaggedTrack>(database)`
    SELECT DISTINCT artist, album, album_mbid AS albumMbid FROM track
    WHERE album <> '' AND id IN (SELECT track_id FROM scrobble WHERE source_id <> 1)
    ORDER BY album_artist_length(artist, album), artist, album, album_mbid`;
}

/** Albums whose artist is another than that of their track, by a further source: [artist, album, album artist]. */
export function albumArtists(database: Database): [string, string, string][] {
  return tuplesOf<[string, string, string]>(database)`
    SELECT artist, album, min(album_artist) FROM source_track
    WHERE album_artist <> '' AND album_artist <> artist AND album <> '' GROUP BY artist, album`;
}

/** The albums that no chart lists become these. Returns how many rows came and went. */
export function writeOtherAlbums(database: Database, albums: Iterable<Omit<LinkableAlbum, "id">>): number {
  const names = list([...albums].map(({ artist, title, mbid }) => [artist, title, mbid]));
  const removedCount = change(database)`
    DELETE FROM album WHERE chart_count IS NULL
      AND (artist, title) NOT IN (SELECT value ->> 0, value ->> 1 FROM ${names})`;
  const addedCount = change(database)`
    INSERT INTO album (artist, title, play_count, mbid) SELECT value ->> 0, value ->> 1, 0, value ->> 2 FROM ${names}
    WHERE true ON CONFLICT DO UPDATE SET mbid = excluded.mbid WHERE chart_count IS NULL AND mbid IS NOT excluded.mbid`;
  return removedCount + addedCount;
}

/**
 * Adds the plays that only further sources have to those of the chart. If the two can't be compared, the larger number
 * counts. Returns how many albums changed.
 */
export function refreshPlayCounts(database: Database): number {
  const count = plain(isHistoryKnown(database) ? "chart + own" : "max(chart, own)");
  return change(database)`
    WITH other AS MATERIALIZED (
      SELECT track.album_id AS album_id, count(*) AS plays FROM scrobble JOIN track ON track.id = scrobble.track_id
      WHERE scrobble.source_id <> 1 AND track.album_id IS NOT NULL GROUP BY track.album_id),
    counted AS (SELECT album.id AS id, coalesce(album.chart_count, 0) AS chart, coalesce(other.plays, 0) AS own
      FROM album LEFT JOIN other ON other.album_id = album.id)
    UPDATE album SET play_count = ${count} FROM counted
    WHERE counted.id = album.id AND album.play_count <> ${count}`;
}

/** Plays at time 0 have no date, and plays of a day no time, so they are never the last play. Without the history, no last play is known. */
export function refreshLastPlayed(database: Database): void {
  if (arePlaysPartial(database)) {
    database.exec("UPDATE album SET last_played_uts = NULL WHERE last_played_uts IS NOT NULL");
    return;
  }
  change(database)`
    UPDATE album SET last_played_uts = newest.uts FROM (
      SELECT album.id, max(played.uts) AS uts FROM album LEFT JOIN (
        SELECT album_id, (SELECT max(uts) FROM scrobble
          WHERE track_id = track.id AND uts > 0 AND precision_seconds < ${daySeconds}) AS uts
        FROM track WHERE album_id IS NOT NULL) AS played ON played.album_id = album.id
      GROUP BY album.id) AS newest
    WHERE newest.id = album.id AND album.last_played_uts IS NOT newest.uts`;
}

/** Returns a function that reads the tracks of one album. Most albums are never asked about. */
export function heardTracks(database: Database): (albumId: number) => readonly NamedTrack[] {
  const find = database.prepare<[number], { title: string; artist: string }>(
    "SELECT name AS title, artist FROM track WHERE album_id = ? ORDER BY id",
  );
  return (albumId) => find.all(albumId).map(({ title, artist }) => ({ title, artists: [artist] }));
}

/** Changes if a track is new or belongs to another album. Plays of known tracks do not change it. */
export function heardDigest(database: Database): string {
  return hashRows(database)`SELECT id || ' ' || album_id FROM track WHERE album_id IS NOT NULL`;
}

// Stray songs: heard without an album tag, or under an album that counts for no record, and listed by one release of
// the shelf. Their plays are a figure of their own.

interface UncreditedTrack {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
}

const isUncredited = "(track.album_id IS NULL OR track.album_id NOT IN (SELECT album_id FROM credit))";

export function uncreditedTracks(database: Database): IterableIterator<UncreditedTrack> {
  return eachRow<UncreditedTrack>(database)`
    SELECT id, artist, name AS title FROM track WHERE ${plain(isUncredited)} ORDER BY id`;
}

/** Runs inside the caller's transaction. */
export function writeStraySongs(
  database: Database,
  songs: readonly (readonly [trackId: number, releaseId: number])[],
): void {
  database.exec("DELETE FROM stray_song");
  change(database)`
    INSERT INTO stray_song (track_id, release_id) SELECT value ->> 0, value ->> 1 FROM ${list(songs)}`;
}

/** Changes if another release may list a song, or if another song has no credited album. */
export function straySongsDigest(database: Database): string {
  return hashRows(database)`
    SELECT 'track ' || id || ' ' || coalesce(album_id, '') FROM track
    UNION ALL SELECT 'tracklist ' || release_id || ' ' || asked_uts FROM tracklist WHERE state = 'known'
    UNION ALL SELECT 'credit ' || record_id || ' ' || album_id FROM credit
    UNION ALL SELECT 'record ' || id || ' ' || release_id FROM record`;
}

/** SQL for the plays of stray songs of the selected release. */
export const strayPlaysOfRelease = `(SELECT count(*) FROM stray_song JOIN track ON track.id = stray_song.track_id
  JOIN scrobble ON scrobble.track_id = track.id WHERE stray_song.release_id = release.id AND ${isUncredited})`;

/** The number of plays of stray songs: of a release, or of all on the shelf. */
export function countStrayPlays(database: Database, releaseId: number | "all"): number {
  const releases = releaseId === "all" ? plain("(SELECT release_id FROM record)") : list([releaseId]);
  return valueOf(database, 0)`
    SELECT coalesce(sum(${plain(strayPlaysOfRelease)}), 0) FROM release WHERE id IN ${releases}`;
}
