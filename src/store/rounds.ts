// What the rounds of a walk saw, for the listings that are read in rounds.
import type { Database } from "./database.ts";
import { isWalkOf, StagingLost, type Staged } from "./walks.ts";

export type RoundTable = "staged_record" | "staged_want" | "staged_album";

const tables = { collection: "staged_record", wantlist: "staged_want", albums: "staged_album" } as const;

/** Throws StagingLost unless the walk is still the listing's, and as many rows are staged as it read. */
export function requireStaged(
  database: Database,
  step: keyof typeof tables,
  { rows, ...staged }: Staged & { readonly rows: number },
): void {
  const found = isWalkOf(database, step, staged.walkId) ? countSeen(database, tables[step], staged) : 0;
  if (found !== rows) throw new StagingLost(step, rows, found);
}

/** How many different rows a walk listed in a round or after it. */
export function countSeen(database: Database, table: RoundTable, staged: Staged): number {
  return database
    .prepare(`SELECT count(*) FROM ${table} WHERE seen >= @since AND walk_id = @walkId`)
    .pluck()
    .get(staged) as number;
}

/** Whether a walk listed in a round exactly the rows of the round before. */
export function agreesWithRoundBefore(
  database: Database,
  table: RoundTable,
  walkId: number,
  round: number,
): boolean {
  const odd = database
    .prepare(
      `SELECT 1 FROM ${table} WHERE walk_id = @walkId
         AND ((seen = @round AND before <> @round - 1) OR seen = @round - 1) LIMIT 1`,
    )
    .get({ walkId, round });
  return odd === undefined;
}
