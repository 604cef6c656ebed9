// Syncs a cache: all services at once, each listing staged, checked and published.
import { playTargets, type PlayTarget } from "../model/model.ts";
import type { ListenService } from "../sources/services/listen-service.ts";
import type { ListeningUser } from "../sources/services/listening-service.ts";
import type { Services } from "../sources/services/service-clients.ts";
import { readAccounts } from "../store/file/cache-facts.ts";
import { countAlbums } from "../store/shelf/stored-albums.ts";
import { isSqliteError, transact, type Database } from "../store/file/database.ts";
import { lockSync } from "../store/file/file-lock.ts";
import { countKnownToMusicBrainz } from "../store/shelf/musicbrainz-answers.ts";
import { countMatches } from "../store/plays/record-matches.ts";
import { countMasters, mastersWithoutYear } from "../store/shelf/derived-columns.ts";
import { countQueued, countSent, countWaiting } from "../store/decisions/noted-plays.ts";
import { countRecords } from "../store/shelf/stored-records.ts";
import { countScrobbles } from "../store/plays/scrobbles.ts";
import { countTracklists, type TracklistScope } from "../store/shelf/tracklists.ts";
import { countWants } from "../store/shelf/stored-wants.ts";
import { claimCache, verifyAccounts, type AskedAccounts, type Verified } from "./accounts.ts";
import { syncCollectionValue } from "./shelf/collection-value.ts";
import { syncCollection } from "./shelf/collection.ts";
import { syncFieldPlays } from "./plays/field-plays.ts";
import { syncListens } from "./listens/listens.ts";
import { countListens, listenSource } from "../store/plays/staged-listens.ts";
import { syncListening } from "./history/listening-steps.ts";
import { syncMasters, countWantedTracklists, syncTracklists } from "./lookups/discogs-lookups.ts";
import { countUnasked, syncMusicBrainz } from "./lookups/musicbrainz-lookups.ts";
import { isEvidenceNew, isMatchOutdated, refreshNameKeys, rematch } from "./matching/rematch.ts";
import { countCovers, refreshCovers } from "../store/shelf/stored-pictures.ts";
import { countWantedCovers, syncCovers, whyNoCovers, type CoverOptions } from "./lookups/cover-lookups.ts";
import { steps, stepOf, type SyncedSide } from "../model/steps.ts";
import {
  type SyncEvent,
  type SyncSummary,
  interruption,
  requestsOf,
  runStep,
  type Progress,
  type StepOutcome,
  skipStep,
  type Run,
} from "./walks/step-run.ts";
import { mergeSources } from "./merging/merge-sources.ts";
import { giveRecognised } from "./plays/give-recognised.ts";
import { syncSending } from "./plays/sending.ts";
import { findStraySongs } from "./history/scrobble-album.ts";
import { syncWantlist } from "./shelf/wantlist.ts";

export type { StepResult, SyncEvent, SyncSummary } from "./walks/step-run.ts";

export interface SyncOptions {
  readonly database: Database;
  readonly services: Services;
  readonly accounts: AskedAccounts;
  /** Read everything again. */
  readonly full: boolean;
  /** Remove all rows that are no longer listed. */
  readonly acceptsRemovals?: boolean;
  readonly only: SyncedSide | null;
  /** false: skip the listening history. */
  readonly history: boolean;
  /** Send the logged plays that wait. */
  readonly scrobbles?: boolean;
  /** true: what a recogniser heard is sent without asking. */
  readonly scrobblesHeard?: boolean;
  /** Left out: to all services. */
  readonly scrobbleTo?: readonly PlayTarget[];
  /** The custom field with days of plays, by name or id. */
  readonly playedField?: string | null;
  /** The custom field with prices, by name or id. */
  readonly priceField?: string | null;
  /** Fetch the collection's value once a day. Only its owner can see it. */
  readonly collectionValue?: boolean;
  /** Ask MusicBrainz about the releases on the shelf. */
  readonly musicbrainz?: boolean;
  /** Ask the collection's service for original years that MusicBrainz does not know. */
  readonly masters?: boolean;
  /** Ask the collection's service for the tracklist of every release on the shelf. */
  readonly tracklists?: boolean;
  /** Fetch covers; left out: none. */
  readonly covers?: CoverOptions;
  readonly clock: { now(): number };
  readonly signal: AbortSignal;
  readonly onEvent?: (event: SyncEvent) => void;
}

/**
 * Syncs and returns a summary. Throws only if no sync is possible: other accounts than the cache's, refused
 * credentials, another sync, a broken cache, or an interruption before the first request.
 */
export async function sync(options: SyncOptions): Promise<SyncSummary> {
  const { database } = options;
  const startedAt = Math.floor(options.clock.now() / 1000);
  const lock = lockSync(database.name);
  try {
    const run = makeRun(options);
    const before = { shelf: requestsOf(run, "collection"), plays: requestsOf(run, "listening") };
    const verified = await verify(options, run);
    claimCache(run, verified);
    run.failures.push(...verified.failures);
    const sides = await Promise.allSettled([
      syncShelf(run, options, verified.collection, requestsOf(run, "collection") - before.shelf),
      syncPlays(run, options, verified.listening, requestsOf(run, "listening") - before.plays),
      syncListenSide(run, options),
    ]);
    // If one side has a bug, the other must not go on with a closed cache.
    for (const side of sides) if (side.status === "rejected") throw side.reason;
    if (options.musicbrainz === true) await runMusicBrainz(run);
    if (options.masters === true) await runMasters(run);
    await runMatch(run);
    if (!run.signal.aborted) syncFieldPlays(run);
    // Last, because it may take an hour.
    await runTracklists(run, options.tracklists === true ? "shelf" : "doubtful");
    if (options.covers !== undefined) await runCovers(run, options.covers);
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

function makeRun({
  database,
  services,
  full,
  acceptsRemovals = false,
  playedField = null,
  priceField = null,
  collectionValue = false,
  clock,
  signal,
  onEvent,
}: SyncOptions): Run {
  return {
    database,
    services,
    full,
    acceptsRemovals,
    playedField,
    priceField,
    collectionValue,
    signal,
    write: (work) => transact(database, work),
    call: { signal },
    nowMs: () => clock.now(),
    nowUts: () => Math.floor(clock.now() / 1000),
    emit: (event) => onEvent?.(event),
    results: [],
    notes: [],
    failures: [],
  };
}

async function verify(options: SyncOptions, run: Run): Promise<Verified> {
  const { services, accounts, only, signal } = options;
  try {
    return await verifyAccounts(services, accounts, only, readAccounts(run.database), run.call);
  } catch (error) {
    throw signal.aborted ? interruption(signal) : error;
  }
}

async function syncShelf(
  run: Run,
  { only }: SyncOptions,
  username: string | null,
  requestsBefore: number,
): Promise<void> {
  const { database } = run;
  const listed = [
    {
      name: "collection",
      requestsBefore,
      countRows: () => countRecords(database),
      work: syncWholeCollection,
    },
    { name: "wantlist", requestsBefore: 0, countRows: () => countWants(database), work: syncWantlist },
  ] as const;
  let isOver = username === null;
  for (const { work, ...step } of listed) {
    if (isOver || username === null || run.signal.aborted) {
      skipStep(
        run,
        step.name,
        step.countRows(),
        only === null || only === "collection" ? "failed" : "skipped",
      );
      continue;
    }
    const verdict = await runStep(run, {
      ...step,
      work: (progress) => work(run, username, progress),
    });
    isOver = verdict === "stop";
  }
}

async function syncWholeCollection(run: Run, username: string, progress: Progress): Promise<StepOutcome> {
  const outcome = await syncCollection(run, username, progress);
  await syncCollectionValue(run, username);
  return outcome;
}

async function syncPlays(
  run: Run,
  options: SyncOptions,
  user: ListeningUser | null,
  requestsBefore: number,
): Promise<void> {
  if (user) {
    await syncListening(run, user, { history: options.history, requestsBefore });
    if (sendsTo(options, "lastfm")) {
      if (options.scrobblesHeard === true) giveHeard(run, "lastfm");
      await runSending(run, user);
    }
    return;
  }
  if (options.accounts.listening === null) return;
  const status = options.only === null || options.only === "listening" ? "failed" : "skipped";
  skipStep(run, "albums", countAlbums(run.database), status);
  skipStep(run, "history", countScrobbles(run.database), options.history ? status : "skipped");
}

async function syncListenSide(run: Run, options: SyncOptions): Promise<void> {
  const { only, history, accounts } = options;
  const { database } = run;
  const { listens } = run.services;
  if (listens === null) return;
  const countRows = (): number => countListens(database);
  if (run.signal.aborted || !history || (only !== null && only !== "listens")) {
    return skipStep(run, "listens", countRows(), "skipped");
  }
  await runStep(run, {
    name: "listens",
    countRows,
    work: (progress) => syncListens(run, listens, accounts.listens ?? null, progress),
  });
  if (sendsTo(options, "listenbrainz")) {
    if (options.scrobblesHeard === true) giveHeard(run, "listenbrainz");
    await runSubmitting(run, listens);
  }
}

function sendsTo({ scrobbles, scrobbleTo = playTargets }: SyncOptions, target: PlayTarget): boolean {
  return scrobbles === true && scrobbleTo.includes(target);
}

function giveHeard(run: Run, target: PlayTarget): void {
  run.write(() => giveRecognised(run.database, target, run.nowUts()));
}

/** After the listens, which show what was stored before. */
async function runSubmitting(run: Run, { writing }: ListenService): Promise<void> {
  const { database } = run;
  const waiting = countWaiting(database, "listenbrainz");
  if (run.signal.aborted || waiting + countQueued(database) === 0) return;
  if (writing === null) {
    run.notes.push(
      `${waiting} logged plays wait to be sent to ListenBrainz. To allow it, set LISTENBRAINZ_TOKEN`,
    );
    return;
  }
  await runStep(run, {
    name: "submitting",
    countRows: () => countSent(database, "listenbrainz"),
    work: (progress) => {
      const username = readAccounts(database)[listenSource.name] ?? null;
      const target = { target: "listenbrainz", service: writing, username, readBy: "listens" } as const;
      return syncSending(run, target, progress);
    },
  });
}

/** After the history, which shows what was stored before. */
async function runSending(run: Run, user: ListeningUser): Promise<void> {
  const { database } = run;
  const waiting = countWaiting(database);
  if (run.signal.aborted || waiting === 0) return;
  if (run.services.listening.scrobbling === null) {
    run.notes.push(
      `${waiting} logged plays wait to be sent to Last.fm. To allow it: rewind login --scrobble`,
    );
    return;
  }
  await runStep(run, {
    name: "sending",
    countRows: () => countSent(database),
    work: (progress) => {
      const service = run.services.listening.scrobbling;
      return syncSending(
        run,
        { target: "lastfm", service, username: user.name, readBy: "history" },
        progress,
      );
    },
  });
}

async function runMusicBrainz(run: Run): Promise<void> {
  if (run.signal.aborted || countUnasked(run) === 0) return;
  await runStep(run, {
    name: "musicbrainz",
    countRows: () => countKnownToMusicBrainz(run.database),
    work: (progress) => syncMusicBrainz(run, progress),
  });
}

/** Publications match as they go. This step matches again if the rules or the evidence changed since. */
async function runMatch(run: Run): Promise<void> {
  const { database } = run;
  const countRows = (): number => database.prepare("SELECT count(*) FROM match").pluck().get() as number;
  if (run.signal.aborted) return skipStep(run, "match", countRows(), "skipped");
  await runStep(run, {
    name: "match",
    countRows,
    work: async () => {
      run.write(() => mergeSources(database));
      if (isMatchOutdated(database) || isEvidenceNew(database)) run.write(() => rematch(database));
      else run.write(() => refreshNameKeys(database));
      findStraySongs(run);
      return { status: "done", rows: countRows() };
    },
  });
}

/** Skipped if the collection's service failed before. */
async function runTracklists(run: Run, scope: TracklistScope): Promise<void> {
  const { database } = run;
  if (run.signal.aborted || isShelfAway(run) || countWantedTracklists(run, scope) === 0) return;
  await runStep(run, {
    name: "tracklists",
    countRows: () => countTracklists(database),
    work: (progress) => syncTracklists(run, progress, scope),
  });
}

async function runCovers(run: Run, options: CoverOptions): Promise<void> {
  if (run.signal.aborted) return;
  // A new record may be an edition of an album with a known cover.
  run.write(() => refreshCovers(run.database, "all"));
  if (countWantedCovers(run, options) > 0) {
    await runStep(run, {
      name: "covers",
      countRows: () => countCovers(run.database),
      work: (progress) => syncCovers(run, progress, options),
    });
    return;
  }
  const reason = whyNoCovers(run, options);
  if (reason !== null) run.notes.push(reason);
}

async function runMasters(run: Run): Promise<void> {
  if (run.signal.aborted || isShelfAway(run) || mastersWithoutYear(run.database).length === 0) return;
  await runStep(run, {
    name: "masters",
    countRows: () => countMasters(run.database),
    work: (progress) => syncMasters(run, progress),
  });
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
    match: countMatches(run.database),
  };
}
