// Stores what the user decided and lets it hold at once.
import type { Context } from "../context.ts";
import { transact, type Database } from "../store/database.ts";
import { isSyncing } from "../store/lock.ts";
import { markDecided } from "../store/match-rules.ts";

/** Notes that the matches don't follow the decisions until settleMatches() or the next reading makes them anew. */
export function noteDecision<Result>(database: Database, write: () => Result): Result {
  return transact(database, () => {
    const result = write();
    markDecided(database);
    return result;
  });
}

/** Matches anew. Where a sync is at work it does so itself at its end: then "later". */
export async function settleMatches(database: Database): Promise<{ changed: number } | "later"> {
  if (isSyncing(database.name)) return "later";
  const { rematch } = await import("../sync/rematch.ts");
  return transact(database, () => rematch(database));
}

export const holdsLater = "A sync is at work: it takes effect when that has ended.";

export function decidedUts(context: Context): number {
  return Math.floor(context.clock.now() / 1000);
}
