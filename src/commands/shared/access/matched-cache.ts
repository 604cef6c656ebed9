// Opens the cache for reading commands. Most need the collection. The matches follow the current rules.

import type { Context } from "../../../context.ts";
import { InterruptedError, NotReadyError, RewindError } from "../../../model/errors.ts";
import { formatAge } from "../../../output/format-dates.ts";
import { formatNumber } from "../../../output/format-numbers.ts";
import { defineFunctions } from "../../../queries/conditions/sql-functions.ts";
import {
  hasNoPlays,
  hasOnlyPlays,
  requireReady,
  readSyncedUts,
} from "../../../queries/statistics/readiness.ts";
import type { Database } from "../../../store/file/database.ts";
import { safe } from "../../../output/safe-text.ts";
import { parseDuration } from "../../../settings/all-settings.ts";
import { describeFirstSync } from "../../../settings/connection.ts";
import { noPlaysNotice, openNotice } from "../syncing/notice.ts";
import { mergeIfDue } from "../syncing/merge-if-due.ts";
import { rematchIfOutdated } from "../syncing/rematch-if-outdated.ts";
import { daySeconds } from "../../../model/times.ts";

export interface MatchedCache {
  readonly database: Database;
  /** "synced 2 h ago"; "" without the collection. */
  readonly synced: string;
  /** false: the answer is about plays alone. */
  readonly hasCollection: boolean;
}

/** null: the cache is not ready for it. */
async function runIfReady<Result>(work: () => Promise<Result>): Promise<Result | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

/** The cache, even if only one side was synced. null: nothing was ever synced. */
export function openCacheIfAny(context: Context): Promise<Database | null> {
  return runIfReady(async () => {
    const database = await context.openCache();
    await mergeIfDue(database);
    return database;
  });
}

interface OpenOptions {
  /** Given by commands that take --refresh. */
  readonly call?: { readonly options: { readonly refresh?: true } };
  /** false: the answer itself shows its age, and that there are no plays. */
  readonly notifies?: boolean;
  /** false: plays are enough for an answer. Default: true. */
  readonly needsCollection?: boolean;
}

export function isListeningConfigured(settings: ReturnType<Context["settings"]>): boolean {
  return settings("lastfm_username") !== null || settings("listenbrainz_username") !== null;
}

/** A user who set a listening service need not log in again. */
function describeNoPlays(settings: ReturnType<Context["settings"]>): string {
  return isListeningConfigured(settings)
    ? "No plays are known yet. To ask your listening service for them: rewind sync"
    : noPlaysNotice;
}

/** Throws NotReadyError if the cache can't answer yet. */
export async function openMatchedCache(
  context: Context,
  { call, notifies = true, needsCollection = true }: OpenOptions = {},
): Promise<MatchedCache> {
  if (call?.options.refresh === true) await refreshFirst(context);
  const database = await context.openCache();
  defineFunctions(database);
  await mergeIfDue(database);
  if (!needsCollection && hasOnlyPlays(database)) {
    if (notifies)
      context.note(`Your records are not known yet. Run: ${describeFirstSync(context.settings())}`);
    return { database, synced: "", hasCollection: false };
  }
  requireReady(database, () => describeFirstSync(context.settings()));
  await rematchIfOutdated(context, database);
  const syncedUts = readSyncedUts(database);
  const nowUts = Math.floor(context.clock.now() / 1000);
  const ageSeconds = nowUts - syncedUts;
  if (notifies && hasNoPlays(database)) context.note(describeNoPlays(context.settings()));
  if (notifies && ageSeconds > 7 * daySeconds && context.errorScreen.isTerminal) {
    context.note(
      `rewind: last synced ${formatNumber(Math.floor(ageSeconds / daySeconds))} days ago; to update: rewind sync`,
    );
  }
  return { database, synced: `synced ${formatAge(syncedUts, nowUts)} ago`, hasCollection: true };
}

/** Syncs before an answer, for --refresh. If that fails, the answer comes from the last sync, if there is one. */
async function refreshFirst(context: Context): Promise<void> {
  const maxAge = context.settings()("refresh");
  // null: there is nothing to answer from.
  const syncedUts = await runIfReady(async () => {
    const database = await context.openCache();
    requireReady(database);
    return readSyncedUts(database);
  });
  const nowUts = Math.floor(context.clock.now() / 1000);
  if (syncedUts !== null && maxAge !== null && nowUts - syncedUts <= (parseDuration(maxAge) ?? 0)) return;
  const { runSync } = await import("../syncing/run-sync.ts");
  // The first sync takes long, so it shows its progress.
  if (syncedUts === null) return context.within({}, (inner) => runSync(inner, {}));
  const notice = openNotice(context, safe`Refreshing`);
  try {
    // The input is off: a service that refused the account is asked once a day, not with each answer.
    await context.within({ options: { input: false, quiet: true, verbose: false } }, (inner) =>
      runSync(inner, {}),
    );
  } catch (error) {
    if (!(error instanceof RewindError) || error instanceof InterruptedError) throw error;
    notice.close();
    context.note(
      `rewind: not refreshed, this answer uses data from ${formatAge(syncedUts, nowUts)} ago: ${error.message}`,
    );
  } finally {
    notice.close();
  }
}
