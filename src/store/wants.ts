// The wantlist: staged page by page, then published whole.
import type { Want } from "../model.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";
import { instantOf } from "./digest.ts";
import { writeStagedReleases } from "./records.ts";
import { pruneReleases, releaseDigest } from "./releases.ts";

export function stageWants(database: Database, rows: readonly Want[], round: number): void {
  const stage = database.prepare(`
    INSERT INTO staged_want (release_id, seen, before, rating, date_added, added_uts, notes, release, release_digest)
    VALUES (@releaseId, @round, 0, @rating, @dateAdded, @addedUts, @notes, @release, @releaseDigest)
    ON CONFLICT (release_id) DO UPDATE SET
      before = iif(seen < excluded.seen, seen, before), seen = excluded.seen,
      (rating, date_added, added_uts, notes, release, release_digest) =
      (excluded.rating, excluded.date_added, excluded.added_uts, excluded.notes, excluded.release,
       excluded.release_digest)`);
  for (const want of rows) {
    stage.run({
      releaseId: want.release.id,
      round,
      rating: want.rating,
      dateAdded: want.dateAdded,
      addedUts: instantOf(want.dateAdded),
      notes: want.notes,
      release: JSON.stringify(want.release),
      releaseDigest: releaseDigest(want.release),
    });
  }
}

/** What the shelf says of a release holds over what the wantlist says: else the two would overwrite each other. */
const notOnShelf = "AND NOT EXISTS (SELECT 1 FROM record WHERE record.release_id = s.release_id)";

/** Makes the rows that a round listed the wantlist. Runs inside the caller's transaction. */
export function publishWants(database: Database, round: number): Changes {
  const count = (sql: string): number => database.prepare(sql).pluck().get(round) as number;
  const updated = count(`
    SELECT count(*) FROM staged_want AS s JOIN want USING (release_id) JOIN release ON release.id = s.release_id
    WHERE seen >= ? AND ((s.rating, s.date_added, s.notes) IS NOT (want.rating, want.date_added, want.notes)
      OR (release.digest <> release_digest ${notOnShelf}))`);
  const added = count(
    "SELECT count(*) FROM staged_want WHERE seen >= ? AND release_id NOT IN (SELECT release_id FROM want)",
  );
  writeStagedReleases(database, "staged_want", round, notOnShelf);
  database
    .prepare(
      `INSERT INTO want (release_id, rating, date_added, added_uts, notes)
       SELECT release_id, rating, date_added, added_uts, notes FROM staged_want WHERE seen >= ?
       ON CONFLICT (release_id) DO UPDATE SET
         (rating, date_added, added_uts, notes) =
         (excluded.rating, excluded.date_added, excluded.added_uts, excluded.notes)
       WHERE (rating, date_added, notes) IS NOT (excluded.rating, excluded.date_added, excluded.notes)`,
    )
    .run(round);
  const removed = database
    .prepare("DELETE FROM want WHERE release_id NOT IN (SELECT release_id FROM staged_want WHERE seen >= ?)")
    .run(round).changes;
  pruneReleases(database);
  return { added, updated, removed };
}

export function countWants(database: Database): number {
  return database.prepare("SELECT count(*) FROM want").pluck().get() as number;
}

/** Whether the cache holds wants that a round didn't list. */
export function hasMissingWants(database: Database, round: number): boolean {
  const missing = database
    .prepare(
      "SELECT 1 FROM want WHERE release_id NOT IN (SELECT release_id FROM staged_want WHERE seen >= ?) LIMIT 1",
    )
    .get(round);
  return missing !== undefined;
}
