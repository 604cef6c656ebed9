// The tables of the temporary database, and a play as a row of them.
import type { SourcePlay } from "../../model/source-play.ts";
import type { PlayPart } from "../../sources/files/file-format.ts";

export const tables = `
CREATE TABLE play (
  id INTEGER PRIMARY KEY, source TEXT, file INTEGER,
  uts INTEGER, precision_seconds INTEGER, artist TEXT, album_artist TEXT, album TEXT, title TEXT,
  duration_seconds INTEGER, recording_mbid TEXT, release_mbid TEXT, release_group_mbid TEXT, origin TEXT,
  is_end_stamped INTEGER, has_own_album INTEGER, source_key TEXT,
  track_key TEXT, -- null for a source with no parts of plays; then the columns after it are null as well
  end_uts INTEGER, played_ms REAL, length_ms REAL, is_played_out INTEGER, is_interrupted INTEGER,
  from_ms REAL, to_ms REAL, local_day INTEGER, fallback_artist TEXT
);
CREATE TABLE hint (title TEXT, artist TEXT, album TEXT, local_day INTEGER);`;

export const columns = [
  "source, file, uts, precision_seconds, artist, album_artist, album, title, duration_seconds, recording_mbid",
  "release_mbid, release_group_mbid, origin, is_end_stamped, has_own_album, source_key",
  "track_key, end_uts, played_ms, length_ms, is_played_out, is_interrupted, from_ms, to_ms, local_day, fallback_artist",
].join(", ");

export interface PlayRow {
  readonly uts: number;
  readonly precision_seconds: SourcePlay["precisionSeconds"];
  readonly artist: string;
  readonly album_artist: string | null;
  readonly album: string;
  readonly title: string;
  readonly duration_seconds: number | null;
  readonly recording_mbid: string | null;
  readonly release_mbid: string | null;
  readonly release_group_mbid: string | null;
  readonly origin: SourcePlay["origin"];
  readonly is_end_stamped: 0 | 1;
  readonly has_own_album: 0 | 1;
  readonly source_key: string | null;
  readonly track_key: string | null;
  readonly end_uts: number;
  readonly played_ms: number;
  readonly length_ms: number | null;
  readonly is_played_out: 0 | 1;
  readonly is_interrupted: 0 | 1;
  readonly from_ms: number | null;
  readonly to_ms: number | null;
}

export function playValues(play: SourcePlay): unknown[] {
  return [
    play.startUts,
    play.precisionSeconds,
    play.artist,
    play.albumArtist,
    play.album,
    play.title,
    play.durationSeconds,
    play.recordingMbid,
    play.releaseMbid,
    play.releaseGroupMbid,
    play.origin,
    Number(play.isEndStamped),
    Number(play.hasOwnAlbum),
    play.sourceKey,
  ];
}

export function partValues(part: PlayPart | undefined): unknown[] {
  if (part === undefined) return Array.from({ length: 10 }, () => null);
  return [
    part.trackKey,
    part.endUts,
    part.playedMs,
    part.lengthMs,
    Number(part.isPlayedOut),
    Number(part.isInterrupted),
    part.fromMs,
    part.toMs,
    part.localDay,
    part.fallbackArtist,
  ];
}

export function sourcePlayOf(row: PlayRow): SourcePlay {
  return {
    startUts: row.uts,
    precisionSeconds: row.precision_seconds,
    artist: row.artist,
    albumArtist: row.album_artist,
    album: row.album,
    title: row.title,
    durationSeconds: row.duration_seconds,
    recordingMbid: row.recording_mbid,
    releaseMbid: row.release_mbid,
    releaseGroupMbid: row.release_group_mbid,
    origin: row.origin,
    isEndStamped: row.is_end_stamped === 1,
    hasOwnAlbum: row.has_own_album === 1,
    sourceKey: row.source_key,
  };
}
