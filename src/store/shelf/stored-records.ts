// The collection: staged page by page, then published whole.

import type { CollectionRecord, FieldValue, Release } from "../../model/model.ts";
import { type Changes, countPublished, notListed, removeMissing, type Staged } from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { digestOf, instantOf, pruneReleases, releaseDigest, releaseWriter } from "./releases.ts";
import { refreshOriginals } from "./derived-columns.ts";

/** A large collection must not be held in memory. */
const chunk = 50;

function recordDigest(record: CollectionRecord): string {
  return digestOf([
    record.release.id,
    record.folderId,
    record.rating,
    record.dateAdded,
    record.fieldValues.map((field) => [field.fieldId, field.value]),
  ]);
}

/** Stages rows that a round of a walk listed. */
export function stageRecords(
  database: Database,
  rows: readonly CollectionRecord[],
  walkId: number,
  round: number,
): void {
  const stage = database.prepare(`
    INSERT INTO staged_record (instance_id, walk_id, seen, before, release_id, folder_id, rating, date_added, added_uts,
      field_values, digest, release, release_digest)
    VALUES (@instanceId, @walkId, @round, 0, @releaseId, @folderId, @rating, @dateAdded, @addedUts,
      @fieldValues, @digest, @release, @releaseDigest)
    ON CONFLICT (instance_id) DO UPDATE SET
      before = iif(walk_id <> excluded.walk_id, 0, iif(seen < excluded.seen, seen, before)),
      seen = excluded.seen, walk_id = excluded.walk_id,
      (release_id, folder_id, rating, date_added, added_uts, field_values, digest, release, release_digest) =
      (excluded.release_id, excluded.folder_id, excluded.rating, excluded.date_added, excluded.added_uts,
       excluded.field_values, excluded.digest, excluded.release, excluded.release_digest)`);
  for (const record of rows) {
    stage.run({
      instanceId: record.instanceId,
      walkId,
      round,
      releaseId: record.release.id,
      folderId: record.folderId,
      rating: record.rating,
      dateAdded: record.dateAdded,
      addedUts: instantOf(record.dateAdded),
      fieldValues: JSON.stringify(record.fieldValues),
      digest: recordDigest(record),
      release: JSON.stringify(record.release),
      releaseDigest: releaseDigest(record.release),
    });
  }
}

/** How many rows of a page are not published yet, or published differently. */
export interface Comparison {
  readonly unknown: number;
  readonly edited: number;
}

export function compareRecords(database: Database, rows: readonly CollectionRecord[]): Comparison {
  const find = database.prepare(`
    SELECT record.digest AS digest, release.digest AS releaseDigest
    FROM record JOIN release ON release.id = release_id WHERE instance_id = ?`);
  let unknown = 0;
  let edited = 0;
  for (const record of rows) {
    const storedDigests = find.get(record.instanceId) as
      | { digest: string; releaseDigest: string }
      | undefined;
    if (!storedDigests) unknown += 1;
    else if (
      storedDigests.digest !== recordDigest(record) ||
      storedDigests.releaseDigest !== releaseDigest(record.release)
    ) {
      edited += 1;
    }
  }
  return { unknown, edited };
}

interface StagedRow {
  readonly instance_id: number;
  readonly release_id: number;
  readonly folder_id: number | null;
  readonly rating: number;
  readonly date_added: string | null;
  readonly added_uts: number | null;
  readonly field_values: string;
  readonly digest: string;
}

export interface RecordPublication {
  /** True if records that were not listed are removed. */
  readonly isWhole: boolean;
  readonly nowUts: number;
}

/**
 * Publishes the records that a walk listed. A record that leaves gets a tombstone, and its old id if it comes back.
 * Unchanged rows are not written. Runs inside the caller's transaction.
 */
export function publishRecords(
  database: Database,
  stagedWalk: Staged,
  { isWhole, nowUts }: RecordPublication,
): Changes {
  unifyReleases(database);
  const updated = database
    .prepare(
      `SELECT count(*) FROM staged_record AS s JOIN record USING (instance_id) JOIN release ON release.id = s.release_id
       WHERE seen >= @since AND walk_id = @walkId
         AND (record.digest <> s.digest OR release.digest <> release_digest)`,
    )
    .pluck()
    .get(stagedWalk) as number;
  writeStagedReleases(database, "staged_record", stagedWalk, "");
  const addedCount = writeRecords(database, stagedWalk);
  const removedCount = isWhole ? buryMissing(database, stagedWalk, nowUts) : 0;
  pruneReleases(database);
  refreshOriginals(database);
  return { added: addedCount, updated, removed: removedCount };
}

function buryMissing(database: Database, stagedWalk: Staged, nowUts: number): number {
  database
    .prepare(
      `INSERT OR REPLACE INTO tombstone (instance_id, record_id, removed_uts)
       SELECT instance_id, id, @nowUts FROM record WHERE ${notListed("collection")}`,
    )
    .run({ ...stagedWalk, nowUts });
  return removeMissing(database, "collection", stagedWalk);
}

/** Copies of one release, read at different times, may describe it differently. The last one read counts. */
function unifyReleases(database: Database): void {
  const split = database
    .prepare(
      "SELECT release_id FROM staged_record GROUP BY release_id HAVING min(release_digest) <> max(release_digest)",
    )
    .pluck()
    .all() as number[];
  const unify = database.prepare(`
    UPDATE staged_record SET (release, release_digest) =
      (SELECT release, release_digest FROM staged_record WHERE release_id = @id ORDER BY seen DESC, instance_id DESC LIMIT 1)
    WHERE release_id = @id`);
  for (const id of split) unify.run({ id });
}

/** Writes the staged releases that changed; `unless` is a further SQL condition. */
export function writeStagedReleases(
  database: Database,
  table: "staged_record" | "staged_want",
  stagedWalk: Staged,
  unless: string,
): void {
  const write = releaseWriter(database);
  const next = database.prepare(`
    SELECT release_id AS id, release AS body, release_digest AS digest FROM ${table} AS s
    WHERE seen >= @since AND walk_id = @walkId AND release_id > @after ${unless}
      AND NOT EXISTS (SELECT 1 FROM release WHERE id = s.release_id AND digest = s.release_digest)
    GROUP BY release_id ORDER BY release_id LIMIT ${chunk}`);
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = next.all({ ...stagedWalk, after }) as { id: number; body: string; digest: string }[];
    for (const row of rows) write(JSON.parse(row.body) as Release, row.digest);
    const last = rows.at(-1);
    if (!last) return;
    after = last.id;
  }
}

function writeRecords(database: Database, stagedWalk: Staged): number {
  const next = database.prepare(`
    SELECT s.* FROM staged_record AS s LEFT JOIN record USING (instance_id)
    WHERE seen >= @since AND walk_id = @walkId AND instance_id > @after AND record.digest IS NOT s.digest
    ORDER BY instance_id LIMIT ${chunk}`);
  const find = database.prepare("SELECT id FROM record WHERE instance_id = ?").pluck();
  const insert = database.prepare(`
    INSERT INTO record (id, instance_id, release_id, folder_id, rating, date_added, added_uts, digest)
    VALUES (@id, @instance_id, @release_id, @folder_id, @rating, @date_added, @added_uts, @digest) RETURNING id`);
  const exhume = database.prepare("DELETE FROM tombstone WHERE instance_id = ? RETURNING record_id").pluck();
  const update = database.prepare(`
    UPDATE record SET (release_id, folder_id, rating, date_added, added_uts, digest) =
      (@release_id, @folder_id, @rating, @date_added, @added_uts, @digest) WHERE instance_id = @instance_id`);
  const clearFields = database.prepare("DELETE FROM record_field WHERE record_id = ?");
  const writeField = database.prepare("INSERT OR REPLACE INTO record_field VALUES (?, ?, ?)");
  let addedCount = 0;
  for (let after = Number.MIN_SAFE_INTEGER; ;) {
    const rows = next.all({ ...stagedWalk, after }) as StagedRow[];
    for (const row of rows) {
      let id = find.get(row.instance_id) as number | undefined;
      if (id === undefined) {
        const formerId = (exhume.get(row.instance_id) as number | undefined) ?? null;
        id = (insert.get({ ...row, id: formerId }) as { id: number }).id;
        addedCount += 1;
      } else {
        update.run(row);
        clearFields.run(id);
      }
      for (const field of JSON.parse(row.field_values) as FieldValue[]) {
        writeField.run(id, field.fieldId, field.value);
      }
    }
    const last = rows.at(-1);
    if (!last) return addedCount;
    after = last.instance_id;
  }
}

export function countRecords(database: Database): number {
  return countPublished(database, "collection");
}

/** Whether a walk listed a record with an instance id above `instanceId` that is neither published nor in `knownIds`. */
export function hasRecordsSince(
  database: Database,
  { walkId, since }: Staged,
  instanceId: number,
  knownIds: readonly number[],
): boolean {
  const rows = database
    .prepare(
      `SELECT 1 FROM staged_record WHERE walk_id = ? AND seen >= ? AND instance_id > ?
         AND instance_id NOT IN (SELECT instance_id FROM record)
         AND instance_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
    )
    .get(walkId, since, instanceId, JSON.stringify(knownIds));
  return rows !== undefined;
}
