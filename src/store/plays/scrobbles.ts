// The listening history: staged window by window, then published from a second on.
import type { Scrobble } from "../../model/model.ts";
import { type Changes, summariseRows, type MissingRows } from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { execute, iterateRows, rawSql, sql, queryValue, type Sql } from "../file/sql.ts";
import { deleteUnplayedTracks, markScrobblesDue } from "./merged-plays.ts";

/** The scrobbles that a read staged from a second on. null: from the beginning, with those that have no date. */
export interface StagedHistory {
  readonly checkpointId: number;
  readonly fromUts: number | null;
}

const beginning = Number.MIN_SAFE_INTEGER;

/**
 * Stages whole seconds: all scrobbles of a second must come in one call. Equal scrobbles in a call are true repeats
 * and are numbered. Returns how many were new.
 */
export function stageScrobbles(database: Database, rows: readonly Scrobble[], checkpointId: number): number {
  const stage = database.prepare(`
    INSERT INTO staged_scrobble (uts, artist, track, album, album_mbid, occurrence, checkpoint_id)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET checkpoint_id = excluded.checkpoint_id WHERE checkpoint_id <> excluded.checkpoint_id`);
  const repeats = new Map<string, number>();
  let newCount = 0;
  for (const row of rows) {
    const mbid = row.albumMbid ?? "";
    const key = JSON.stringify([row.uts, row.artist, row.track, row.album, mbid]);
    const occurrence = (repeats.get(key) ?? 0) + 1;
    repeats.set(key, occurrence);
    newCount += stage.run(row.uts, row.artist, row.track, row.album, mbid, occurrence, checkpointId).changes;
  }
  return newCount;
}

/** Deletes staged scrobbles from a second on, before they are read again. Returns how many it deleted. */
export function deleteStagedScrobblesFrom(
  database: Database,
  { checkpointId, fromUts }: StagedHistory,
): number {
  return execute(database)`
    DELETE FROM staged_scrobble WHERE uts >= ${fromUts ?? beginning} AND checkpoint_id = ${checkpointId}`;
}

const isOfTrack = rawSql(`s.artist = t.artist AND s.track = t.name AND s.album = t.album
  AND s.album_mbid = t.album_mbid`);

const buildNotListedSql = ({ checkpointId, fromUts }: StagedHistory): Sql => sql`
  source_id = 1 AND uts >= ${fromUts ?? beginning} AND NOT EXISTS (
    SELECT 1 FROM track AS t JOIN staged_scrobble AS s
      ON s.uts = scrobble.uts AND s.occurrence = scrobble.occurrence AND ${isOfTrack}
    WHERE t.id = scrobble.track_id AND s.checkpoint_id = ${checkpointId})`;

/**
 * Publishes staged scrobbles. With `isWhole` it also removes those of the same time that the read did not list.
 * Scrobbles without a date are always added. Runs inside the caller's transaction. `updated` is always 0.
 */
export function publishScrobbles(
  database: Database,
  history: StagedHistory,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const { checkpointId, fromUts } = history;
  execute(database)`
    INSERT OR IGNORE INTO track (artist, name, album, album_mbid)
    SELECT artist, track, album, album_mbid FROM staged_scrobble WHERE checkpoint_id = ${checkpointId}`;
  const newRows = sql`staged_scrobble AS s JOIN track AS t ON ${isOfTrack}
    WHERE (s.uts >= ${fromUts ?? beginning} OR s.uts = 0) AND s.checkpoint_id = ${checkpointId}`;
  const isRemoved = isWhole ? buildNotListedSql(history) : rawSql("false");
  markScrobblesDue(
    database,
    sql`SELECT s.uts AS uts FROM ${newRows} AND NOT EXISTS (SELECT 1 FROM scrobble
          WHERE (uts, track_id, occurrence) = (s.uts, t.id, s.occurrence) AND source_id = 1)
        UNION ALL SELECT uts FROM scrobble WHERE ${isRemoved}`,
  );
  const removedCount = execute(database)`DELETE FROM scrobble WHERE ${isRemoved}`;
  const addedCount = execute(database)`
    INSERT INTO scrobble (uts, track_id, occurrence) SELECT s.uts, t.id, s.occurrence FROM ${newRows}
    ON CONFLICT DO UPDATE SET source_id = 1, precision_seconds = 1 WHERE source_id <> 1`;
  if (removedCount > 0) deleteUnplayedTracks(database);
  return { added: addedCount, updated: 0, removed: removedCount };
}

/** The published scrobbles from a second on that a read did not list. */
export function readMissingScrobbles(database: Database, history: StagedHistory): MissingRows {
  return summariseRows(iterateRows(database)`
    SELECT uts, track_id, occurrence FROM scrobble WHERE ${buildNotListedSql(history)} ORDER BY uts, track_id, occurrence`);
}

/** How many scrobbles without a date were staged although they are published already. */
export function countUndatedAgain(database: Database, { checkpointId, fromUts }: StagedHistory): number {
  if (fromUts === null) return 0;
  return queryValue(database, 0)`
    SELECT count(*) FROM staged_scrobble AS s JOIN track AS t ON ${isOfTrack}
    JOIN scrobble AS c ON c.track_id = t.id AND c.uts = 0 AND c.occurrence = s.occurrence AND c.source_id = 1
    WHERE s.uts = 0 AND s.checkpoint_id = ${checkpointId}`;
}

/** Returns true if publishing the staged scrobbles would change anything. */
export function isStagedHistoryNew(database: Database, { checkpointId, fromUts }: StagedHistory): boolean {
  const first = fromUts ?? beginning;
  return (
    queryValue(database, 0)`
      SELECT (SELECT count(*) FROM staged_scrobble WHERE uts >= ${first} AND checkpoint_id = ${checkpointId})
          <> (SELECT count(*) FROM scrobble WHERE uts >= ${first} AND source_id = 1)
        OR EXISTS (SELECT 1 FROM staged_scrobble AS s
          WHERE (uts >= ${first} OR uts = 0) AND checkpoint_id = ${checkpointId} AND NOT EXISTS (
            SELECT 1 FROM scrobble AS c JOIN track AS t ON t.id = c.track_id
            WHERE c.uts = s.uts AND c.occurrence = s.occurrence AND c.source_id = 1 AND ${isOfTrack}))` === 1
  );
}

/** Returns 0 for null. */
export function countScrobblesBefore(database: Database, uts: number | null): number {
  return queryValue(
    database,
    0,
  )`SELECT count(*) FROM scrobble WHERE uts < ${uts ?? beginning} AND source_id = 1`;
}

/** Includes both ends. null: no end. */
export function hasScrobblesBetween(
  database: Database,
  fromUts: number | null,
  toUts: number | null,
): boolean {
  const hasAny = queryValue(database, 0)`
    SELECT 1 FROM scrobble
    WHERE uts BETWEEN ${fromUts ?? beginning} AND ${toUts ?? Number.MAX_SAFE_INTEGER} AND source_id = 1 LIMIT 1`;
  return hasAny === 1;
}

/** Returns null if there is no scrobble with a date. */
export function readNewestScrobbleUts(database: Database): number | null {
  return queryValue(database, null)`SELECT max(uts) FROM scrobble WHERE uts > 0 AND source_id = 1`;
}

export function readNewestStagedUts(database: Database, checkpointId: number): number | null {
  return queryValue(
    database,
    null,
  )`SELECT max(uts) FROM staged_scrobble WHERE uts > 0 AND checkpoint_id = ${checkpointId}`;
}
