// Brings the matches up to date before they are read.
import type { Context } from "../../../context.ts";
import { rulesVersion } from "../../../match/rules-version.ts";
import { CacheError, DamagedCache } from "../../../model/errors.ts";
import { pluralize } from "../../../output/format-numbers.ts";
import { readMatchState } from "../../../store/file/cache-facts.ts";
import type { Database } from "../../../store/file/database.ts";

/**
 * Rematches if the matches are older than the rules or the user's last decision. Loads the matcher only if needed.
 * Does nothing if a sync will do it, or if the cache is read-only.
 */
export async function rematchIfOutdated(context: Pick<Context, "note">, database: Database): Promise<void> {
  const state = readMatchState(database, rulesVersion);
  if (state === "current" || database.readonly) return;
  const { isSyncing } = await import("../../../store/file/file-lock.ts");
  if (isSyncing(database.name)) return;
  const { rematchByDecisions, rematchByNewRules } = await import("../../../sync/matching/rematch.ts");
  try {
    if (state === "before a decision") return rematchByDecisions(database);
    const changedRecords = rematchByNewRules(database);
    const names = changedRecords === 0 ? "" : ": rewind review --changed";
    context.note(
      `rewind: matched again with the rules of this version: ${pluralize(changedRecords, "record")} changed${names}`,
    );
  } catch (error) {
    // A read-only or busy cache answers with its old matches.
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
  }
}
