// Matches made by other rules than this program's, or before the user's last decision, are made anew on reading.
import type { Context } from "../../../context.ts";
import { CacheError, DamagedCache } from "../../../model/errors.ts";
import { rulesVersion } from "../../../match/rules-version.ts";
import { printable } from "../../../output/escape.ts";
import { counted } from "../../../output/numbers.ts";
import type { Database } from "../../../store/file/database.ts";
import { matchState } from "../../../store/file/facts.ts";

/** The matcher is loaded only where there is work for it. Left undone where a sync does it or nothing can be written. */
export async function matchAnew(context: Context, database: Database): Promise<void> {
  const state = matchState(database, rulesVersion);
  if (state === "current" || database.readonly) return;
  const { isSyncing } = await import("../../../store/file/lock.ts");
  if (isSyncing(database.name)) return;
  const { rematchByDecisions, rematchByNewRules } = await import("../../../sync/matching/rematch.ts");
  try {
    if (state === "before a decision") return rematchByDecisions(database);
    const changed = rematchByNewRules(database);
    const names = changed === 0 ? "" : ": rewind review --changed";
    context.note(
      printable(
        `rewind: rematched by the rules of this version: ${counted(changed, "record")} changed${names}`,
      ),
    );
  } catch (error) {
    // A cache that may not be written, or is in use, answers by its old matches.
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
  }
}
