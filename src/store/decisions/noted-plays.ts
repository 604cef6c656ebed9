// The plays that the user noted, with their tracks, and what became of sending them. They go by Discogs' numbers and by their own UUIDs, so
// that they outlive the records and the cache.
import type { Database } from "../file/database.ts";
import { refreshMatchFigures } from "../plays/record-matches.ts";

/** In this order a state moves, and never back: what became of sending a track. */
export const trackStates = ["new", "unknown", "ignored", "sent"] as const;
type TrackState = (typeof trackStates)[number];

/** Names and seconds are those that are sent; they never change once a row was given to be sent. */
export interface NotedTrack {
  /** As printed: "A1"; "" where there is none. */
  readonly position: string;
  /** The track's own. */
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  readonly durationSeconds: number;
  /** Whether the duration is a guess. */
  readonly isGuessed: boolean;
  /** When it began; null where the day alone is known. */
  readonly uts: number | null;
  /** To be sent: no other row ever is. */
  readonly isGiven: boolean;
  readonly state: TrackState;
  /** Why it was ignored. */
  readonly reason: string | null;
}

export interface NotedPlay {
  readonly uuid: string;
  readonly releaseId: number;
  /** null: which copy it was is not known. */
  readonly instanceId: number | null;
  /** Of a day alone: its noon. */
  readonly startUts: number;
  /** When its last track began. */
  readonly lastUts: number;
  /** Between these it was played; of a day alone the whole day. */
  readonly fromUts: number;
  readonly toUts: number;
  readonly precision: "day" | "time";
  /** field: read from a custom field of the collection, and gone when it is gone there. */
  readonly source: "user" | "field";
  readonly note: string;
  readonly notedUts: number;
  /** In the order of playing; empty where they are not known. */
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

/** The oldest first; those that came from a field included. */
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

/** Each takes the place of what stood under its UUID. Runs inside the caller's transaction. */
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

// Noted tracks that were given to be sent. Their names and seconds stand in the cache before anything is sent, so that
// they can be sent again as they are; a state only moves forward.

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
