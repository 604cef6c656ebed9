// The plays that the user logged, with their tracks, and which of these were sent. They are stored by Discogs' ids and
// their own UUIDs, so that they outlive the records and the cache.
import type { Database } from "../file/database.ts";
import { refreshMatchFigures } from "../plays/record-matches.ts";

/** The states of sending a track, in order: a state only moves forward. */
export const trackStates = ["new", "unknown", "ignored", "sent"] as const;
type TrackState = (typeof trackStates)[number];

/** Once `isGiven`, names and times never change: they are what is sent. */
export interface NotedTrack {
  /** As printed: "A1"; "" if there is none. */
  readonly position: string;
  /** The artist of the track. */
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  readonly durationSeconds: number;
  /** Whether the duration is a guess. */
  readonly isGuessed: boolean;
  /** When the track began; null if only the day is known. */
  readonly uts: number | null;
  /** Whether the user wants the track to be sent. Others never are. */
  readonly isGiven: boolean;
  readonly state: TrackState;
  /** Why it was ignored. */
  readonly reason: string | null;
}

export interface NotedPlay {
  readonly uuid: string;
  readonly releaseId: number;
  /** null: the copy is unknown. */
  readonly instanceId: number | null;
  /** Noon if only the day is known. */
  readonly startUts: number;
  /** When its last track began. */
  readonly lastUts: number;
  /** The play lies between `fromUts` and `toUts`: the whole day if only the day is known. */
  readonly fromUts: number;
  readonly toUts: number;
  readonly precision: "day" | "time";
  /** field: read from a custom field of the collection, and removed when the day is removed there. */
  readonly source: "user" | "field";
  readonly note: string;
  readonly notedUts: number;
  /** In the order of playing; empty if they are unknown. */
  readonly tracks: readonly NotedTrack[];
}

interface PlayRow extends Omit<NotedPlay, "tracks"> {
  readonly tracks: string;
}

const columns = `uuid, release_id AS releaseId, instance_id AS instanceId, start_uts AS startUts, last_uts AS lastUts,
  from_uts AS fromUts, to_uts AS toUts, precision, source, note, noted_uts AS notedUts,
  (SELECT json_group_array(json_object('position', position, 'artist', artist, 'title', title, 'album', album,
     'albumArtist', album_artist, 'durationSeconds', duration_seconds,
     'isGuessed', json(iif(is_guessed = 1, 'true', 'false')), 'uts', uts,
     'isGiven', json(iif(is_given = 1, 'true', 'false')), 'state', state, 'reason', reason))
   FROM (SELECT * FROM noted_track AS t WHERE t.uuid = noted_play.uuid ORDER BY place)) AS tracks`;

/** The oldest first, plays from a custom field included. */
export function listNotedPlays(database: Database): NotedPlay[] {
  return database
    .prepare<[], PlayRow>(`SELECT ${columns} FROM noted_play ORDER BY start_uts, noted_uts, uuid`)
    .all()
    .map(fromRow);
}

export function readNotedPlay(database: Database, uuid: string): NotedPlay | undefined {
  const row = database
    .prepare<[string], PlayRow>(`SELECT ${columns} FROM noted_play WHERE uuid = ?`)
    .get(uuid);
  return row && fromRow(row);
}

function fromRow(row: PlayRow): NotedPlay {
  return { ...row, tracks: JSON.parse(row.tracks) as NotedTrack[] };
}

/** Replaces plays with the same UUID. Runs inside the caller's transaction. */
export function writeNotedPlays(database: Database, plays: readonly NotedPlay[]): void {
  const clear = database.prepare("DELETE FROM noted_play WHERE uuid = ?");
  const write = database.prepare(`
    INSERT INTO noted_play (uuid, release_id, instance_id, start_uts, last_uts, from_uts, to_uts, precision, source, note, noted_uts)
    VALUES (@uuid, @releaseId, @instanceId, @startUts, @lastUts, @fromUts, @toUts, @precision, @source, @note, @notedUts)`);
  const writeTrack = database.prepare(`
    INSERT INTO noted_track (uuid, place, position, artist, title, album, album_artist, duration_seconds, is_guessed, uts,
      is_given, state, reason)
    VALUES (@uuid, @place, @position, @artist, @title, @album, @albumArtist, @durationSeconds, @isGuessed, @uts,
      @isGiven, @state, @reason)`);
  for (const { tracks, ...play } of plays) {
    clear.run(play.uuid);
    write.run(play);
    tracks.forEach(({ isGuessed, isGiven, ...track }, place) =>
      writeTrack.run({
        ...track,
        uuid: play.uuid,
        place,
        isGuessed: Number(isGuessed),
        isGiven: Number(isGiven),
      }),
    );
  }
  refreshMatchFigures(database);
}

/** Runs inside the caller's transaction. */
export function deleteNotedPlays(database: Database, uuids: readonly string[]): void {
  const remove = database.prepare("DELETE FROM noted_play WHERE uuid = ?");
  for (const uuid of uuids) remove.run(uuid);
  refreshMatchFigures(database);
}

// Tracks to be sent. Their names and times are stored before anything is sent, so that every retry sends the same.

export interface WaitingTrack {
  readonly uuid: string;
  readonly place: number;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  /** null: only a guess is known, which is not sent. */
  readonly durationSeconds: number | null;
  readonly uts: number;
  /** unknown: it was sent before, and may have been stored. */
  readonly state: "new" | "unknown";
}

/** The new state of a track. unknown: it may have been stored, or is to be sent again. */
export interface TrackFate extends Pick<WaitingTrack, "uuid" | "place"> {
  readonly state: "sent" | "ignored" | "unknown";
  readonly reason: string | null;
}

/** Last.fm takes no track of this length or shorter. */
const longestRefusedSeconds = 30;
const tooShort = "30 seconds or shorter";

export function isTooShort({
  isGuessed,
  durationSeconds,
}: Pick<NotedTrack, "isGuessed" | "durationSeconds">): boolean {
  return !isGuessed && durationSeconds <= longestRefusedSeconds;
}

/** Marks the tracks of a play to be sent, if their times are known. */
export function giveToBeSent(database: Database, uuid: string): void {
  database
    .prepare(
      `UPDATE noted_track SET is_given = 1,
         (state, reason) = (SELECT iif(is_guessed = 0 AND duration_seconds <= ${longestRefusedSeconds} AND state = 'new',
           'ignored', state), iif(is_guessed = 0 AND duration_seconds <= ${longestRefusedSeconds} AND state = 'new',
           '${tooShort}', reason))
       WHERE uuid = ? AND uts IS NOT NULL AND is_given = 0`,
    )
    .run(uuid);
}

const waiting = "is_given = 1 AND state IN ('new', 'unknown') AND uts IS NOT NULL";

export function countWaiting(database: Database): number {
  return database.prepare<[], number>(`SELECT count(*) FROM noted_track WHERE ${waiting}`).pluck().get() ?? 0;
}

export function countSent(database: Database): number {
  return (
    database.prepare<[], number>("SELECT count(*) FROM noted_track WHERE state = 'sent'").pluck().get() ?? 0
  );
}

/** Returns at most `most` waiting tracks, the oldest first, starting after `last`. */
export function waitingTracks(
  database: Database,
  last: Pick<WaitingTrack, "uts" | "uuid" | "place"> | null,
  most: number,
): WaitingTrack[] {
  return database
    .prepare<[number, string, number, number], WaitingTrack>(
      `SELECT uuid, place, artist, title, album, album_artist AS albumArtist,
         iif(is_guessed = 1, NULL, duration_seconds) AS durationSeconds, uts, state
       FROM noted_track WHERE ${waiting} AND (uts, uuid, place) > (?, ?, ?) ORDER BY uts, uuid, place LIMIT ?`,
    )
    .all(last?.uts ?? -1, last?.uuid ?? "", last?.place ?? -1, most);
}

/** Runs inside the caller's transaction. A track that is sent stays sent. */
export function settleTracks(database: Database, fates: readonly TrackFate[]): void {
  const settle = database.prepare<[TrackFate]>(
    `UPDATE noted_track SET state = @state, reason = @reason
     WHERE uuid = @uuid AND place = @place AND (state IN ('new', 'unknown') OR (state = 'ignored' AND @state = 'sent'))`,
  );
  for (const fate of fates) settle.run(fate);
}

/**
 * Marks tracks as sent if the history lists them, with the same names in the same second. The history may list even a
 * track that was refused later. Returns how many it marked. Runs inside the caller's transaction.
 */
export function recogniseSent(database: Database): number {
  return database
    .prepare(
      `UPDATE noted_track SET state = 'sent', reason = NULL
       WHERE is_given = 1 AND state IN ('unknown', 'ignored') AND EXISTS (
         SELECT 1 FROM scrobble JOIN track ON track.id = scrobble.track_id
         WHERE scrobble.uts = noted_track.uts AND lower(track.artist) = lower(noted_track.artist)
           AND lower(track.name) = lower(noted_track.title))`,
    )
    .run().changes;
}
