// What the rounds of a walk saw, for the listings that are read in rounds.
import type { Database } from "./database.ts";

export type RoundTable = "staged_record" | "staged_want" | "staged_album";

/** How many different rows were listed in a round or after it. */
export function countSeen(database: Database, table: RoundTable, since: number): number {
  return database.prepare(`SELECT count(*) FROM ${table} WHERE seen >= ?`).pluck().get(since) as number;
}

/** Whether a round listed exactly the rows of the round before. */
export function agreesWithRoundBefore(database: Database, table: RoundTable, round: number): boolean {
  const odd = database
    .prepare(
      `SELECT 1 FROM ${table} WHERE (seen = @round AND before <> @round - 1) OR seen = @round - 1 LIMIT 1`,
    )
    .get({ round });
  return odd === undefined;
}
