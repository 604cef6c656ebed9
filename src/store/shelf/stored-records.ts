// The collection and the wantlist: staged page by page, then published whole.
import type { CollectionRecord, Release, Want } from "../../model/model.ts";
import {
  type Changes,
  countPublished,
  buildStagedSql,
  buildNotListedSql,
  deleteMissingRows,
  type StagedRows,
  type StagedColumns,
} from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, rawSql, sql, queryValue, queryValues, type Sql } from "../file/sql.ts";
import { hashValue, parseDiscogsDate, pruneReleases, hashRelease, createReleaseWriter } from "./releases.ts";
import { refreshOriginals } from "./derived-columns.ts";

export function toStagedRecord(record: CollectionRecord): StagedColumns {
  const { instanceId, release, folderId, rating, dateAdded, fieldValues } = record;
  const values = fieldValues.map((field) => [field.fieldId, field.value]);
  return {
    instance_id: instanceId,
    release_id: release.id,
    folder_id: folderId,
    rating,
    date_added: dateAdded,
    added_uts: parseDiscogsDate(dateAdded),
    field_values: JSON.stringify(fieldValues),
    digest: hashValue([release.id, folderId, rating, dateAdded, values]),
    release: JSON.stringify(release),
    release_digest: hashRelease(release),
  };
}

/** How many rows of a page are not published yet. */
export function countUnknown(database: Database, rows: readonly CollectionRecord[]): number {
  const ids = listSql(rows.map(({ instanceId }) => instanceId));
  return queryValue(database, 0)`
    SELECT count(*) FROM ${ids} WHERE value NOT IN (SELECT instance_id FROM record)`;
}

/**
 * Publishes the records that a read listed; with `isWhole` it removes the others. A record that leaves gets a tombstone,
 * and its old id if it comes back. Unchanged rows are not written. Runs inside the caller's transaction.
 */
export function publishRecords(
  database: Database,
  stagedRows: StagedRows,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const updated = queryValue(database, 0)`
    SELECT count(*) FROM staged_record AS s JOIN record USING (instance_id) JOIN release ON release.id = s.release_id
    WHERE ${buildStagedSql(stagedRows)} AND (record.digest <> s.digest OR release.digest <> release_digest)`;
  saveStagedReleases(database, "staged_record", buildStagedSql(stagedRows));
  const addedCount = saveRecords(database, stagedRows);
  const removedCount = isWhole ? deleteMissingRecords(database, stagedRows) : 0;
  pruneReleases(database);
  refreshOriginals(database);
  return { added: addedCount, updated, removed: removedCount };
}

function deleteMissingRecords(database: Database, stagedRows: StagedRows): number {
  execute(database)`
    INSERT OR REPLACE INTO tombstone (instance_id, record_id)
    SELECT instance_id, id FROM record WHERE ${buildNotListedSql("collection", stagedRows)}`;
  return deleteMissingRows(database, "collection", stagedRows);
}

/** Writes the staged releases that changed. If copies of a release describe it differently, the last one read counts. */
function saveStagedReleases(
  database: Database,
  table: "staged_record" | "staged_want",
  condition: Sql,
): void {
  const write = createReleaseWriter(database);
  const changedIds = queryValues<number>(database)`
    SELECT DISTINCT release_id FROM ${rawSql(table)} AS s WHERE ${condition}
      AND NOT EXISTS (SELECT 1 FROM release WHERE id = s.release_id AND digest = s.release_digest)`;
  const find = database.prepare(
    `SELECT release, release_digest FROM ${table} WHERE release_id = ? ORDER BY last_round DESC, rowid DESC LIMIT 1`,
  );
  for (const id of changedIds) {
    const [release, digest] = find.raw().get(id) as [string, string];
    write(JSON.parse(release) as Release, digest);
  }
}

/** Returns how many records are new. */
function saveRecords(database: Database, stagedRows: StagedRows): number {
  const changed = listSql(
    queryValues<number>(database)`
      SELECT instance_id FROM staged_record AS s LEFT JOIN record USING (instance_id)
      WHERE ${buildStagedSql(stagedRows)} AND record.digest IS NOT s.digest ORDER BY instance_id`,
  );
  const countBefore = countPublished(database, "collection");
  const columns = rawSql("release_id, folder_id, rating, date_added, added_uts, digest");
  const staged = rawSql("s.release_id, s.folder_id, s.rating, s.date_added, s.added_uts, s.digest");
  execute(database)`
    INSERT INTO record (id, instance_id, ${columns})
    SELECT coalesce(record.id, tombstone.record_id), instance_id, ${staged}
    FROM staged_record AS s LEFT JOIN record USING (instance_id) LEFT JOIN tombstone USING (instance_id)
    WHERE instance_id IN ${changed} ORDER BY instance_id
    ON CONFLICT DO UPDATE SET (release_id, folder_id, rating, date_added, added_uts, digest) =
      (excluded.release_id, excluded.folder_id, excluded.rating, excluded.date_added, excluded.added_uts,
       excluded.digest)`;
  execute(database)`DELETE FROM tombstone WHERE instance_id IN ${changed}`;
  const changedIds = sql`(SELECT id FROM record WHERE instance_id IN ${changed})`;
  execute(database)`DELETE FROM record_field WHERE record_id IN ${changedIds}`;
  execute(database)`
    INSERT OR REPLACE INTO record_field (record_id, field_id, value)
    SELECT record.id, field.value ->> 'fieldId', field.value ->> 'value'
    FROM staged_record JOIN record USING (instance_id) JOIN json_each(field_values) AS field
    WHERE instance_id IN ${changed}`;
  return countPublished(database, "collection") - countBefore;
}

/** Returns true if a read listed an id above `instanceId` that is neither published nor in `knownIds`. */
export function hasUnknownRecordsAbove(
  database: Database,
  stagedRows: StagedRows,
  instanceId: number,
  knownIds: readonly number[],
): boolean {
  const hasAny = queryValue(database, 0)`
    SELECT 1 FROM staged_record WHERE ${buildStagedSql(stagedRows)} AND instance_id > ${instanceId}
      AND instance_id NOT IN (SELECT instance_id FROM record) AND instance_id NOT IN ${listSql(knownIds)} LIMIT 1`;
  return hasAny === 1;
}

export function toStagedWant({ release, rating, dateAdded, notes }: Want): StagedColumns {
  return {
    release_id: release.id,
    rating,
    date_added: dateAdded,
    added_uts: parseDiscogsDate(dateAdded),
    notes,
    release: JSON.stringify(release),
    release_digest: hashRelease(release),
  };
}

/** A release on the shelf keeps the shelf's description, or the two listings would overwrite each other. */
const isNotOwnedSql = rawSql("NOT EXISTS (SELECT 1 FROM record WHERE record.release_id = s.release_id)");

/**
 * Publishes the wants that a read listed; with `isWhole` it removes the others. Runs inside the caller's transaction.
 */
export function publishWants(
  database: Database,
  stagedRows: StagedRows,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const isStaged = buildStagedSql(stagedRows);
  const updated = queryValue(database, 0)`
    SELECT count(*) FROM staged_want AS s JOIN want USING (release_id) JOIN release ON release.id = s.release_id
    WHERE ${isStaged} AND ((s.rating, s.date_added, s.notes) IS NOT (want.rating, want.date_added, want.notes)
      OR (release.digest <> release_digest AND ${isNotOwnedSql}))`;
  const addedCount = queryValue(database, 0)`
    SELECT count(*) FROM staged_want WHERE ${isStaged} AND release_id NOT IN (SELECT release_id FROM want)`;
  saveStagedReleases(database, "staged_want", sql`${isStaged} AND ${isNotOwnedSql}`);
  execute(database)`
    INSERT INTO want (release_id, rating, date_added, added_uts, notes)
    SELECT release_id, rating, date_added, added_uts, notes FROM staged_want WHERE ${isStaged}
    ON CONFLICT (release_id) DO UPDATE SET
      (rating, date_added, added_uts, notes) =
      (excluded.rating, excluded.date_added, excluded.added_uts, excluded.notes)
    WHERE (rating, date_added, notes) IS NOT (excluded.rating, excluded.date_added, excluded.notes)`;
  const removedCount = isWhole ? deleteMissingRows(database, "wantlist", stagedRows) : 0;
  pruneReleases(database);
  refreshOriginals(database);
  return { added: addedCount, updated, removed: removedCount };
}
