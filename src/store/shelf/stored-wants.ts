// The wantlist: staged page by page, then published whole.
import type { Want } from "../../model/model.ts";
import { isStaged, removeMissing, type Changes, type Staged, type StagedColumns } from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { change, plain, sql, valueOf } from "../file/sql.ts";
import { instantOf, pruneReleases, releaseDigest } from "./releases.ts";
import { writeStagedReleases } from "./stored-records.ts";
import { refreshOriginals } from "./derived-columns.ts";

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
