// Tracklists, one request each: only of releases whose match one would settle, and only out of what the rate limit
// has to spare. Each is kept as it comes, so that nothing is asked for twice.
import { BadAnswer, NothingToSpare, UnexpectedRefusal } from "../sources/transport/failures.ts";
import {
  countTracklists,
  keepTracklist,
  noteNoTracklist,
  unweighedTracklists,
  wantedTracklists,
} from "../store/tracklists.ts";
import { rematch } from "./rematch.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";

/** Answers are waited for in parallel; the pacer holds them to what is to spare. */
const parallelCalls = 4;
/** What fails is tried again another day: nobody waits for it. */
const attempts = 2;
/** So many failures in a row are no longer about single releases. */
const mostFailures = 3;

export function countWantedTracklists(run: Run): number {
  return wantedTracklists(run.database, run.nowUts()).length;
}

/** Asks for what is wanted, the newest records first, until the rate limit has nothing to spare. */
export async function syncTracklists(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const wanted = wantedTracklists(database, run.nowUts());
  const queue = [...wanted];
  const known = countTracklists(database);
  let failuresInRow = 0;
  let isSpent = false;
  let failure: { readonly error: unknown } | null = null;

  const askNext = async (releaseId: number): Promise<void> => {
    try {
      await askFor(run, releaseId);
      failuresInRow = 0;
    } catch (error) {
      if (!(error instanceof BadAnswer || error instanceof UnexpectedRefusal)) throw error;
      // A release that can't be read keeps none of the others from being asked for, nor is it asked for each time.
      run.write(() => noteNoTracklist(database, releaseId, "unreadable", run.nowUts()));
      failuresInRow += 1;
      if (failuresInRow >= mostFailures) throw error;
    }
    const done = wanted.length - queue.length;
    progress(done, wanted.length, done, wanted.length);
  };
  const work = async (): Promise<void> => {
    while (!isSpent && !failure) {
      const releaseId = queue.shift();
      if (releaseId === undefined) return;
      try {
        await askNext(releaseId);
      } catch (error) {
        if (error instanceof NothingToSpare) isSpent = true;
        else failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: parallelCalls }, work));

  const unweighed = unweighedTracklists(database);
  if (unweighed.length > 0) run.write(() => rematch(database, unweighed));
  if (failure) throw (failure as { readonly error: unknown }).error;
  const left = countWantedTracklists(run);
  return {
    changes: { added: countTracklists(database) - known, updated: 0, removed: 0 },
    rows: countTracklists(database),
    note: isSpent && left > 0 ? restNote(left) : null,
  };
}

async function askFor(run: Run, releaseId: number): Promise<void> {
  const { database, services, call } = run;
  const tracks = await services.collection.tracklist(releaseId, { ...call, attempts, spare: true });
  run.write(() => {
    if (tracks) keepTracklist(database, releaseId, tracks, run.nowUts());
    else noteNoTracklist(database, releaseId, "gone", run.nowUts());
  });
}

function restNote(left: number): string {
  return left === 1
    ? "1 more tracklist would settle a match; the next sync asks for it."
    : `${left} more tracklists would settle matches; the next sync asks for them.`;
}
