// Stores the user's decisions and applies them.
import { CacheError, DamagedCache } from "../model/errors.ts";
import { rulesVersion } from "../match/rules-version.ts";
import { transact, type Database } from "../store/file/database.ts";
import { isSyncing } from "../store/file/file-lock.ts";
import { markMatchesOutdated, readMatchState } from "../store/file/cache-facts.ts";

/**
 * Marks the matches as outdated, until refreshMatches() or the next reading command updates them. `hasChanged` says of the
 * result whether a decision is another one now.
 */
export function commitDecision<Result>(
  database: Database,
  write: () => Result,
  hasChanged: (result: Result) => boolean = () => true,
): Result {
  return transact(database, () => {
    const result = write();
    if (hasChanged(result)) markMatchesOutdated(database);
    return result;
  });
}

/**
 * Rematches the shelf, or only the given releases if all other matches are current. Returns "later" if a sync is
 * running, which will do it. Throws CacheError if the cache can't be written; the decisions are stored by then.
 */
export async function refreshMatches(
  database: Database,
  only?: readonly number[],
): Promise<{ changed: number } | "later"> {
  if (isSyncing(database.name)) return "later";
  const { rematch } = await import("../sync/matching/rematch.ts");
  try {
    return transact(database, () => ({ changed: rematch(database, only).length }));
  } catch (error) {
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
    throw new CacheError(
      `your decisions are saved, but the matches don't follow them yet: ${error.message}`,
      "The next command that reads the matches tries again, for example: rewind xref",
      { cause: error },
    );
  }
}

export function areMatchesCurrent(database: Database): boolean {
  return readMatchState(database, rulesVersion) === "current";
}

export const afterSyncNotice = "A sync is running: this takes effect when it ends.";
