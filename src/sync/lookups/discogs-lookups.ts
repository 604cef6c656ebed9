// Lookups that take one request each: tracklists and masters. Each answer is stored at once, and an unreadable one
// does not stop the others.
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

/** Calls in flight; the pacer keeps them to the service's limit. */
const parallelCalls = 4;
/** After this many failures in a row, assume the service is down and stop. */
const mostFailures = 3;

interface AskedOneByOne {
  /** How many answers could not be read. */
  readonly unread: number;
  /** The service had no more requests to spare. */
  readonly isSpent: boolean;
  /** What stopped it early. Throw it after storing what depends on the answers so far. */
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
    /** How many earlier runs asked for. */
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

// Discogs' masters, one request each, for original years that MusicBrainz does not know. Only on request.

/** Updating the releases after each request would take longer than the request. */
const mastersPerRefresh = 60;

export async function syncMasters(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const wanted = mastersWithoutYear(database);
  const known = countMasters(database);
  let requests = 0;
  const { unread, failure } = await askOneByOne(
    wanted,
    async (masterId) => {
      const master = await services.collection.master(masterId, call);
      requests += 1;
      run.write(() => {
        keepMaster(database, masterId, master, run.nowUts());
        if (requests % mastersPerRefresh === 0) refreshOriginals(database);
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

// Tracklists, one request each, stored at once. By default only those that would settle a match, and only while the
// rate limit has room. On request those of the whole shelf.

/** Few tries, since nobody waits for the answer. */
const spareCall = { attempts: 2, spare: true };
/** With more releases it is faster to match the whole shelf. */
const fewReleases = 300;

export function countWantedTracklists(run: Run, scope: TracklistScope): number {
  return wantedTracklists(run.database, run.nowUts(), scope).length;
}

/** Asks for all wanted tracklists, or until the rate limit has no room. */
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
      // Not asked for again in every sync.
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
