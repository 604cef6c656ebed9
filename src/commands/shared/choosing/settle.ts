// Stores the user's decisions and applies them.
import { rulesVersion } from "../../../match/rules-version.ts";
import { transact, type Database } from "../../../store/file/database.ts";
import { isSyncing } from "../../../store/file/file-lock.ts";
import { markDecided, matchState } from "../../../store/file/cache-facts.ts";

/** Marks the matches as outdated, until settleMatches() or the next reading command updates them. */
export function noteDecision<Result>(database: Database, write: () => Result): Result {
  return transact(database, () => {
    const result = write();
    markDecided(database);
    return result;
  });
}

/**
 * Rematches the shelf, or only the given releases if all other matches are current. Returns "later" if a sync is
 * running, which will do it.
 */
export async function settleMatches(
  database: Database,
  only?: readonly number[],
): Promise<{ changed: number } | "later"> {
  if (isSyncing(database.name)) return "later";
  const { rematch } = await import("../../../sync/matching/rematch.ts");
  return transact(database, () => rematch(database, only));
}

export function areMatchesCurrent(database: Database): boolean {
  return matchState(database, rulesVersion) === "current";
}

export const holdsLater = "A sync is running: this takes effect when it ends.";
