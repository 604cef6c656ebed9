// Reads and writes for merging: the raw plays of a quarter, the clocks, and the rows of scrobble that only other sources
// have.
import type { FoundOffsets } from "../../model/listening-sources.ts";
import { createNumberTable } from "../../model/number-table.ts";
import { computeQuarterStart } from "../../model/times.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, rawSql, queryRows, sql, queryValue, queryValues, type Sql } from "../file/sql.ts";
import { readFact, saveFact } from "../file/cache-facts.ts";
import { readPublication } from "../file/listings.ts";
import { type RefreshScope, selectTracks } from "./refresh-scope.ts";
import { coveringSeconds, isCovered, isOfAccount, quarterSql, trackColumns } from "./source-plays.ts";

/** The id of the cache's listening service among the sources. */
export const listeningSourceId = 1;

/** Sources with plays, beside the listening service. */
export function readOtherSources(database: Database) {
  return queryRows<{ readonly id: number; readonly name: string }>(database)`
    SELECT id, name FROM source WHERE id > ${listeningSourceId}
      AND EXISTS (SELECT 1 FROM source_play WHERE source_id = source.id)`;
}

/** true if the plays of the listening service are known, so that others can be compared with them. */
export function isHistoryKnown(database: Database): boolean {
  const history = readPublication(database, "history");
  return history !== undefined && history.fullReadUts > 0 && history.detail.hidden !== true;
}

/** true if a listening service is connected: its chart was read. */
function hasChart(database: Database): boolean {
  return readPublication(database, "albums") !== undefined;
}

/** true if the chart counts plays that are not known one by one. Any of them may be the last play. */
export function arePlaysPartial(database: Database): boolean {
  return hasChart(database) && !isHistoryKnown(database);
}

function hasOtherPlays(database: Database): boolean {
  return queryValue(database, 0)`SELECT 1 FROM source_play LIMIT 1` === 1;
}

/** true if any source has plays. */
export function hasPlays(database: Database): boolean {
  return hasChart(database) || hasOtherPlays(database);
}

const comparedFact = "plays compared with the history";

/** Makes everything due if the history came or went since the last time. */
export function saveHistoryState(database: Database, isKnown: boolean): void {
  const state = isKnown ? "yes" : "no";
  if (readFact(database, comparedFact) === state) return;
  saveFact(database, comparedFact, state);
  database.exec("UPDATE merge_quarter SET is_due = 1");
}

/** true if plays came or went since the last merge. */
export function hasDueQuarters(database: Database): boolean {
  return queryValue(database, 0)`SELECT 1 FROM merge_quarter WHERE is_due = 1 LIMIT 1` === 1;
}

/** The quarters in order. Near a due one, plays of Spotify's account data may become covered or uncovered. */
export function readDueQuarters(database: Database): number[] {
  const due = queryValues<number>(database)`SELECT DISTINCT quarter FROM merge_quarter WHERE is_due = 1`;
  const hasAccountPlays = database
    .prepare<number[], 1>(`SELECT 1 FROM source_play WHERE ${isOfAccount} AND uts >= ? AND uts < ? LIMIT 1`)
    .pluck();
  const quarters = new Set(due);
  for (const quarter of due) {
    const [start, end] = [computeQuarterStart(quarter), computeQuarterStart(quarter + 1)];
    if (hasAccountPlays.get(start - coveringSeconds, start) === 1) quarters.add(quarter - 1);
    if (hasAccountPlays.get(end, end + coveringSeconds) === 1) quarters.add(quarter + 1);
  }
  return [...quarters].toSorted((a, b) => a - b);
}

/** A quarter keeps its row without plays: its clock may have moved all of them into the next one. */
export function clearDueQuarters(database: Database): void {
  database.exec(`
    UPDATE merge_quarter SET is_due = 0 WHERE is_due = 1;
    DELETE FROM merge_quarter WHERE source_id NOT IN (SELECT id FROM source)`);
}

/** Marks the quarters of scrobbles that change: a query that yields `uts`. Nothing is to be done without other sources. */
export function markScrobblesDue(database: Database, query: Sql): void {
  if (!hasOtherPlays(database)) return;
  execute(database)`
    INSERT INTO merge_quarter (source_id, quarter, is_due)
    SELECT DISTINCT ${listeningSourceId}, ${quarterSql}, 1 FROM (${query}) WHERE true
    ON CONFLICT DO UPDATE SET is_due = 1`;
}

/** Tracks of source 1 are rows of `track`; those of other sources are rows of `source_track`. */
type PlayRow = [uts: number, precisionSeconds: number, trackId: number, occurrence: number];

/** The plays of a source by quarter. */
export function createQuarterReader(database: Database): (sourceId: number, quarter: number) => PlayRow[] {
  const scrobbles = database
    .prepare<number[], PlayRow>(
      `SELECT uts, 1, track_id, occurrence FROM scrobble
       WHERE uts >= ? AND uts < ? AND source_id = ${listeningSourceId}`,
    )
    .raw();
  const others = database
    .prepare<number[], PlayRow>(
      `SELECT uts, precision_seconds, source_track_id, occurrence FROM source_play
       WHERE source_id = ? AND uts >= ? AND uts < ? AND NOT (${isCovered})`,
    )
    .raw();
  return (sourceId, quarter) => {
    const span = [computeQuarterStart(quarter), computeQuarterStart(quarter + 1)];
    if (sourceId === listeningSourceId) return scrobbles.all(...span);
    return others.all(sourceId, ...span);
  };
}

interface TrackRow {
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly durationSeconds: number;
  readonly origin: string;
  readonly client: string;
  readonly isEndStamped: 0 | 1;
  readonly hasOwnAlbum: 0 | 1;
}

export function createTrackReader(database: Database): (sourceId: number, trackId: number) => TrackRow {
  const scrobbled = database.prepare<[number], TrackRow>(
    `SELECT artist, name AS title, album, 0 AS durationSeconds, '' AS origin, '' AS client,
       0 AS isEndStamped, 1 AS hasOwnAlbum FROM track WHERE id = ?`,
  );
  const other = database.prepare<[number], TrackRow>(
    `SELECT artist, title, album, duration_seconds AS durationSeconds, origin, client,
       is_end_stamped AS isEndStamped, has_own_album AS hasOwnAlbum FROM source_track WHERE id = ?`,
  );
  return (sourceId, trackId) => (sourceId === listeningSourceId ? scrobbled : other).get(trackId) as TrackRow;
}

/** Reads the names and all else that a source says of a track, as text: equal for the same track in every cache. */
export function createTrackTextReader(database: Database): (sourceId: number, trackId: number) => string {
  const scrobbled = database
    .prepare<[number], string>("SELECT json_array(artist, name, album, album_mbid) FROM track WHERE id = ?")
    .pluck();
  const other = database
    .prepare<[number], string>(`SELECT json_array(${trackColumns}) FROM source_track WHERE id = ?`)
    .pluck();
  return (sourceId, trackId) => (sourceId === listeningSourceId ? scrobbled : other).get(trackId) ?? "";
}

export function createClockReader(database: Database): (sourceId: number, quarter: number) => FoundOffsets {
  const find = database
    .prepare<[number, number], string>("SELECT clock FROM merge_quarter WHERE source_id = ? AND quarter = ?")
    .pluck();
  return (sourceId, quarter) => {
    const clock = find.get(sourceId, quarter);
    return clock === undefined ? { offsets: [], certain: [] } : (JSON.parse(clock) as FoundOffsets);
  };
}

export function saveClock(database: Database, sourceId: number, quarter: number, clock: FoundOffsets): void {
  execute(database)`
    INSERT INTO merge_quarter (source_id, quarter, is_due, clock)
    VALUES (${sourceId}, ${quarter}, 0, ${JSON.stringify(clock)})
    ON CONFLICT DO UPDATE SET clock = excluded.clock`;
}

export interface PlayKey {
  readonly uts: number;
  readonly trackId: number;
  readonly occurrence: number;
}

/** A play that only further sources have, as a row of scrobble. */
export interface DerivedScrobble extends PlayKey {
  readonly sourceId: number;
  readonly precisionSeconds: number;
}

/** Makes these the derived scrobbles of a quarter. Returns the tracks of those that came and went. */
export function saveDerivedScrobbles(
  database: Database,
  quarter: number,
  scrobbles: readonly DerivedScrobble[],
): { readonly added: readonly number[]; readonly removed: readonly number[] } {
  const columns = rawSql("uts, track_id, occurrence, source_id, precision_seconds");
  const rows = listSql(
    scrobbles.map((row) => [row.uts, row.trackId, row.occurrence, row.sourceId, row.precisionSeconds]),
  );
  const derived = sql`
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM ${rows}`;
  const stored = sql`uts >= ${computeQuarterStart(quarter)} AND uts < ${computeQuarterStart(quarter + 1)}
    AND source_id <> ${listeningSourceId}`;
  const removed = queryValues<number>(database)`
    DELETE FROM scrobble WHERE ${stored} AND (${columns}) NOT IN (${derived}) RETURNING track_id`;
  const added = queryValues<number>(database)`
    INSERT INTO scrobble (${columns}) SELECT * FROM (${derived} EXCEPT SELECT ${columns} FROM scrobble WHERE ${stored})
    RETURNING track_id`;
  return { added, removed };
}

/** The row of `track` for a row of `source_track`, made if there is none. */
export function createTrackFinder(database: Database): (sourceTrackId: number) => number {
  const names = "artist, title, album, release_mbid FROM source_track WHERE id = ?";
  const find = database
    .prepare<[number], number>(
      `SELECT id FROM track WHERE (artist, name, album, album_mbid) = (SELECT ${names})`,
    )
    .pluck();
  const insert = database.prepare(`INSERT INTO track (artist, name, album, album_mbid) SELECT ${names}`);
  const trackIds = createNumberTable(1);
  return (sourceTrackId) => {
    const knownId = trackIds.get(sourceTrackId);
    if (!Number.isNaN(knownId)) return knownId;
    const trackId = find.get(sourceTrackId) ?? Number(insert.run(sourceTrackId).lastInsertRowid);
    trackIds.set(sourceTrackId, [trackId]);
    return trackId;
  };
}

/** Returns a function that notes which scrobble a raw play is part of. It returns false if that is known. */
export function createSourcePlayLinker(
  database: Database,
): (play: PlayKey & { readonly sourceId: number }, scrobble: PlayKey) => boolean {
  const update = database.prepare(
    `UPDATE source_play SET (play_uts, play_track_id, play_occurrence) = (?, ?, ?)
     WHERE (source_id, uts, source_track_id, occurrence) = (?, ?, ?, ?)
       AND (play_uts, play_track_id, play_occurrence) IS NOT (?, ?, ?)`,
  );
  return (play, scrobble) => {
    const key = [scrobble.uts, scrobble.trackId, scrobble.occurrence];
    return update.run(...key, play.sourceId, play.uts, play.trackId, play.occurrence, ...key).changes > 0;
  };
}

export function saveQuarterCounts(
  database: Database,
  sourceId: number,
  quarter: number,
  { plays, shared }: { readonly plays: number; readonly shared: number },
): void {
  execute(database)`
    INSERT INTO merge_quarter (source_id, quarter, is_due, plays, shared)
    VALUES (${sourceId}, ${quarter}, 0, ${plays}, ${shared})
    ON CONFLICT DO UPDATE SET (plays, shared) = (excluded.plays, excluded.shared)`;
}

/** Drops tracks that no play has any more. */
export function deleteUnplayedTracks(database: Database, scope: RefreshScope = "all"): void {
  execute(database)`
    DELETE FROM track WHERE ${selectTracks(scope, "id")}
      AND NOT EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id)`;
}
