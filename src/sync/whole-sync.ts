// Syncs a cache: all services at once, each listing staged, checked and published.
import { targetFacts, type PlayTarget } from "../model/play-targets.ts";
import { type StepName, getStep } from "../model/sync-steps.ts";
import type { ListeningUser } from "../sources/services/listening-service.ts";
import { readAccounts } from "../store/file/cache-facts.ts";
import { isSqliteError, transact, type Database } from "../store/file/database.ts";
import { lockSync } from "../store/file/file-lock.ts";
import { readMastersWithoutYear } from "../store/shelf/derived-columns.ts";
import { countInStates, countWaiting, markAlreadySent } from "../store/decisions/logged-plays.ts";
import { listenSource } from "../store/plays/staged-listens.ts";
import { verifyAccounts } from "./verify-accounts.ts";
import type { ListeningRun } from "./history/history-segment.ts";
import { readAhead } from "./history/sync-history.ts";
import type { ListenAccount } from "./listens/listens.ts";
import { areCoversDue } from "./lookups/cover-lookups.ts";
import { countWantedTracklists } from "./lookups/discogs-lookups.ts";
import { countPendingLookups } from "./lookups/musicbrainz-lookups.ts";
import { findSender, enqueueRecognised } from "./plays/send-to-services.ts";
import { countRequests, createStepRunner, type StepRunner } from "./step-runner.ts";
import { isSideIncluded, getNowUts, type SyncOptions, type SyncSummary } from "./sync-options.ts";
import { createReport, summarise, type SyncReport } from "./sync-report.ts";
import type { AddNote, ListingRun, StepRun, StepStatus } from "./paging/step.ts";

export type { CoverOptions } from "./lookups/cover-lookups.ts";
export type { ServiceOutcome, StepResult, SyncEvent, SyncOptions, SyncSummary } from "./sync-options.ts";

/**
 * Syncs and returns a summary. A service that fails stops no other. Throws only if no sync is possible: another sync, a
 * broken cache, or an interruption before the accounts are known.
 */
export async function sync(options: SyncOptions): Promise<SyncSummary> {
  const { database, signal, full, acceptsRemovals } = options;
  const startedAt = getNowUts(options);
  const lock = lockSync(database.name);
  try {
    const report = createReport();
    const step: StepRun = {
      database,
      signal,
      call: { signal },
      nowUts: () => getNowUts(options),
      write: (work) => transact(database, work),
    };
    const whole: WholeSync = {
      options,
      report,
      runner: createStepRunner(options, report),
      step,
      listing: { ...step, full, acceptsRemovals },
      note: (note) => void report.notes.push(note),
    };
    const verified = await verifyAccounts({ ...step, ...options, report });
    const sides = await Promise.allSettled([
      syncCollectionSide(whole, verified.collection),
      syncListeningSide(whole, verified.listening),
      syncListenBrainz(whole, verified.listens),
    ]);
    // If one side has a bug, the other must not go on with a closed cache.
    for (const side of sides) if (side.status === "rejected") throw side.reason;
    await syncRest(whole);
    if (!signal.aborted) freeUnusedPages(database);
    return summarise(options, report, startedAt);
  } finally {
    lock.release();
  }
}

/** A running sync. */
interface WholeSync {
  readonly options: SyncOptions;
  readonly report: SyncReport;
  readonly runner: StepRunner;
  readonly step: StepRun;
  readonly listing: ListingRun;
  readonly note: AddNote;
}

/** More than half of a new cache is staged rows. If this fails (a full disk, a busy cache), the next sync does it. */
function freeUnusedPages(database: Database): void {
  try {
    database.pragma("incremental_vacuum");
  } catch (error) {
    if (!isSqliteError(error)) throw error;
  }
}

async function syncCollectionSide(
  { options, runner, listing, note }: WholeSync,
  username: string | null,
): Promise<void> {
  const { services, signal, playedField, priceField, collectionValue } = options;
  const service = services.collection;
  const skip = (name: "collection" | "wantlist"): void =>
    runner.skip(name, isSideIncluded(options, "collection") ? "failed" : "skipped");
  if (username === null || signal.aborted) {
    skip("collection");
    skip("wantlist");
    return;
  }
  const verdict = await runner.run("collection", {
    ...listing,
    service,
    username,
    playedField,
    priceField,
    fetchesValue: collectionValue,
    note,
  });
  if (verdict === "stop" || signal.aborted) skip("wantlist");
  else await runner.run("wantlist", { ...listing, service, username });
}

async function syncListeningSide(whole: WholeSync, user: ListeningUser | null): Promise<void> {
  const { options, runner, listing } = whole;
  const service = options.services.listening;
  if (service === null) return;
  if (user) {
    await syncListening(whole, { ...listing, service, user });
    // Send after the history, which shows what was stored before.
    await runSending(whole, "lastfm", user.name);
    return;
  }
  if (options.accounts.listening === null) return;
  const status = isSideIncluded(options, "listening") ? "failed" : "skipped";
  runner.skip("albums", status);
  runner.skip("history", options.history ? status : "skipped");
}

/** The album chart, then the history. If only its last weeks are due, they are read first, as they may change the chart. */
async function syncListening({ options, report, runner }: WholeSync, listening: ListeningRun): Promise<void> {
  const { signal, history } = options;
  const requestsBefore = countRequests(options, "listening");
  const ahead = history ? await readAhead(listening) : undefined;
  const aheadRequests = countRequests(options, "listening") - requestsBefore;
  const isHistoryNew = ahead?.status === "fulfilled" && ahead.value.isNew;
  let isOver = false;
  if (signal.aborted) runner.skip("albums", "skipped");
  else isOver = (await runner.run("albums", { ...listening, isHistoryNew }, aheadRequests)) === "stop";
  if (!history || signal.aborted || (isOver && ahead === undefined)) {
    runner.skip("history", history ? "failed" : "skipped");
    return;
  }
  const hasChartFailed = getStatus(report, "albums") === "failed";
  await runner.run("history", { ...listening, ahead, hasChartFailed });
}

async function syncListenBrainz(whole: WholeSync, account: ListenAccount | null): Promise<void> {
  const { options, report, runner, listing } = whole;
  const service = options.services.listens;
  if (service === null) return;
  if (options.signal.aborted || account === null) {
    return runner.skip("listens", report.missing.has("listens") ? "failed" : "skipped");
  }
  await runner.run("listens", { ...listing, service, account });
  const username = readAccounts(options.database)[listenSource.name] ?? null;
  // Send after the listens, which show what was stored before.
  await runSending(whole, "listenbrainz", username);
}

/** Sends the plays that wait, and what a recogniser heard if the user allowed it. */
async function runSending(
  { options, report, runner, step }: WholeSync,
  target: PlayTarget,
  username: string | null,
): Promise<void> {
  const { database, scrobbles, scrobbleTo, scrobblesHeard, signal } = options;
  if (!scrobbles || !scrobbleTo.includes(target)) return;
  if (scrobblesHeard) step.write(() => enqueueRecognised(database, target, step.nowUts()));
  const waiting = countWaiting(database, target);
  const queued = countInStates(database, target, ["queued"]);
  if (signal.aborted) return;
  if (waiting + queued === 0) {
    // A play that was given up may be listed by now.
    step.write(() => markAlreadySent(database, target));
    return;
  }
  const { name, listing, step: stepName } = targetFacts[target];
  const service = findSender(options.services, target);
  if (service === null) {
    report.notes.push(
      `${waiting} logged plays wait to be sent to ${name}. To allow it: rewind login --scrobble`,
    );
    return;
  }
  const read = getStatus(report, listing);
  const isHistoryRead = read === "done" || read === "unchanged";
  await runner.run(stepName, { ...step, target, service, username, isHistoryRead });
}

/** Runs the steps that follow collection, history and wantlist, in order. The last two may take an hour. */
async function syncRest({ options, report, runner, step, note }: WholeSync): Promise<void> {
  const { database, services, signal, full, playedField, priceField, covers } = options;
  const service = services.collection;

  if (!signal.aborted && options.musicbrainz && countPendingLookups({ ...step, full }) > 0)
    await runner.run("musicbrainz", { ...step, service: services.musicbrainz, full });

  if (
    !signal.aborted &&
    options.masters &&
    !hasCollectionFailed(report) &&
    readMastersWithoutYear(database).length > 0
  )
    await runner.run("masters", { ...step, service });

  if (signal.aborted) runner.skip("match", "skipped");
  else await runner.run("match", { ...step, playedField, priceField, note });

  const scope = options.tracklists ? "shelf" : "needed";
  if (!signal.aborted && !hasCollectionFailed(report) && countWantedTracklists({ ...step, scope }) > 0)
    await runner.run("tracklists", { ...step, service, scope });

  const coverRun = covers && { ...step, ...covers, service: services.covers, full, note };
  if (!signal.aborted && coverRun !== null && areCoversDue(coverRun)) await runner.run("covers", coverRun);
}

function getStatus({ results }: SyncReport, step: StepName): StepStatus | undefined {
  return results.find(({ name }) => name === step)?.status;
}

/** Returns true if a step of the collection's service failed, or was left out. */
function hasCollectionFailed({ results }: SyncReport): boolean {
  return results.some(
    ({ name, status }) =>
      getStep(name).asks === "collection" &&
      status !== "done" &&
      status !== "unchanged" &&
      status !== "private",
  );
}
