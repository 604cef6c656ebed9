// The plays that the user logged, with their tracks, and which of these were sent. They are stored by Discogs' ids and
// their own UUIDs, so that they outlive the records and the cache.
import type { PlayTarget } from "../../model/model.ts";
import type { Database } from "../file/database.ts";
import { refreshMatchFigures } from "../plays/record-matches.ts";

/** The states of sending a track, in order: a state only moves forward. */
export const trackStates = ["new", "unknown", "ignored", "sent"] as const;
type TrackState = (typeof trackStates)[number];

/** The same at ListenBrainz, which stores plays later than it takes them. */
export const listenbrainzStates = ["new", "unknown", "queued", "ignored", "sent"] as const;

/** Names and times never change once the track is to be sent. `state` and `reason` are about Last.fm. */
export interface NotedTrack {
  /** As printed: "A1"; "" if there is none. */
  readonly position: string;
  /** The artist of the track. */
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly albumArtist: string;
  readonly durationSeconds: number;
  /** True if the duration is a guess. */
  readonly isGuessed: boolean;
  /** Whether no recogniser heard it: it lies before, or between, tracks that one heard. */
  readonly isInferred: boolean;
  /** When the track began; null if only the day is known. */
  readonly uts: number | null;
  /** True if the user wants the track to be sent to Last.fm. Others never are. */
  readonly isGiven: boolean;
  readonly state: TrackState;
  /** Why it was ignored. */
  readonly reason: string | null;
  /** The state at ListenBrainz; null: not to be sent there. queued: taken, but not listed yet. */
  readonly listenbrainzState: (typeof listenbrainzStates)[number] | null;
  readonly listenbrainzReason: string | null;
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
  /**
   * user: logged by hand. recogniser: made from tracks that a program heard. field: read from a custom field of the
   * collection, and removed when the day is removed there.
   */
  readonly source: "user" | "recogniser" | "field";
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
     'isGuessed', json(iif(is_guessed = 1, 'true', 'false')),
     'isInferred', json(iif(is_inferred = 1, 'true', 'false')), 'uts', uts,
     'isGiven', json(iif(is_given = 1, 'true', 'false')), 'state', state, 'reason', reason,
     'listenbrainzState', listenbrainz_state, 'listenbrainzReason', listenbrainz_reason))
   FROM (SELECT * FROM noted_track AS t WHERE t.uuid = noted_play.uuid ORDER BY place)) AS tracks`;

/** The oldest first, plays from a custom field included. */
export function listNotedPlays(database: Database): NotedPlay[] {
  return database
    .prepare<[], PlayRow>(`SELECT ${columns} FROM noted_play ORDER BY start_uts, noted_uts, uuid`)
    .all()
    .map(fromRow);
}

/** Plays with a time that overlap this span, the oldest first. */
export function timedPlays(database: Database, { fromUts, toUts }: TimeSpan): NotedPlay[] {
  return database
    .prepare<[number, number], PlayRow>(
      `SELECT ${columns} FROM noted_play WHERE precision = 'time' AND to_uts > ? AND from_uts < ?
       ORDER BY start_uts, noted_uts, uuid`,
    )
    .all(fromUts, toUts)
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
    INSERT INTO noted_track (uuid, place, position, artist, title, album, album_artist, duration_seconds, is_guessed, is_inferred,
      uts, is_given, state, reason, listenbrainz_state, listenbrainz_reason)
    VALUES (@uuid, @place, @position, @artist, @title, @album, @albumArtist, @durationSeconds, @isGuessed, @isInferred,
      @uts, @isGiven, @state, @reason, @listenbrainzState, @listenbrainzReason)`);
  for (const { tracks, ...play } of plays) {
    clear.run(play.uuid);
    write.run(play);
    tracks.forEach(({ isGuessed, isInferred, isGiven, ...track }, place) =>
      writeTrack.run({
        ...track,
        uuid: play.uuid,
        place,
        isGuessed: Number(isGuessed),
        isInferred: Number(isInferred),
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
  readonly state: "new" | "unknown" | "queued";
}

/** The new state of a track. unknown: it may have been stored, or is to be sent again. */
export interface TrackFate extends Pick<WaitingTrack, "uuid" | "place"> {
  readonly state: "sent" | "queued" | "ignored" | "unknown";
  readonly reason: string | null;
}

/** Where the state at a service is stored, and where the plays that the service lists. */
const targets = {
  lastfm: {
    state: "state",
    reason: "reason",
    isGiven: "is_given = 1",
    give: "is_given = 1, ",
    plays: `SELECT uts, track.artist, name AS title FROM scrobble JOIN track ON track.id = track_id
      WHERE source_id = 1`,
    listed: `SELECT 1 FROM scrobble JOIN track ON track.id = scrobble.track_id
      WHERE scrobble.uts = noted_track.uts AND scrobble.source_id = 1
        AND lower(track.artist) = lower(noted_track.artist) AND lower(track.name) = lower(noted_track.title)`,
  },
  listenbrainz: {
    state: "listenbrainz_state",
    reason: "listenbrainz_reason",
    isGiven: "listenbrainz_state IS NOT NULL",
    give: "",
    plays: `SELECT uts, artist, title FROM source_play AS p JOIN source_track AS t ON t.id = p.source_track_id
      WHERE p.source_id = (SELECT id FROM source WHERE name = 'listenbrainz')`,
    listed: `SELECT 1 FROM source_play AS p JOIN source_track AS t ON t.id = p.source_track_id
      WHERE p.source_id = (SELECT id FROM source WHERE name = 'listenbrainz') AND p.uts = noted_track.uts
        AND lower(t.artist) = lower(noted_track.artist) AND lower(t.title) = lower(noted_track.title)`,
  },
} as const satisfies Readonly<Record<PlayTarget, Readonly<Record<string, string>>>>;

/** Last.fm takes no track of this length or shorter. */
const longestRefusedSeconds = 30;
const tooShort = "30 seconds or shorter";

export function isTooShort({
  isGuessed,
  durationSeconds,
}: Pick<NotedTrack, "isGuessed" | "durationSeconds">): boolean {
  return !isGuessed && durationSeconds <= longestRefusedSeconds;
}

/** true if ListenBrainz may have the track. */
export function wasSubmitted({ listenbrainzState: state }: NotedTrack): boolean {
  return state === "unknown" || state === "queued" || state === "sent";
}

/** Marks the tracks of a play to be sent, if their times are known. */
export function giveToBeSent(database: Database, uuid: string, to: readonly PlayTarget[] = ["lastfm"]): void {
  const isRefused = `is_guessed = 0 AND duration_seconds <= ${longestRefusedSeconds} AND state = 'new'`;
  const toLastfm = `UPDATE noted_track SET is_given = 1,
      (state, reason) = (SELECT iif(${isRefused}, 'ignored', state), iif(${isRefused}, '${tooShort}', reason))
    WHERE uuid = ? AND uts IS NOT NULL AND is_given = 0`;
  const toListenBrainz = `UPDATE noted_track SET listenbrainz_state = 'new'
    WHERE uuid = ? AND uts IS NOT NULL AND listenbrainz_state IS NULL`;
  if (to.includes("lastfm")) database.prepare(toLastfm).run(uuid);
  if (to.includes("listenbrainz")) database.prepare(toListenBrainz).run(uuid);
}

const isWaiting = (target: PlayTarget, states = "'new', 'unknown'"): string =>
  `${targets[target].isGiven} AND ${targets[target].state} IN (${states}) AND uts IS NOT NULL`;

export function countWaiting(database: Database, target: PlayTarget = "lastfm"): number {
  return countTracks(database, isWaiting(target));
}

/** Tracks that ListenBrainz took and does not list yet. */
export function countQueued(database: Database): number {
  return countTracks(database, "listenbrainz_state = 'queued'");
}

export function countSent(database: Database, target: PlayTarget = "lastfm"): number {
  return countTracks(database, `${targets[target].state} = 'sent'`);
}

function countTracks(database: Database, condition: string): number {
  return database.prepare(`SELECT count(*) FROM noted_track WHERE ${condition}`).pluck().get() as number;
}

interface WaitingQuestion {
  readonly target: PlayTarget;
  /** Queued tracks, too. */
  readonly withQueued: boolean;
  readonly most: number;
}

/** Returns waiting tracks, the oldest first, starting after `last`. */
export function waitingTracks(
  database: Database,
  last: Pick<WaitingTrack, "uts" | "uuid" | "place"> | null,
  { target, withQueued, most }: WaitingQuestion,
): WaitingTrack[] {
  const condition = isWaiting(target, withQueued ? "'new', 'unknown', 'queued'" : undefined);
  return database
    .prepare<[number, string, number, number], WaitingTrack>(
      `SELECT uuid, place, artist, title, album, album_artist AS albumArtist,
         iif(is_guessed = 1, NULL, duration_seconds) AS durationSeconds, uts, ${targets[target].state} AS state
       FROM noted_track WHERE ${condition} AND (uts, uuid, place) > (?, ?, ?) ORDER BY uts, uuid, place LIMIT ?`,
    )
    .all(last?.uts ?? -1, last?.uuid ?? "", last?.place ?? -1, most);
}

/** Runs inside the caller's transaction. A track that is sent stays sent, and a queued one is never new again. */
export function settleTracks(
  database: Database,
  fates: readonly TrackFate[],
  target: PlayTarget = "lastfm",
): void {
  const { state, reason } = targets[target];
  const settle = database.prepare<[TrackFate]>(
    `UPDATE noted_track SET ${state} = @state, ${reason} = @reason WHERE uuid = @uuid AND place = @place
       AND (${state} IN ('new', 'unknown') OR (${state} = 'queued' AND @state <> 'unknown')
         OR (${state} = 'ignored' AND @state = 'sent'))`,
  );
  for (const fate of fates) settle.run(fate);
}

/**
 * Marks tracks as sent if the service lists them, with the same names in the same second. It may list even a track that
 * was refused later. Returns how many it marked. Runs inside the caller's transaction.
 */
export function recogniseSent(database: Database, target: PlayTarget = "lastfm"): number {
  const { state, reason, isGiven, listed } = targets[target];
  return database
    .prepare(
      `UPDATE noted_track SET ${state} = 'sent', ${reason} = NULL
       WHERE ${isGiven} AND ${state} IN ('unknown', 'queued', 'ignored') AND EXISTS (${listed})`,
    )
    .run().changes;
}

/**
 * Gives up tracks of plays that were logged before a time, which ListenBrainz took and never listed. Returns how many. If it
 * lists one later, recogniseSent() finds it.
 */
export function giveUpQueued(database: Database, beforeUts: number, reason: string): number {
  return database
    .prepare(
      `UPDATE noted_track SET listenbrainz_state = 'ignored', listenbrainz_reason = ?
       WHERE listenbrainz_state = 'queued'
         AND uuid IN (SELECT uuid FROM noted_play WHERE noted_uts < ?)`,
    )
    .run(reason, beforeUts).changes;
}

interface TimeSpan {
  readonly fromUts: number;
  readonly toUts: number;
}

/** Plays that a recogniser heard, that ended in this time and have tracks that are not to be sent yet. */
export function endedRecognised(
  database: Database,
  target: PlayTarget,
  { fromUts, toUts }: TimeSpan,
): NotedPlay[] {
  return database
    .prepare<[number, number], PlayRow>(
      `SELECT ${columns} FROM noted_play WHERE source = 'recogniser' AND to_uts BETWEEN ? AND ? AND EXISTS (
         SELECT 1 FROM noted_track AS t WHERE t.uuid = noted_play.uuid AND NOT (${targets[target].isGiven}))`,
    )
    .all(fromUts, toUts)
    .map(fromRow);
}

export interface ListedPlay {
  readonly uts: number;
  readonly artist: string;
  readonly title: string;
}

/** The plays that the service lists. */
export function listedPlays(
  database: Database,
  target: PlayTarget,
  { fromUts, toUts }: TimeSpan,
): ListedPlay[] {
  return database
    .prepare<[number, number], ListedPlay>(`${targets[target].plays} AND uts BETWEEN ? AND ? ORDER BY uts`)
    .all(fromUts, toUts);
}

/** Marks a track as sent that the service has from elsewhere. */
export function settleAsSent(
  database: Database,
  target: PlayTarget,
  { uuid, place }: Pick<WaitingTrack, "uuid" | "place">,
): void {
  const { give, state } = targets[target];
  database
    .prepare(
      `UPDATE noted_track SET ${give}${state} = 'sent' WHERE uuid = ? AND place = ? AND NOT (${targets[target].isGiven})`,
    )
    .run(uuid, place);
}
