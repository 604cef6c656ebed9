// Lookups that take one request each: tracklists and years of masters. Each answer is kept as it comes, and one that
// can't be read does not stop the others.
import { BadAnswer, NothingToSpare, UnexpectedRefusal } from "../../sources/transport/service-errors.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";
import {
  countMasters,
  keepMaster,
  mastersWithoutYear,
  refreshOriginals,
} from "../../store/shelf/derived-columns.ts";
import {
  countAnswered,
  countTracklists,
  keepTracklist,
  noteNoTracklist,
  type TracklistScope,
  unweighedTracklists,
  wantedTracklists,
} from "../../store/shelf/tracklists.ts";
import { rematch } from "../matching/rematch.ts";
import { findStraySongs } from "../history/scrobble-album.ts";

/** Answers are waited for in parallel; the pacer holds them to what the service takes. */
const parallelCalls = 4;
/** So many failures in a row are no longer about single things. */
const mostFailures = 3;

interface AskedOneByOne {
  /** How many could not be read. */
  readonly unread: number;
  /** The service had no more requests to spare. */
  readonly isSpent: boolean;
  /** What ended it early; throw it when what came is put in order. */
  readonly failure: { readonly error: unknown } | null;
}

async function askOneByOne(
  wanted: readonly number[],
  ask: (id: number) => Promise<void>,
  {
    progress,
    onUnread,
    before = 0,
  }: {
    readonly progress: Progress;
    readonly onUnread?: (id: number) => void;
    /** How many of the whole were asked for by earlier runs. */
    readonly before?: number;
  },
): Promise<AskedOneByOne> {
  const queue = [...wanted];
  const whole = before + wanted.length;
  let done = before;
  let failuresInRow = 0;
  let unread = 0;
  let isSpent = false;
  let failure: AskedOneByOne["failure"] = null;

  const askNext = async (id: number): Promise<void> => {
    try {
      await ask(id);
      failuresInRow = 0;
    } catch (error) {
      if (!(error instanceof BadAnswer || error instanceof UnexpectedRefusal)) throw error;
      onUnread?.(id);
      unread += 1;
      failuresInRow += 1;
      if (failuresInRow >= mostFailures) throw error;
    }
    done += 1;
    progress(done, whole, done, whole);
  };
  const work = async (): Promise<void> => {
    while (!isSpent && !failure) {
      const id = queue.shift();
      if (id === undefined) return;
      try {
        await askNext(id);
      } catch (error) {
        if (error instanceof NothingToSpare) isSpent = true;
        else failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: parallelCalls }, work));
  return { unread, isSpent, failure };
}

// Original years from Discogs' masters, one request each: only where MusicBrainz knows none, and only when asked for.

/** Years are handed on to the releases every so often: once a request would cost more than the request. */
const mastersPerRefresh = 60;

export async function syncMasters(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const wanted = mastersWithoutYear(database);
  const known = countMasters(database);
  let asked = 0;
  const { unread, failure } = await askOneByOne(
    wanted,
    async (masterId) => {
      const master = await services.collection.master(masterId, call);
      asked += 1;
      run.write(() => {
        keepMaster(database, masterId, master, run.nowUts());
        if (asked % mastersPerRefresh === 0) refreshOriginals(database);
      });
    },
    { progress },
  );

  run.write(() => refreshOriginals(database));
  if (failure) throw failure.error;
  const rows = countMasters(database);
  return {
    changes: { added: Math.max(0, rows - known), updated: 0, removed: 0 },
    rows,
    note:
      unread === 0
        ? null
        : `${unread} ${unread === 1 ? "master" : "masters"} could not be read; the next sync --masters tries again.`,
  };
}

// Tracklists, one request each, kept as they come, so that nothing is asked for twice. Of their own accord only those of
// releases whose match one would settle, and only out of what the rate limit has to spare; on request the whole shelf's.

/** What fails is tried again another day where nobody waits for it. */
const spareCall = { attempts: 2, spare: true };
/** From so many on it costs less to match the whole shelf than one release after the other. */
const fewReleases = 300;

export function countWantedTracklists(run: Run, scope: TracklistScope): number {
  return wantedTracklists(run.database, run.nowUts(), scope).length;
}

/** Asks for what is wanted, to the end of it or until the rate limit has nothing to spare. */
export async function syncTracklists(
  run: Run,
  progress: Progress,
  scope: TracklistScope,
): Promise<StepOutcome> {
  const { database } = run;
  const wanted = wantedTracklists(database, run.nowUts(), scope);
  const known = countTracklists(database);
  const { unread, isSpent, failure } = await askOneByOne(
    wanted,
    (releaseId) => askFor(run, releaseId, scope),
    {
      progress,
      before: scope === "shelf" ? countAnswered(database) : 0,
      // It isn't asked for each time.
      onUnread: (releaseId) =>
        run.write(() => noteNoTracklist(database, releaseId, "unreadable", run.nowUts())),
    },
  );

  const unweighed = unweighedTracklists(database);
  if (unweighed.length > fewReleases) run.write(() => rematch(database));
  else if (unweighed.length > 0) run.write(() => rematch(database, unweighed));
  if (unweighed.length > 0) findStraySongs(run);
  if (failure) throw failure.error;
  return {
    changes: { added: countTracklists(database) - known, updated: 0, removed: 0 },
    rows: countTracklists(database),
    note: scope === "shelf" ? unreadNote(unread) : restNote(isSpent ? countWantedTracklists(run, scope) : 0),
  };
}

async function askFor(run: Run, releaseId: number, scope: TracklistScope): Promise<void> {
  const { database, services, call } = run;
  const options = scope === "doubtful" ? { ...call, ...spareCall } : call;
  const tracks = await services.collection.tracklist(releaseId, options);
  run.write(() => {
    if (tracks) keepTracklist(database, releaseId, tracks, run.nowUts());
    else noteNoTracklist(database, releaseId, "gone", run.nowUts());
  });
}

function restNote(left: number): string | null {
  if (left === 0) return null;
  return left === 1
    ? "1 more tracklist would settle a match; the next sync asks for it."
    : `${left} more tracklists would settle matches; the next sync asks for them.`;
}

function unreadNote(unread: number): string | null {
  if (unread === 0) return null;
  const what = unread === 1 ? "1 tracklist" : `${unread} tracklists`;
  return `${what} could not be read; from tomorrow on, sync --tracklists asks again.`;
}
