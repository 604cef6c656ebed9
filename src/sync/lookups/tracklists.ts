// Tracklists, one request each, kept as they come, so that nothing is asked for twice. Of their own accord only those of
// releases whose match one would settle, and only out of what the rate limit has to spare; on request the whole shelf's.
import {
  countAnswered,
  countTracklists,
  keepTracklist,
  noteNoTracklist,
  unweighedTracklists,
  wantedTracklists,
  type TracklistScope,
} from "../../store/shelf/tracklists.ts";
import { askOneByOne } from "./one-by-one.ts";
import { rematch } from "../matching/rematch.ts";
import type { Progress, Run, StepOutcome } from "../walks/run.ts";
import { findStraySongs } from "../history/stray-songs.ts";

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
