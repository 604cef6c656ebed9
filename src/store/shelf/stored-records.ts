// The collection and the wantlist: staged page by page, then published whole.
import type { CollectionRecord, Release, Want } from "../../model/model.ts";
import {
  type Changes,
  countPublished,
  isStaged,
  notListed,
  removeMissing,
  type Staged,
  type StagedColumns,
} from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { change, list, plain, sql, valueOf, valuesOf, type Sql } from "../file/sql.ts";
import { digestOf, instantOf, pruneReleases, releaseDigest, releaseWriter } from "./releases.ts";
import { refreshOriginals } from "./derived-columns.ts";

export function stagedRecord(record: CollectionRecord): StagedColumns {
  const { instanceId, release, folderId, rating, dateAdded, fieldValues } = record;
  const values = fieldValues.map((field) => [field.fieldId, field.value]);
  return {
    instance_id: instanceId,
    release_id: release.id,
    folder_id: folderId,
    rating,
    date_added: dateAdded,
    added_uts: instantOf(dateAdded),
    field_values: JSON.stringify(fieldValues),
    digest: digestOf([release.id, folderId, rating, dateAdded, values]),
    release: JSON.stringify(release),
    release_digest: releaseDigest(release),
  };
}

/** How many rows of a page are not published yet. */
export function countUnknown(database: Database, rows: readonly CollectionRecord[]): number {
  const ids = list(rows.map(({ instanceId }) => instanceId));
  return valueOf(database, 0)`
    SELECT count(*) FROM ${ids} WHERE value NOT IN (SELECT instance_id FROM record)`;
}

/**
 * Publishes the records that a walk listed; with `isWhole` it removes the others. A record that leaves gets a tombstone,
 * and its old id if it comes back. Unchanged rows are not written. Runs inside the caller's transaction.
 */
export function publishRecords(
  database: Database,
  stagedWalk: Staged,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const updated = valueOf(database, 0)`
    SELECT count(*) FROM staged_record AS s JOIN record USING (instance_id) JOIN release ON release.id = s.release_id
    WHERE ${isStaged(stagedWalk)} AND (record.digest <> s.digest OR release.digest <> release_digest)`;
  writeStagedReleases(database, "staged_record", isStaged(stagedWalk));
  const addedCount = writeRecords(database, stagedWalk);
  const removedCount = isWhole ? buryMissing(database, stagedWalk) : 0;
  pruneReleases(database);
  refreshOriginals(database);
  return { added: addedCount, updated, removed: removedCount };
}

function buryMissing(database: Database, stagedWalk: Staged): number {
  change(database)`
    INSERT OR REPLACE INTO tombstone (instance_id, record_id)
    SELECT instance_id, id FROM record WHERE ${notListed("collection", stagedWalk)}`;
  return removeMissing(database, "collection", stagedWalk);
}

/** Writes the staged releases that changed. If copies of a release describe it differently, the last one read counts. */
function writeStagedReleases(
  database: Database,
  table: "staged_record" | "staged_want",
  condition: Sql,
): void {
  const write = releaseWriter(database);
  const changedIds = valuesOf<number>(database)`
    SELECT DISTINCT release_id FROM ${plain(table)} AS s WHERE ${condition}
      AND NOT EXISTS (SELECT 1 FROM release WHERE id = s.release_id AND digest = s.release_digest)`;
  const find = database.prepare(
    `SELECT release, release_digest FROM ${table} WHERE release_id = ? ORDER BY seen DESC, rowid DESC LIMIT 1`,
  );
  for (const id of changedIds) {
    const [release, digest] = find.raw().get(id) as [string, string];
    write(JSON.parse(release) as Release, digest);
  }
}

/** Returns how many records are new. */
function writeRecords(database: Database, stagedWalk: Staged): number {
  const changed = list(
    valuesOf<number>(database)`
      SELECT instance_id FROM staged_record AS s LEFT JOIN record USING (instance_id)
      WHERE ${isStaged(stagedWalk)} AND record.digest IS NOT s.digest ORDER BY instance_id`,
  );
  const countBefore = countPublished(database, "collection");
  const columns = plain("release_id, folder_id, rating, date_added, added_uts, digest");
  const staged = plain("s.release_id, s.folder_id, s.rating, s.date_added, s.added_uts, s.digest");
  change(database)`
    INSERT INTO record (id, instance_id, ${columns})
    SELECT coalesce(record.id, tombstone.record_id), instance_id, ${staged}
    FROM staged_record AS s LEFT JOIN record USING (instance_id) LEFT JOIN tombstone USING (instance_id)
    WHERE instance_id IN ${changed} ORDER BY instance_id
    ON CONFLICT DO UPDATE SET (release_id, folder_id, rating, date_added, added_uts, digest) =
      (excluded.release_id, excluded.folder_id, excluded.rating, excluded.date_added, excluded.added_uts,
       excluded.digest)`;
  change(database)`DELETE FROM tombstone WHERE instance_id IN ${changed}`;
  const changedIds = sql`(SELECT id FROM record WHERE instance_id IN ${changed})`;
  change(database)`DELETE FROM record_field WHERE record_id IN ${changedIds}`;
  change(database)`
    INSERT OR REPLACE INTO record_field (record_id, field_id, value)
    SELECT record.id, field.value ->> 'fieldId', field.value ->> 'value'
    FROM staged_record JOIN record USING (instance_id) JOIN json_each(field_values) AS field
    WHERE instance_id IN ${changed}`;
  return countPublished(database, "collection") - countBefore;
}

/** Returns true if a walk listed an id above `instanceId` that is neither published nor in `knownIds`. */
export function hasRecordsSince(
  database: Database,
  stagedWalk: Staged,
  instanceId: number,
  knownIds: readonly number[],
): boolean {
  const hasAny = valueOf(database, 0)`
    SELECT 1 FROM staged_record WHERE ${isStaged(stagedWalk)} AND instance_id > ${instanceId}
      AND instance_id NOT IN (SELECT instance_id FROM record) AND instance_id NOT IN ${list(knownIds)} LIMIT 1`;
  return hasAny === 1;
}

export function stagedWant({ release, rating, dateAdded, notes }: Want): StagedColumns {
  return {
    release_id: release.id,
    rating,
    date_added: dateAdded,
    added_uts: instantOf(dateAdded),
    notes,
    release: JSON.stringify(release),
    release_digest: releaseDigest(release),
  };
}

/** A release on the shelf keeps the shelf's description, or the two listings would overwrite each other. */
const notOnShelf = plain("NOT EXISTS (SELECT 1 FROM record WHERE record.release_id = s.release_id)");

/**
 * Publishes the wants that a walk listed; with `isWhole` it removes the others. Runs inside the caller's transaction.
 */
export function publishWants(
  database: Database,
  stagedWalk: Staged,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const ofWalk = isStaged(stagedWalk);
  const updated = valueOf(database, 0)`
    SELECT count(*) FROM staged_want AS s JOIN want USING (release_id) JOIN release ON release.id = s.release_id
    WHERE ${ofWalk} AND ((s.rating, s.date_added, s.notes) IS NOT (want.rating, want.date_added, want.notes)
      OR (release.digest <> release_digest AND ${notOnShelf}))`;
  const addedCount = valueOf(database, 0)`
    SELECT count(*) FROM staged_want WHERE ${ofWalk} AND release_id NOT IN (SELECT release_id FROM want)`;
  writeStagedReleases(database, "staged_want", sql`${ofWalk} AND ${notOnShelf}`);
  change(database)`
    INSERT INTO want (release_id, rating, date_added, added_uts, notes)
    SELECT release_id, rating, date_added, added_uts, notes FROM staged_want WHERE ${ofWalk}
    ON CONFLICT (release_id) DO UPDATE SET
      (rating, date_added, added_uts, notes) =
      (excluded.rating, excluded.date_added, excluded.added_uts, excluded.notes)
    WHERE (rating, date_added, notes) IS NOT (excluded.rating, excluded.date_added, excluded.notes)`;
  const removedCount = isWhole ? removeMissing(database, "wantlist", stagedWalk) : 0;
  pruneReleases(database);
  refreshOriginals(database);
  return { added: addedCount, updated, removed: removedCount };
}
