// By which rules the matches in the cache were made.
import type { Database } from "./database.ts";
import { readFact, writeFact } from "./facts.ts";

export const matchRulesFact = "match rules";

const decided = "before a decision";

/** Whether the matches want making anew, and why. A cache without matches is up to date. */
export function matchState(
  database: Database,
  rulesVersion: number,
): "current" | "other rules" | "before a decision" {
  const made = readFact(database, matchRulesFact);
  if (made === undefined || made === String(rulesVersion)) return "current";
  return made === decided ? decided : "other rules";
}

/** The matches don't follow the user's decisions until they are made anew. */
export function markDecided(database: Database): void {
  writeFact(database, matchRulesFact, decided);
}
