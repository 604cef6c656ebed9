// The listening history: staged window by window, then published for a stretch of time.
import type { Scrobble } from "../model.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";

/**
 * Keeps scrobbles of whole seconds: all that a second holds must come in one call.
 * What repeats within the call is a true repeat, and is numbered.
 */
export function stageScrobbles(database: Database, rows: readonly Scrobble[]): void {
  const stage = database.prepare("INSERT OR IGNORE INTO staged_scrobble VALUES (?, ?, ?, ?, ?, ?)");
  const repeats = new Map<string, number>();
  for (const row of rows) {
    const mbid = row.albumMbid ?? "";
    const key = JSON.stringify([row.uts, row.artist, row.track, row.album, mbid]);
    const occurrence = (repeats.get(key) ?? 0) + 1;
    repeats.set(key, occurrence);
    stage.run(row.uts, row.artist, row.track, row.album, mbid, occurrence);
  }
}

/** Forgets what was staged from a second on, before it is read again. */
export function unstageScrobblesFrom(database: Database, fromUts: number): void {
  database.prepare("DELETE FROM staged_scrobble WHERE uts >= ?").run(fromUts);
}

export function countStagedScrobbles(database: Database): number {
  return database.prepare("SELECT count(*) FROM staged_scrobble").pluck().get() as number;
}

/**
 * Makes what was staged the history from a second on (null: all of it); what the cache has there and the walk
 * didn't list is removed. Runs inside the caller's transaction. A play has nothing to edit: updated is 0.
 */
export function publishScrobbles(database: Database, fromUts: number | null): Changes {
  database.exec(`
    INSERT OR IGNORE INTO track (artist, name, album, album_mbid)
    SELECT artist, track, album, album_mbid FROM staged_scrobble`);
  const removed = database
    .prepare(
      `DELETE FROM scrobble WHERE uts >= ? AND NOT EXISTS (
         SELECT 1 FROM track AS t JOIN staged_scrobble AS s
           ON s.uts = scrobble.uts AND s.artist = t.artist AND s.track = t.name AND s.album = t.album
             AND s.album_mbid = t.album_mbid AND s.occurrence = scrobble.occurrence
         WHERE t.id = scrobble.track_id)`,
    )
    .run(fromUts ?? Number.MIN_SAFE_INTEGER).changes;
  const added = database
    .prepare(
      `INSERT OR IGNORE INTO scrobble (uts, track_id, occurrence)
       SELECT s.uts, t.id, s.occurrence FROM staged_scrobble AS s
       JOIN track AS t ON t.artist = s.artist AND t.name = s.track AND t.album = s.album
         AND t.album_mbid = s.album_mbid
       WHERE s.uts >= ?`,
    )
    .run(fromUts ?? Number.MIN_SAFE_INTEGER).changes;
  if (removed > 0) {
    database.exec("DELETE FROM track WHERE NOT EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id)");
  }
  return { added, updated: 0, removed };
}

/** Whether publishing what was staged from a second on would change anything. */
export function isStagedHistoryNew(database: Database, fromUts: number): boolean {
  const differs = database
    .prepare(
      `SELECT 1 WHERE (SELECT count(*) FROM staged_scrobble WHERE uts >= @fromUts)
           <> (SELECT count(*) FROM scrobble WHERE uts >= @fromUts)
         OR EXISTS (SELECT 1 FROM staged_scrobble AS s WHERE uts >= @fromUts AND NOT EXISTS (
           SELECT 1 FROM scrobble AS c JOIN track AS t ON t.id = c.track_id
           WHERE c.uts = s.uts AND c.occurrence = s.occurrence AND t.artist = s.artist AND t.name = s.track
             AND t.album = s.album AND t.album_mbid = s.album_mbid))`,
    )
    .get({ fromUts });
  return differs !== undefined;
}

export function countScrobbles(database: Database): number {
  return database.prepare("SELECT count(*) FROM scrobble").pluck().get() as number;
}

/** Ends included; null: no end. */
export function hasScrobblesBetween(
  database: Database,
  fromUts: number | null,
  toUts: number | null,
): boolean {
  const found = database
    .prepare("SELECT 1 FROM scrobble WHERE uts BETWEEN ? AND ? LIMIT 1")
    .get(fromUts ?? Number.MIN_SAFE_INTEGER, toUts ?? Number.MAX_SAFE_INTEGER);
  return found !== undefined;
}

/** The newest dated scrobble; null where there is none. */
export function newestScrobbleUts(database: Database): number | null {
  return database.prepare("SELECT max(uts) FROM scrobble WHERE uts > 0").pluck().get() as number | null;
}

export function newestStagedUts(database: Database): number | null {
  return database.prepare("SELECT max(uts) FROM staged_scrobble WHERE uts > 0").pluck().get() as
    | number
    | null;
}
