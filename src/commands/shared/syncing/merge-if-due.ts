// Puts plays on the shelf that were stored and not merged yet: `rewind serve` merges those of its clients a little later.
import { CacheError, DamagedCache } from "../../../model/errors.ts";
import { transact, type Database } from "../../../store/file/database.ts";
import { hasDueQuarters } from "../../../store/plays/merged-plays.ts";

/** Does nothing if a sync will do it, or if the cache is read-only. */
export async function mergeIfDue(database: Database): Promise<void> {
  if (!hasDueQuarters(database) || database.readonly) return;
  const { isSyncing } = await import("../../../store/file/file-lock.ts");
  if (isSyncing(database.name)) return;
  const { mergeSources } = await import("../../../sync/merging/merge-sources.ts");
  try {
    transact(database, () => mergeSources(database));
  } catch (error) {
    // A busy cache answers without its newest plays.
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
  }
}
