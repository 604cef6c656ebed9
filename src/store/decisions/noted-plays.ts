// What the user noted of the turntable: sessions with their tracks. They go by Discogs' numbers and by their own UUIDs, so
// that they outlive the records and the cache.
import type { Database } from "../file/database.ts";
import { refreshMatchFigures } from "../plays/matches.ts";

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

type TrackRow = [
  string,
  string,
  string,
  string,
  string,
  number,
  number,
  number | null,
  number,
  TrackState,
  string | null,
];

const columns = `uuid, release_id AS releaseId, instance_id AS instanceId, start_uts AS startUts, last_uts AS lastUts,
  from_uts AS fromUts, to_uts AS toUts, precision, source, note, noted_uts AS notedUts,
  (SELECT json_group_array(json_array(position, artist, title, album, album_artist, duration_seconds, is_guessed, uts,
     is_given, state, reason)) FROM (SELECT * FROM noted_track AS t WHERE t.uuid = noted_play.uuid ORDER BY place))
    AS tracks`;

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
  const tracks = JSON.parse(row.tracks) as TrackRow[];
  return { ...row, tracks: tracks.map(toTrack) };
}

function toTrack(row: TrackRow): NotedTrack {
  const [position, artist, title, album, albumArtist, durationSeconds, guessed, uts, given, state, reason] =
    row;
  return {
    position,
    artist,
    title,
    album,
    albumArtist,
    durationSeconds,
    isGuessed: guessed === 1,
    uts,
    isGiven: given === 1,
    state,
    reason,
  };
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
