// The plays that the user logged, with their tracks, and which of these were sent. They are stored by Discogs' ids and
// their own UUIDs, so that they outlive the records and the cache.
import { targetFacts, type PlayTarget } from "../../model/play-targets.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, rawSql, queryRows, sql, queryValue, type Sql } from "../file/sql.ts";
import { refreshMatchStats } from "../plays/record-matches.ts";

/**
 * The states of sending a track to a service, in order: a state only moves forward. queued: taken, but not listed yet, as
 * ListenBrainz stores plays later than it takes them.
 */
export const sendingStates = ["new", "unknown", "queued", "ignored", "sent"] as const;
export type SendingState = (typeof sendingStates)[number];

export interface TrackSending {
  readonly state: SendingState;
  /** Why it was ignored, or waits. */
  readonly reason: string | null;
}

/** Names and times never change once the track is to be sent. */
export interface LoggedTrack {
  /** The printed position: "A1"; "" if there is none. */
  readonly position: string;
  /** The artist of the track. */
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  readonly durationSeconds: number;
  /** True if the duration is a guess. */
  readonly isGuessed: boolean;
  /** True if no recogniser heard it: it lies before, or between, tracks that one heard. */
  readonly isInferred: boolean;
  /** When the track began; null if only the day is known. */
  readonly uts: number | null;
  /** The sendings by service; without those that it is not to be sent to. */
  readonly sendings: Readonly<Partial<Record<PlayTarget, TrackSending>>>;
}

export interface LoggedPlay {
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
  /**
   * user: logged by hand. recogniser: made from tracks that a program heard. field: read from a custom field of the
   * collection, and removed when the day is removed there.
   */
  readonly source: "user" | "recogniser" | "field";
  readonly comment: string;
  readonly loggedUts: number;
  /** The tracks in the order of playing; empty if they are unknown. */
  readonly tracks: readonly LoggedTrack[];
}

function readPlaysWhere(database: Database, condition: Sql): LoggedPlay[] {
  return queryRows<Omit<LoggedPlay, "tracks"> & { readonly tracks: string }>(database)`
    SELECT uuid, release_id AS releaseId, instance_id AS instanceId, start_uts AS startUts, last_uts AS lastUts,
      from_uts AS fromUts, to_uts AS toUts, precision, source, comment, logged_uts AS loggedUts,
      (SELECT json_group_array(json_object('position', position, 'artist', artist, 'title', title, 'album', album,
         'albumArtist', album_artist, 'durationSeconds', duration_seconds,
         'isGuessed', json(iif(is_guessed = 1, 'true', 'false')),
         'isInferred', json(iif(is_inferred = 1, 'true', 'false')), 'uts', uts,
         'sendings', json((SELECT json_group_object(target, json_object('state', state, 'reason', reason))
            FROM sending AS s WHERE s.uuid = t.uuid AND s.place = t.place))) ORDER BY place)
       FROM logged_track AS t WHERE t.uuid = logged_play.uuid) AS tracks
    FROM logged_play WHERE ${condition} ORDER BY start_uts, logged_uts, uuid`.map((row) => ({
    ...row,
    tracks: JSON.parse(row.tracks) as LoggedTrack[],
  }));
}

/** The oldest first, plays from a custom field included. */
export function readLoggedPlays(database: Database): LoggedPlay[] {
  return readPlaysWhere(database, rawSql("true"));
}

/** Plays with a time that overlap this span, the oldest first. */
export function readTimedPlays(database: Database, { fromUts, toUts }: Period): LoggedPlay[] {
  return readPlaysWhere(database, sql`precision = 'time' AND to_uts > ${fromUts} AND from_uts < ${toUts}`);
}

export function readLoggedPlay(database: Database, uuid: string): LoggedPlay | undefined {
  return readPlaysWhere(database, sql`uuid = ${uuid}`)[0];
}

/** Later times in the cache come from a clock that was wrong. */
const maxSecondsAhead = 3600;

/**
 * Returns the time to store for a play that is logged now. Plays that are logged in the same second get different times,
 * so that `rewind played undo` finds the newest.
 */
export function findNextLoggedUts(database: Database, nowUts: number): number {
  return queryValue(database, nowUts)`
    SELECT coalesce(max(logged_uts) + 1, ${nowUts}) FROM logged_play
    WHERE source <> 'field' AND logged_uts BETWEEN ${nowUts} AND ${nowUts + maxSecondsAhead}`;
}

/** Replaces plays with the same UUID. Runs inside the caller's transaction. */
export function saveLoggedPlays(database: Database, plays: readonly LoggedPlay[]): void {
  const clear = database.prepare("DELETE FROM logged_play WHERE uuid = ?");
  const write = database.prepare(`
    INSERT INTO logged_play (uuid, release_id, instance_id, start_uts, last_uts, from_uts, to_uts, precision, source, comment, logged_uts)
    VALUES (@uuid, @releaseId, @instanceId, @startUts, @lastUts, @fromUts, @toUts, @precision, @source, @comment, @loggedUts)`);
  const writeTrack = database.prepare(`
    INSERT INTO logged_track (uuid, place, position, artist, title, album, album_artist, duration_seconds, is_guessed, is_inferred, uts)
    VALUES (@uuid, @place, @position, @artist, @title, @album, @albumArtist, @durationSeconds, @isGuessed, @isInferred, @uts)`);
  const writeSending = database.prepare(
    "INSERT INTO sending VALUES (@uuid, @place, @target, @state, @reason)",
  );
  for (const { tracks, ...play } of plays) {
    clear.run(play.uuid);
    write.run(play);
    tracks.forEach(({ isGuessed, isInferred, sendings, ...track }, place) => {
      const key = { uuid: play.uuid, place };
      writeTrack.run({ ...track, ...key, isGuessed: Number(isGuessed), isInferred: Number(isInferred) });
      for (const [target, sending] of Object.entries(sendings))
        writeSending.run({ ...key, target, ...sending });
    });
  }
  refreshMatchStats(database);
}

/** Runs inside the caller's transaction. */
export function deleteLoggedPlays(database: Database, plays: readonly Pick<LoggedPlay, "uuid">[]): void {
  execute(database)`DELETE FROM logged_play WHERE uuid IN ${listSql(plays.map(({ uuid }) => uuid))}`;
  refreshMatchStats(database);
}

// Tracks to be sent. Their names and times are stored before anything is sent, so that every retry sends the same.

export interface WaitingTrack extends Pick<LoggedTrack, "artist" | "title" | "album" | "albumArtist"> {
  readonly uuid: string;
  readonly place: number;
  /** null: only a guess is known, which is not sent. */
  readonly durationSeconds: number | null;
  readonly uts: number;
  /** unknown: it was sent before, and may have been stored. */
  readonly state: "new" | "unknown" | "queued";
}

/** The new state of a track. unknown: it may have been stored, or is to be sent again. */
export interface SendingVerdict extends Pick<WaitingTrack, "uuid" | "place"> {
  readonly state: "sent" | "queued" | "ignored" | "unknown";
  readonly reason: string | null;
}

/** The query for the plays that a service lists. */
function selectListed(target: PlayTarget): Sql {
  return targetFacts[target].listing === "history"
    ? sql`SELECT uts, track.artist AS artist, name AS title FROM scrobble JOIN track ON track.id = track_id
        WHERE source_id = 1`
    : sql`SELECT uts, artist, title FROM source_play AS p JOIN source_track AS t ON t.id = p.source_track_id
        WHERE p.source_id = (SELECT id FROM source WHERE name = ${target})`;
}

/** true if the service takes no track this short. A guessed length is not sent. */
export function isTooShort({ isGuessed, durationSeconds }: LoggedTrack, target: PlayTarget): boolean {
  return !isGuessed && durationSeconds < targetFacts[target].minSeconds;
}

/** true if the service may have the track. */
export function isSubmitted({ sendings }: LoggedTrack, target: PlayTarget): boolean {
  return ["unknown", "queued", "sent"].includes(sendings[target]?.state ?? "");
}

/** Marks the tracks of a play to be sent, if their times are known. */
export function enqueuePlay(database: Database, uuid: string, to: readonly PlayTarget[]): void {
  for (const target of to) {
    const { minSeconds } = targetFacts[target];
    const isRefused = sql`is_guessed = 0 AND duration_seconds < ${minSeconds}`;
    execute(database)`INSERT OR IGNORE INTO sending
      SELECT uuid, place, ${target}, iif(${isRefused}, 'ignored', 'new'),
        iif(${isRefused}, ${`${minSeconds - 1} seconds or shorter`}, NULL)
      FROM logged_track WHERE uuid = ${uuid} AND uts IS NOT NULL`;
  }
}

export function countWaiting(database: Database, target: PlayTarget): number {
  return countInStates(database, target, ["new", "unknown"]);
}

export function countInStates(
  database: Database,
  target: PlayTarget,
  states: readonly SendingState[],
): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM sending WHERE target = ${target} AND state IN ${listSql(states)}`;
}

/** Returns waiting tracks, the oldest first, starting after `last`; `withQueued`: queued ones, too. */
export function readWaitingTracks(
  database: Database,
  last: Pick<WaitingTrack, "uts" | "uuid" | "place"> | null,
  { target, withQueued, limit }: { target: PlayTarget; withQueued: boolean; limit: number },
): WaitingTrack[] {
  const states = ["new", "unknown", ...(withQueued ? ["queued"] : [])];
  return queryRows<WaitingTrack>(database)`
    SELECT uuid, place, artist, title, album, album_artist AS albumArtist,
      iif(is_guessed = 1, NULL, duration_seconds) AS durationSeconds, uts, state
    FROM sending JOIN logged_track USING (uuid, place) WHERE target = ${target} AND state IN ${listSql(states)}
      AND (uts, uuid, place) > (${last?.uts ?? -1}, ${last?.uuid ?? ""}, ${last?.place ?? -1})
    ORDER BY uts, uuid, place LIMIT ${limit}`;
}

/** Runs inside the caller's transaction. A track that is sent stays sent, and a queued one is never new again. */
export function saveSendingVerdicts(
  database: Database,
  verdicts: readonly SendingVerdict[],
  target: PlayTarget,
): void {
  for (const { uuid, place, state, reason } of verdicts) {
    execute(database)`UPDATE sending SET (state, reason) = (${state}, ${reason})
      WHERE uuid = ${uuid} AND place = ${place} AND target = ${target}
        AND (state IN ('new', 'unknown') OR (state = 'queued' AND ${state} <> 'unknown')
          OR (state = 'ignored' AND ${state} = 'sent'))`;
  }
}

/**
 * Marks tracks as sent if the service lists them, with the same names in the same second. It may list even a track that
 * was refused later. Returns how many it marked. Runs inside the caller's transaction.
 */
export function markAlreadySent(database: Database, target: PlayTarget): number {
  return execute(database)`
    UPDATE sending SET (state, reason) = ('sent', NULL) FROM logged_track AS t
    WHERE target = ${target} AND state <> 'sent' AND t.uuid = sending.uuid AND t.place = sending.place AND EXISTS (
      SELECT 1 FROM (${selectListed(target)}) AS listed WHERE listed.uts = t.uts
        AND lower(listed.artist) = lower(t.artist) AND lower(listed.title) = lower(t.title))`;
}

/**
 * Gives up tracks of plays that were logged before a time, which the service took and never listed. Returns how many. If it
 * lists one later, markAlreadySent() finds it.
 */
export function expireQueuedPlays(
  database: Database,
  target: PlayTarget,
  { beforeUts, reason }: { readonly beforeUts: number; readonly reason: string },
): number {
  return execute(database)`
    UPDATE sending SET (state, reason) = ('ignored', ${reason})
    WHERE target = ${target} AND state = 'queued'
      AND uuid IN (SELECT uuid FROM logged_play WHERE logged_uts < ${beforeUts})`;
}

interface Period {
  readonly fromUts: number;
  readonly toUts: number;
}

/** Plays that a recogniser heard, that ended in this time and have tracks that are not to be sent yet. */
export function readEndedRecognised(
  database: Database,
  target: PlayTarget,
  { fromUts, toUts }: Period,
): LoggedPlay[] {
  return readPlaysWhere(
    database,
    sql`source = 'recogniser' AND to_uts BETWEEN ${fromUts} AND ${toUts} AND EXISTS (
      SELECT 1 FROM logged_track AS t WHERE t.uuid = logged_play.uuid AND NOT EXISTS (
        SELECT 1 FROM sending AS s WHERE s.uuid = t.uuid AND s.place = t.place AND target = ${target}))`,
  );
}

export interface ListedPlay {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
}

export function readListedPlays(
  database: Database,
  target: PlayTarget,
  { fromUts, toUts }: Period,
): ListedPlay[] {
  return queryRows<ListedPlay>(database)`
    ${selectListed(target)} AND uts BETWEEN ${fromUts} AND ${toUts} ORDER BY uts`;
}
