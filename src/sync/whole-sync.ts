// Syncs a cache: all services at once, each listing staged, checked and published.
import type { PlayTarget } from "../model/model.ts";
import type { ListeningUser, PlaySending } from "../sources/services/listening-service.ts";
import { readAccounts } from "../store/file/cache-facts.ts";
import { isSqliteError, type Database } from "../store/file/database.ts";
import { noChanges } from "../store/file/listings.ts";
import { lockSync } from "../store/file/file-lock.ts";
import { countMatches } from "../store/plays/record-matches.ts";
import { findField } from "../store/shelf/custom-fields.ts";
import { mastersWithoutYear } from "../store/shelf/derived-columns.ts";
import { countInStates, countWaiting, recogniseSent } from "../store/decisions/noted-plays.ts";
import { verifyAccounts } from "./accounts.ts";
import { syncCollection } from "./shelf/collection.ts";
import { noteUnknownField, syncFieldPlays } from "./plays/field-plays.ts";
import { type ListenAccount, syncListens } from "./listens/listens.ts";
import { listenSource } from "../store/plays/staged-listens.ts";
import { syncListening } from "./history/listening-steps.ts";
import { syncMasters, countWantedTracklists, syncTracklists } from "./lookups/discogs-lookups.ts";
import { countUnasked, syncMusicBrainz } from "./lookups/musicbrainz-lookups.ts";
import { isEvidenceNew, isMatchOutdated, refreshNameKeys, rematch } from "./matching/rematch.ts";
import { areCoversDue, syncCovers } from "./lookups/cover-lookups.ts";
import { steps, stepOf, type StepName, syncedSides } from "../model/steps.ts";
import { interruption, runStep, type Progress, type StepOutcome, skipStep } from "./walks/step-run.ts";
import {
  isAsked,
  type ListeningRun,
  makeRun,
  type Run,
  type ServiceOutcome,
  type SyncOptions,
  type SyncSummary,
} from "./walks/sync-run.ts";
import { mergeSources } from "./merging/merge-sources.ts";
import { giveRecognised, syncSending } from "./plays/sending.ts";
import { findStraySongs } from "./matching/stray-songs.ts";
import { syncWantlist } from "./shelf/wantlist.ts";

export type { ServiceOutcome } from "./walks/sync-run.ts";
export type { CoverOptions, StepResult, SyncEvent, SyncOptions, SyncSummary } from "./walks/sync-run.ts";

/**
 * Syncs and returns a summary. A service that fails stops no other. Throws only if no sync is possible: another sync, a
 * broken cache, or an interruption before the accounts are known.
 */
export async function sync(options: SyncOptions): Promise<SyncSummary> {
  const { database } = options;
  const startedAt = Math.floor(options.clock.now() / 1000);
  const lock = lockSync(database.name);
  try {
    const run = makeRun(options);
    const verified = await verifyAccounts(run);
    const sides = await Promise.allSettled([
      syncShelf(run, verified.collection),
      syncPlays(run, verified.listening),
      syncListenSide(run, verified.listens),
    ]);
    // If one side has a bug, the other must not go on with a closed cache.
    for (const side of sides) if (side.status === "rejected") throw side.reason;
    for (const { name, isDue, work } of laterSteps) {
      if (!run.signal.aborted && isDue(run)) await runStep(run, name, (progress) => work(run, progress));
      else if (name === "match") skipStep(run, name, "skipped");
    }
    if (!run.signal.aborted) freeUnusedPages(database);
    return summarise(run, startedAt);
  } finally {
    lock.release();
  }
}

/** More than half of a new cache is staged rows. If this fails (a full disk, a busy cache), the next sync does it. */
function freeUnusedPages(database: Database): void {
  try {
    database.pragma("incremental_vacuum");
  } catch (error) {
    if (!isSqliteError(error)) throw error;
  }
}

async function syncShelf(run: Run, username: string | null): Promise<void> {
  const syncs = { collection: syncCollection, wantlist: syncWantlist } as const;
  let isOver = username === null;
  for (const name of ["collection", "wantlist"] as const) {
    if (isOver || username === null || run.signal.aborted) {
      skipStep(run, name, isAsked(run, "collection") ? "failed" : "skipped");
      continue;
    }
    const verdict = await runStep(run, name, (progress) => syncs[name](run, username, progress));
    isOver = verdict === "stop";
  }
}

function hasListening(run: Run): run is ListeningRun {
  return run.services.listening !== null;
}

async function syncPlays(run: Run, user: ListeningUser | null): Promise<void> {
  if (!hasListening(run)) return;
  if (user) {
    await syncListening(run, user);
    const { scrobbling: service } = run.services.listening;
    // After the history, which shows what was stored before.
    await runSending(run, "lastfm", service, user.name);
    return;
  }
  if (run.accounts.listening === null) return;
  const status = isAsked(run, "listening") ? "failed" : "skipped";
  skipStep(run, "albums", status);
  skipStep(run, "history", run.history ? status : "skipped");
}

async function syncListenSide(run: Run, account: ListenAccount | null): Promise<void> {
  const { listens } = run.services;
  if (listens === null) return;
  if (run.signal.aborted || account === null) {
    return skipStep(run, "listens", run.missing.has("listens") ? "failed" : "skipped");
  }
  await runStep(run, "listens", (progress) => syncListens(run, listens, account, progress));
  const username = readAccounts(run.database)[listenSource.name] ?? null;
  const { writing: service } = listens;
  // After the listens, which show what was stored before.
  await runSending(run, "listenbrainz", service, username);
}

/** Also marks what a recogniser heard as to be sent, if the user allowed it. */
async function runSending(
  run: Run,
  target: PlayTarget,
  service: PlaySending | null,
  username: string | null,
): Promise<void> {
  const { database } = run;
  if (!run.scrobbles || !run.scrobbleTo.includes(target)) return;
  if (run.scrobblesHeard) run.write(() => giveRecognised(database, target, run.nowUts()));
  const waiting = countWaiting(database, target);
  const queued = countInStates(database, target, ["queued"]);
  if (run.signal.aborted) return;
  if (waiting + queued === 0) {
    // A play that was given up may be listed by now.
    run.write(() => recogniseSent(database, target));
    return;
  }
  if (service !== null) {
    await runStep(run, target === "lastfm" ? "sending" : "submitting", (progress) =>
      syncSending(run, { target, service, username }, progress),
    );
    return;
  }
  run.notes.push(
    target === "lastfm"
      ? `${waiting} logged plays wait to be sent to Last.fm. To allow it: rewind login --scrobble`
      : `${waiting} logged plays wait to be sent to ListenBrainz. To allow it: rewind login --scrobble`,
  );
}

interface LaterStep {
  readonly name: StepName;
  readonly isDue: (run: Run) => boolean;
  readonly work: (run: Run, progress: Progress) => Promise<StepOutcome>;
}

/** The steps after both sides, in order. The last two may take an hour. */
const laterSteps: readonly LaterStep[] = [
  {
    name: "musicbrainz",
    isDue: (run) => run.musicbrainz && countUnasked(run) > 0,
    work: syncMusicBrainz,
  },
  {
    name: "masters",
    isDue: (run) => run.masters && !isShelfAway(run) && mastersWithoutYear(run.database).length > 0,
    work: syncMasters,
  },
  { name: "match", isDue: () => true, work: matchAgain },
  {
    name: "tracklists",
    isDue: (run) => !isShelfAway(run) && countWantedTracklists(run) > 0,
    work: syncTracklists,
  },
  {
    name: "covers",
    isDue: areCoversDue,
    work: async (run, progress) => (run.covers === null ? {} : syncCovers(run, run.covers, progress)),
  },
];

/** Publications match as they go. This step matches again if the rules or the evidence changed since. */
async function matchAgain(run: Run): Promise<StepOutcome> {
  const { database } = run;
  run.write(() => mergeSources(database));
  if (isMatchOutdated(database) || isEvidenceNew(database)) run.write(() => rematch(database));
  else run.write(() => refreshNameKeys(database));
  findStraySongs(database);
  syncFieldPlays(run);
  if (run.priceField !== null && findField(database, run.priceField) === undefined) {
    noteUnknownField(run, "price_field");
  }
  return { status: "done", changes: noChanges };
}

/** Returns true if the collection's service failed in this run. */
function isShelfAway(run: Run): boolean {
  return run.results.some(
    ({ name, status }) =>
      stepOf(name).asks === "collection" &&
      status !== "done" &&
      status !== "unchanged" &&
      status !== "private",
  );
}

function serviceOutcomes(run: Run): ServiceOutcome[] {
  return syncedSides.flatMap((side): ServiceOutcome[] => {
    const service = run.services[side];
    if (service === null || (side === "listening" && run.accounts.listening === null)) return [];
    const { id, name } = service;
    const isRead = isAsked(run, side) && (side !== "listens" || run.history);
    const status = isRead ? "done" : "skipped";
    return [{ side, service: { id, name }, status, error: null, ...run.missing.get(side) }];
  });
}

function summarise(run: Run, startedAt: number): SyncSummary {
  if (run.signal.aborted && !run.failures.some((failure) => failure.exitCode >= 130)) {
    run.failures.push(interruption(run.signal));
  }
  return {
    startedAt,
    finishedAt: run.nowUts(),
    complete: run.failures.length === 0,
    steps: steps.flatMap((step) => run.results.filter(({ name }) => name === step.name)),
    notes: run.notes,
    failures: run.failures,
    services: serviceOutcomes(run),
    match: countMatches(run.database),
  };
}
