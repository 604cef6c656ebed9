// What the user said beside decisions and aliases, as a part of the document that outlives the cache.
import type { Database } from "./database.ts";
import { listNotedPlays, type NotedPlay, type NotedTrack } from "./noted-plays.ts";

interface KeptTrack {
  readonly position: string;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly album_artist: string;
  readonly duration: number;
  readonly guessed: boolean;
  readonly at: string | null;
  readonly to_send: boolean;
  readonly state: NotedTrack["state"];
  readonly reason: string | null;
}

interface NamedAlbum {
  readonly artist: string;
  readonly album: string;
}

export interface KeptDocument {
  readonly plays: readonly {
    readonly uuid: string;
    readonly release_id: number;
    readonly instance_id: number | null;
    readonly start: string;
    readonly last: string;
    readonly from: string;
    readonly to: string;
    readonly precision: NotedPlay["precision"];
    readonly note: string;
    readonly noted_at: string;
    readonly tracks: readonly KeptTrack[];
  }[];
  readonly hidden_albums: readonly (NamedAlbum & { readonly hidden_at: string })[];
  /** until null: until it is undone. */
  readonly snoozes: readonly (NamedAlbum & { readonly until: string | null; readonly snoozed_at: string })[];
  readonly reviews: readonly {
    readonly release_id: number;
    readonly subject: string;
    readonly verdict: "skipped" | "dismissed";
    readonly noted_at: string;
  }[];
}

/** A copy is made of caches of earlier formats too: what they had no table for was not said. */
export function keptDocument(database: Database): KeptDocument {
  return {
    plays: hasTable(database, "noted_play")
      ? listNotedPlays(database)
          // What a field says comes back with the next sync.
          .filter(({ source }) => source === "user")
          .map(keptPlay)
      : [],
    hidden_albums: rowsOf<{ artist: string; title: string; uts: number }>(
      database,
      "hidden_album",
      "artist, title, hidden_uts AS uts",
    ).map(({ artist, title, uts }) => ({ artist, album: title, hidden_at: isoTime(uts) })),
    snoozes: rowsOf<{ artist: string; title: string; until: number | null; uts: number }>(
      database,
      "snooze",
      "artist, title, until_uts AS until, snoozed_uts AS uts",
    ).map(({ artist, title, until, uts }) => ({
      artist,
      album: title,
      until: until === null ? null : isoTime(until),
      snoozed_at: isoTime(uts),
    })),
    reviews: rowsOf<{ id: number; subject: string; verdict: "skipped" | "dismissed"; uts: number }>(
      database,
      "review_note",
      "release_id AS id, subject, verdict, noted_uts AS uts",
    ).map(({ id, subject, verdict, uts }) => ({ release_id: id, subject, verdict, noted_at: isoTime(uts) })),
  };
}

function keptPlay(play: NotedPlay): KeptDocument["plays"][number] {
  return {
    uuid: play.uuid,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    start: isoTime(play.startUts),
    last: isoTime(play.lastUts),
    from: isoTime(play.fromUts),
    to: isoTime(play.toUts),
    precision: play.precision,
    note: play.note,
    noted_at: isoTime(play.notedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      album: track.album,
      album_artist: track.albumArtist,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      at: track.uts === null ? null : isoTime(track.uts),
      to_send: track.isGiven,
      state: track.state,
      reason: track.reason,
    })),
  };
}

function hasTable(database: Database, name: string): boolean {
  return (
    database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(name) !== undefined
  );
}

/** In the order of its key, which its first two columns are. */
function rowsOf<Row>(database: Database, table: string, columns: string): Row[] {
  if (!hasTable(database, table)) return [];
  return database.prepare<[], Row>(`SELECT ${columns} FROM ${table} ORDER BY 1, 2`).all();
}

/** The end of the year 9999: later times have no ISO form of four digits for the year. */
const latestUts = 253_402_300_799;

/** A document is read back: a time that can't be written is the beginning of time. */
export function isoTime(uts: number): string {
  return new Date(Math.abs(uts) <= latestUts ? uts * 1000 : 0).toISOString().replace(".000Z", "Z");
}
