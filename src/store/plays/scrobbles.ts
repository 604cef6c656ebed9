// The listening history: staged window by window, then published from a second on.
import type { Scrobble } from "../../model/model.ts";
import { countPublished, type Changes, missingRows, type MissingRows } from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { markScrobblesDue } from "./merged-plays.ts";

/** The scrobbles that a walk staged from a second on. null: from the beginning, with those that have no date. */
export interface StagedHistory {
  readonly walkId: number;
  readonly fromUts: number | null;
}

const parametersOf = ({ walkId, fromUts }: StagedHistory): { walkId: number; fromUts: number } => ({
  walkId,
  fromUts: fromUts ?? Number.MIN_SAFE_INTEGER,
});

/**
 * Stages whole seconds: all scrobbles of a second must come in one call. Equal scrobbles in a call are true repeats
 * and are numbered. Returns how many were new.
 */
export function stageScrobbles(database: Database, rows: readonly Scrobble[], walkId: number): number {
  const stage = database.prepare(`
    INSERT INTO staged_scrobble (uts, artist, track, album, album_mbid, occurrence, walk_id)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET walk_id = excluded.walk_id WHERE walk_id <> excluded.walk_id`);
  const repeats = new Map<string, number>();
  let newCount = 0;
  for (const row of rows) {
    const mbid = row.albumMbid ?? "";
    const key = JSON.stringify([row.uts, row.artist, row.track, row.album, mbid]);
    const occurrence = (repeats.get(key) ?? 0) + 1;
    repeats.set(key, occurrence);
    newCount += stage.run(row.uts, row.artist, row.track, row.album, mbid, occurrence, walkId).changes;
  }
  return newCount;
}

/** Deletes staged scrobbles from a second on, before they are read again. Returns how many it deleted. */
export function unstageScrobblesFrom(database: Database, { walkId, fromUts }: StagedHistory): number {
  return database
    .prepare("DELETE FROM staged_scrobble WHERE uts >= @fromUts AND walk_id = @walkId")
    .run(parametersOf({ walkId, fromUts })).changes;
}

export function countStagedScrobbles(database: Database, walkId: number): number {
  return database
    .prepare("SELECT count(*) FROM staged_scrobble WHERE walk_id = ?")
    .pluck()
    .get(walkId) as number;
}

const notListed = `source_id = 1 AND uts >= @fromUts AND NOT EXISTS (
  SELECT 1 FROM track AS t JOIN staged_scrobble AS s
    ON s.uts = scrobble.uts AND s.artist = t.artist AND s.track = t.name AND s.album = t.album
      AND s.album_mbid = t.album_mbid AND s.occurrence = scrobble.occurrence
  WHERE t.id = scrobble.track_id AND s.walk_id = @walkId)`;

/**
 * Publishes staged scrobbles. With `isWhole` it also removes those of the same time that the walk did not list.
 * Scrobbles without a date are always added. Runs inside the caller's transaction. `updated` is always 0.
 */
export function publishScrobbles(
  database: Database,
  history: StagedHistory,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const parameters = parametersOf(history);
  database
    .prepare(
      `INSERT OR IGNORE INTO track (artist, name, album, album_mbid)
       SELECT artist, track, album, album_mbid FROM staged_scrobble WHERE walk_id = ?`,
    )
    .run(history.walkId);
  const isNew = `(s.uts >= @fromUts OR s.uts = 0) AND s.walk_id = @walkId`;
  const ofTrack = `staged_scrobble AS s JOIN track AS t ON t.artist = s.artist AND t.name = s.track
    AND t.album = s.album AND t.album_mbid = s.album_mbid`;
  markScrobblesDue(
    database,
    `SELECT s.uts AS uts FROM ${ofTrack} WHERE ${isNew} AND NOT EXISTS (SELECT 1 FROM scrobble
       WHERE (uts, track_id, occurrence) = (s.uts, t.id, s.occurrence) AND source_id = 1)
     ${isWhole ? `UNION ALL SELECT uts FROM scrobble WHERE ${notListed}` : ""}`,
    parameters,
  );
  const removedCount = isWhole
    ? database.prepare(`DELETE FROM scrobble WHERE ${notListed}`).run(parameters).changes
    : 0;
  const addedCount = database
    .prepare(
      `INSERT INTO scrobble (uts, track_id, occurrence) SELECT s.uts, t.id, s.occurrence FROM ${ofTrack} WHERE ${isNew}
       ON CONFLICT DO UPDATE SET source_id = 1, precision_seconds = 1 WHERE source_id <> 1`,
    )
    .run(parameters).changes;
  if (removedCount > 0) {
    database.exec("DELETE FROM track WHERE NOT EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id)");
  }
  return { added: addedCount, updated: 0, removed: removedCount };
}

/** The published scrobbles from a second on that a walk did not list. */
export function missingScrobbles(database: Database, history: StagedHistory): MissingRows {
  return missingRows(
    database
      .prepare<{ walkId: number; fromUts: number }>(
        `SELECT uts, track_id, occurrence FROM scrobble WHERE ${notListed} ORDER BY uts, track_id, occurrence`,
      )
      .raw()
      .iterate(parametersOf(history)),
  );
}

/** How many scrobbles without a date were staged although they are published already. */
export function countUndatedAgain(database: Database, { walkId, fromUts }: StagedHistory): number {
  if (fromUts === null) return 0;
  return database
    .prepare(
      `SELECT count(*) FROM staged_scrobble AS s JOIN track AS t ON t.artist = s.artist AND t.name = s.track
         AND t.album = s.album AND t.album_mbid = s.album_mbid
       JOIN scrobble AS c ON c.track_id = t.id AND c.uts = 0 AND c.occurrence = s.occurrence AND c.source_id = 1
       WHERE s.uts = 0 AND s.walk_id = ?`,
    )
    .pluck()
    .get(walkId) as number;
}

/** Returns true if publishing the staged scrobbles would change anything. */
export function isStagedHistoryNew(database: Database, history: StagedHistory): boolean {
  const differs = database
    .prepare(
      `SELECT 1 WHERE (SELECT count(*) FROM staged_scrobble WHERE uts >= @fromUts AND walk_id = @walkId)
           <> (SELECT count(*) FROM scrobble WHERE uts >= @fromUts AND source_id = 1)
         OR EXISTS (SELECT 1 FROM staged_scrobble AS s
              WHERE (uts >= @fromUts OR uts = 0) AND walk_id = @walkId AND NOT EXISTS (
           SELECT 1 FROM scrobble AS c JOIN track AS t ON t.id = c.track_id
           WHERE c.uts = s.uts AND c.occurrence = s.occurrence AND c.source_id = 1 AND t.artist = s.artist AND t.name = s.track
             AND t.album = s.album AND t.album_mbid = s.album_mbid))`,
    )
    .get(parametersOf(history));
  return differs !== undefined;
}

export function countScrobbles(database: Database): number {
  return countPublished(database, "history");
}

/** null: from the beginning. */
export function countScrobblesFrom(database: Database, fromUts: number | null): number {
  return database
    .prepare("SELECT count(*) FROM scrobble WHERE uts >= ? AND source_id = 1")
    .pluck()
    .get(fromUts ?? Number.MIN_SAFE_INTEGER) as number;
}

/** Both ends belong to the range. null: no end. */
export function hasScrobblesBetween(
  database: Database,
  fromUts: number | null,
  toUts: number | null,
): boolean {
  const row = database
    .prepare("SELECT 1 FROM scrobble WHERE uts BETWEEN ? AND ? AND source_id = 1 LIMIT 1")
    .get(fromUts ?? Number.MIN_SAFE_INTEGER, toUts ?? Number.MAX_SAFE_INTEGER);
  return row !== undefined;
}

/** Returns null if there is no scrobble with a date. */
export function newestScrobbleUts(database: Database): number | null {
  return database.prepare("SELECT max(uts) FROM scrobble WHERE uts > 0 AND source_id = 1").pluck().get() as
    | number
    | null;
}

export function newestStagedUts(database: Database, walkId: number): number | null {
  return database
    .prepare("SELECT max(uts) FROM staged_scrobble WHERE uts > 0 AND walk_id = ?")
    .pluck()
    .get(walkId) as number | null;
}
