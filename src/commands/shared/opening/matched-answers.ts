// The cache as every reading command opens it: both sides there, matches made by the rules of today.

import type { Context } from "../../../context.ts";
import { CacheError, DamagedCache, NotReadyError } from "../../../model/errors.ts";
import { age } from "../../../output/dates.ts";
import { printable } from "../../../output/escape.ts";
import { counted, thousands } from "../../../output/numbers.ts";
import { defineFunctions } from "../../../queries/figures/functions.ts";
import { requireBothSides, secondsSinceSync } from "../../../queries/figures/readiness.ts";
import type { Database } from "../../../store/file/database.ts";
import { type Publications, readPublications } from "../../../store/file/listings.ts";
import type { Call } from "../declaration.ts";
import { rulesVersion } from "../../../match/rules-version.ts";
import { matchState } from "../../../store/file/cache-facts.ts";
import { daySeconds } from "../../../model/times.ts";

export interface Answers {
  readonly database: Database;
  readonly published: Publications;
  /** How old they are: "synced 2 h ago". */
  readonly synced: string;
}

/** The cache as it is, of one side or none; null: nothing was ever synced. */
export async function openWhatIsThere(context: Context): Promise<Database | null> {
  try {
    return await context.store();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

interface AnswerOptions {
  /** Of a command that takes --refresh. */
  readonly call?: Call;
  /** false: what is shown says how old it is. */
  readonly tellsAge?: boolean;
}

/** Throws NotReadyError until both sides have been synced once. */
export async function openMatchedAnswers(
  context: Context,
  { call, tellsAge = true }: AnswerOptions = {},
): Promise<Answers> {
  if (call?.options["refresh"] === true) await (await import("./refresh.ts")).refreshFirst(context, call);
  const database = await context.store();
  defineFunctions(database);
  const published = readPublications(database);
  requireBothSides(database, published);
  await matchAnew(context, database);
  const ageSeconds = secondsSinceSync(published, context.clock.now());
  if (tellsAge && ageSeconds > 7 * daySeconds && context.errorScreen.isTerminal) {
    context.note(
      printable(
        `rewind: last synced ${thousands(Math.floor(ageSeconds / daySeconds))} days ago; to update: rewind sync`,
      ),
    );
  }
  return { database, published, synced: `synced ${age(ageSeconds)} ago` };
}

// Matches made by other rules than this program's, or before the user's last decision, are made anew on reading.

/** The matcher is loaded only where there is work for it. Left undone where a sync does it or nothing can be written. */
export async function matchAnew(context: Context, database: Database): Promise<void> {
  const state = matchState(database, rulesVersion);
  if (state === "current" || database.readonly) return;
  const { isSyncing } = await import("../../../store/file/file-lock.ts");
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
