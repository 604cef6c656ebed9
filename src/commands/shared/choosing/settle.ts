// Stores what the user decided and lets it hold at once.
import type { Context } from "../../../context.ts";
import { rulesVersion } from "../../../match/rules-version.ts";
import { transact, type Database } from "../../../store/file/database.ts";
import { isSyncing } from "../../../store/file/file-lock.ts";
import { markDecided, matchState } from "../../../store/file/cache-facts.ts";

/** Notes that the matches don't follow the decisions until settleMatches() or the next reading makes them anew. */
export function noteDecision<Result>(database: Database, write: () => Result): Result {
  return transact(database, () => {
    const result = write();
    markDecided(database);
    return result;
  });
}

/**
 * Matches the shelf anew, or only some releases where all other matches are up to date.
 * Where a sync is at work it does so itself at its end: then "later".
 */
export async function settleMatches(
  database: Database,
  only?: readonly number[],
): Promise<{ changed: number } | "later"> {
  if (isSyncing(database.name)) return "later";
  const { rematch } = await import("../../../sync/matching/rematch.ts");
  return transact(database, () => rematch(database, only));
}

/** Whether the matches follow the rules and all decisions made so far. */
export function areMatchesCurrent(database: Database): boolean {
  return matchState(database, rulesVersion) === "current";
}

export const holdsLater = "A sync is running: this takes effect when it ends.";

export function decidedUts(context: Context): number {
  return Math.floor(context.clock.now() / 1000);
}
