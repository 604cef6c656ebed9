// How many doubtful matches there are: the same number wherever it is told.
import { CacheError, DamagedCache } from "../../model/errors.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { knownDoubts, noteDoubts } from "../../store/file/facts.ts";
import { isSyncing } from "../../store/file/lock.ts";

/** As many as a review asks about. Counted once after each change, since it takes the whole matcher. */
export async function countDoubts(database: Database): Promise<number> {
  const known = knownDoubts(database);
  if (known !== undefined) return known;
  const { findDoubts } = await import("./doubts.ts");
  const { length: count } = findDoubts(database, { again: false }).doubts;
  if (!database.readonly && !isSyncing(database.name)) keep(database, count);
  return count;
}

/** A cache that may not be written, or is in use, is counted anew the next time. */
function keep(database: Database, count: number): void {
  try {
    transact(database, () => noteDoubts(database, count));
  } catch (error) {
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
  }
}
