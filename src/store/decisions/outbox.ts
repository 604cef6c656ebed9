// Noted tracks that were given to be sent. Their names and seconds stand in the cache before anything is sent, so that
// they can be sent again as they are; a state only moves forward.
import type { Database } from "../file/database.ts";
import type { NotedTrack } from "./noted-plays.ts";

/** A track that waits to be sent. */
export interface WaitingTrack {
  readonly uuid: string;
  readonly place: number;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  /** null: a guess, which is not told. */
  readonly durationSeconds: number | null;
  readonly uts: number;
}

/** What became of a track. unknown: it may have been stored, or is to be tried again. */
export interface TrackFate extends Pick<WaitingTrack, "uuid" | "place"> {
  readonly state: "sent" | "ignored" | "unknown";
  readonly reason: string | null;
}

/** A track of so few seconds is never taken. */
const longestRefusedSeconds = 30;
const tooShort = "30 seconds or shorter";

export function isTooShort({
  isGuessed,
  durationSeconds,
}: Pick<NotedTrack, "isGuessed" | "durationSeconds">): boolean {
  return !isGuessed && durationSeconds <= longestRefusedSeconds;
}

/** Gives the tracks of a noted play to be sent, as far as it is known when they were on; the rest stays. */
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

/** Those from a second on, the oldest first, after the one that is given. */
export function waitingTracks(
  database: Database,
  fromUts: number,
  after: Pick<WaitingTrack, "uts" | "uuid" | "place"> | null,
  most: number,
): WaitingTrack[] {
  return database
    .prepare<[number, number, string, number, number], WaitingTrack>(
      `SELECT uuid, place, artist, title, album, album_artist AS albumArtist,
         iif(is_guessed = 1, NULL, duration_seconds) AS durationSeconds, uts
       FROM noted_track WHERE ${waiting} AND uts >= ? AND (uts, uuid, place) > (?, ?, ?)
       ORDER BY uts, uuid, place LIMIT ?`,
    )
    .all(fromUts, after?.uts ?? -1, after?.uuid ?? "", after?.place ?? -1, most);
}

/** Runs inside the caller's transaction. What is sent stays so, whoever says otherwise. */
export function settleTracks(database: Database, fates: readonly TrackFate[]): void {
  const settle = database.prepare<[TrackFate]>(
    `UPDATE noted_track SET state = @state, reason = @reason
     WHERE uuid = @uuid AND place = @place AND (state IN ('new', 'unknown') OR (state = 'ignored' AND @state = 'sent'))`,
  );
  for (const fate of fates) settle.run(fate);
}

/**
 * What may have been stored and came back with the history was: it is known by its second, since names may have been
 * corrected. Returns how many there were. Runs inside the caller's transaction.
 */
export function recogniseSent(database: Database): number {
  return database
    .prepare(
      `UPDATE noted_track SET state = 'sent', reason = NULL
       WHERE is_given = 1 AND state = 'unknown' AND EXISTS (SELECT 1 FROM scrobble WHERE scrobble.uts = noted_track.uts)`,
    )
    .run().changes;
}

/**
 * What is older than a second is not sent any more. Of what may have been stored only a history that was read since
 * can tell: without one it stays. Runs inside the caller's transaction; returns how many there were.
 */
export function giveUp(
  database: Database,
  olderThanUts: number,
  reason: string,
  { isHistoryRead }: { readonly isHistoryRead: boolean },
): number {
  const states = isHistoryRead ? "'new', 'unknown'" : "'new'";
  return database
    .prepare<[string, number]>(
      `UPDATE noted_track SET state = 'ignored', reason = ?
       WHERE is_given = 1 AND state IN (${states}) AND uts < ?`,
    )
    .run(reason, olderThanUts).changes;
}
