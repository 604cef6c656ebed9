// Opens the cache for reading commands. The collection must be synced, and the matches follow the current rules.

import type { Context } from "../../../context.ts";
import {
  CacheError,
  DamagedCache,
  InterruptedError,
  NotReadyError,
  RewindError,
} from "../../../model/errors.ts";
import { age } from "../../../output/dates.ts";
import { counted, thousands } from "../../../output/number-text.ts";
import { defineFunctions } from "../../../queries/conditions/sql-functions.ts";
import { isWithoutPlays, requireReady, secondsSinceSync } from "../../../queries/figures/readiness.ts";
import type { Database } from "../../../store/file/database.ts";
import { safe } from "../../../output/escape.ts";
import { secondsOf } from "../../../settings/all-settings.ts";
import type { Call } from "../declaration.ts";
import { openNotice } from "./notice.ts";
import { rulesVersion } from "../../../match/rules-version.ts";
import { matchState } from "../../../store/file/cache-facts.ts";
import { daySeconds } from "../../../model/times.ts";

export interface Answers {
  readonly database: Database;
  /** "synced 2 h ago" */
  readonly synced: string;
}

/** null: the cache is not ready for it. */
async function ifReady<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

/** The cache, even if only one side was synced. null: nothing was ever synced. */
export function openCacheIfAny(context: Context): Promise<Database | null> {
  return ifReady(() => context.store());
}

interface AnswerOptions {
  /** Given by commands that take --refresh. */
  readonly call?: Call;
  /** false: the answer itself shows its age, and that there are no plays. */
  readonly notifies?: boolean;
}

export const noPlaysNotice =
  "No plays are known yet. To bring some: rewind login (ListenBrainz, Last.fm) or rewind import FILE";

export function isListeningSet(settings: ReturnType<Context["settings"]>): boolean {
  return settings("lastfm_username") !== null || settings("listenbrainz_username") !== null;
}

/** A user who set a listening service need not log in again. */
function noPlaysSteps(settings: ReturnType<Context["settings"]>): string {
  return isListeningSet(settings)
    ? "No plays are known yet. To ask your listening service for them: rewind sync"
    : noPlaysNotice;
}

/** Throws NotReadyError if the cache can't answer yet. */
export async function openMatchedAnswers(
  context: Context,
  { call, notifies = true }: AnswerOptions = {},
): Promise<Answers> {
  if (call?.options["refresh"] === true) await refreshFirst(context, call);
  const database = await context.store();
  defineFunctions(database);
  requireReady(database);
  await rematchIfOutdated(context, database);
  const ageSeconds = secondsSinceSync(database, context.clock.now());
  if (notifies && isWithoutPlays(database)) context.note(noPlaysSteps(context.settings()));
  if (notifies && ageSeconds > 7 * daySeconds && context.errorScreen.isTerminal) {
    context.note(
      `rewind: last synced ${thousands(Math.floor(ageSeconds / daySeconds))} days ago; to update: rewind sync`,
    );
  }
  return { database, synced: `synced ${age(ageSeconds)} ago` };
}

/** Syncs before an answer, for --refresh. If that fails, the answer comes from the last sync, if there is one. */
async function refreshFirst(context: Context, { runCommand }: Call): Promise<void> {
  const maxAge = context.settings()("refresh");
  // null: there is nothing to answer from.
  const ageSeconds = await ifReady(async () => {
    const database = await context.store();
    requireReady(database);
    return secondsSinceSync(database, context.clock.now());
  });
  // The first sync takes long, so it shows its progress.
  if (ageSeconds === null) return runCommand(["sync"], {});
  if (maxAge !== null && ageSeconds <= (secondsOf(maxAge) ?? 0)) return;
  const notice = openNotice(context, safe`Refreshing`);
  try {
    // --no-input: a service that refused the account is asked once a day, not with each answer.
    await runCommand(["--no-input", "sync", "--quiet"], {});
  } catch (error) {
    if (!(error instanceof RewindError) || error instanceof InterruptedError) throw error;
    notice.close();
    context.note(
      `rewind: not refreshed, this answer uses data from ${age(ageSeconds)} ago: ${error.message}`,
    );
  } finally {
    notice.close();
  }
}

/**
 * Rematches if the matches are older than the rules or the user's last decision. Loads the matcher only if needed.
 * Does nothing if a sync will do it, or if the cache is read-only.
 */
export async function rematchIfOutdated(context: Pick<Context, "note">, database: Database): Promise<void> {
  const state = matchState(database, rulesVersion);
  if (state === "current" || database.readonly) return;
  const { isSyncing } = await import("../../../store/file/file-lock.ts");
  if (isSyncing(database.name)) return;
  const { rematchByDecisions, rematchByNewRules } = await import("../../../sync/matching/rematch.ts");
  try {
    if (state === "before a decision") return rematchByDecisions(database);
    const changedRecords = rematchByNewRules(database);
    const names = changedRecords === 0 ? "" : ": rewind review --changed";
    context.note(
      `rewind: matched again with the rules of this version: ${counted(changedRecords, "record")} changed${names}`,
    );
  } catch (error) {
    // A read-only or busy cache answers with its old matches.
    if (!(error instanceof CacheError) || error instanceof DamagedCache) throw error;
  }
}
