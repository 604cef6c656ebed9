// Tracklists, one request each: only of releases whose match one would settle, and only out of what the rate limit
// has to spare. Each is kept as it comes, so that nothing is asked for twice.
import {
  countTracklists,
  keepTracklist,
  noteNoTracklist,
  unweighedTracklists,
  wantedTracklists,
} from "../store/tracklists.ts";
import { askOneByOne } from "./one-by-one.ts";
import { rematch } from "./rematch.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";

/** What fails is tried again another day: nobody waits for it. */
const attempts = 2;
export function countWantedTracklists(run: Run): number {
  return wantedTracklists(run.database, run.nowUts()).length;
}

/** Asks for what is wanted, the newest records first, until the rate limit has nothing to spare. */
export async function syncTracklists(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const wanted = wantedTracklists(database, run.nowUts());
  const known = countTracklists(database);
  const { isSpent, failure } = await askOneByOne(wanted, (releaseId) => askFor(run, releaseId), {
    progress,
    // It isn't asked for each time.
    onUnread: (releaseId) =>
      run.write(() => noteNoTracklist(database, releaseId, "unreadable", run.nowUts())),
  });

  const unweighed = unweighedTracklists(database);
  if (unweighed.length > 0) run.write(() => rematch(database, unweighed));
  if (failure) throw failure.error;
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
