// Lookups that take one request each: tracklists and masters.
import { NothingToSpare } from "../../sources/transport/service-errors.ts";
import type { Progress, StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";
import { lookUpEach } from "./lookup-queue.ts";
import { keepMaster, mastersWithoutYear, refreshOriginals } from "../../store/shelf/derived-columns.ts";
import {
  countAnswered,
  keepTracklist,
  type TracklistScope,
  unweighedTracklists,
  wantedTracklists,
} from "../../store/shelf/tracklists.ts";
import { rematch } from "../matching/rematch.ts";
import { findStraySongs } from "../matching/stray-songs.ts";

const pace = { lanes: 4, mostUnread: 3 };

// Discogs' masters, one request each, for original years that MusicBrainz does not know. Only on request.

/** Updating the releases after each request would take longer than the request. */
const mastersPerRefresh = 60;

export async function syncMasters(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const masterIds = mastersWithoutYear(database);
  let answers = 0;
  const { unread, stop } = await lookUpEach(masterIds, {
    ...pace,
    ask: async (masterId) => {
      const master = await services.collection.master(masterId, call);
      answers += 1;
      run.write(() => {
        keepMaster(database, masterId, master, run.nowUts());
        if (answers % mastersPerRefresh === 0) refreshOriginals(database);
      });
    },
    onDone: counting(progress, masterIds.length),
  });
  run.write(() => refreshOriginals(database));
  if (stop) throw stop.error;
  const what = unread.length === 1 ? "1 master" : `${unread.length} masters`;
  return {
    note: unread.length === 0 ? null : `${what} could not be read; the next sync --masters tries again.`,
  };
}

/** Reports each item that is done; `before`: how many earlier runs asked for. */
function counting(progress: Progress, whole: number, before = 0): () => void {
  let doneCount = before;
  return () => {
    doneCount += 1;
    progress(doneCount, before + whole, doneCount, before + whole);
  };
}

// Tracklists, one request each, stored at once. By default only those that would settle a match, and only while the
// rate limit has room. On request those of the whole shelf.

/** Few tries, since nobody waits for the answer. */
const spareCall = { attempts: 2, spare: true };
/** With more releases it is faster to match the whole shelf. */
const fewReleases = 300;

export function countWantedTracklists(run: Run): number {
  return wantedTracklists(run.database, run.nowUts(), scopeOf(run)).length;
}

function scopeOf({ tracklists }: Run): TracklistScope {
  return tracklists ? "shelf" : "doubtful";
}

export async function syncTracklists(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services } = run;
  const isWholeShelf = scopeOf(run) === "shelf";
  const call = isWholeShelf ? run.call : { ...run.call, ...spareCall };
  const releaseIds = wantedTracklists(database, run.nowUts(), scopeOf(run));
  const { unread, stop } = await lookUpEach(releaseIds, {
    ...pace,
    ask: async (releaseId) => {
      const tracks = await services.collection.tracklist(releaseId, call);
      run.write(() => keepTracklist(database, releaseId, tracks ?? "gone", run.nowUts()));
    },
    // Not asked for again in every sync.
    onUnread: (releaseId) => run.write(() => keepTracklist(database, releaseId, "unreadable", run.nowUts())),
    onDone: counting(progress, releaseIds.length, isWholeShelf ? countAnswered(database) : 0),
  });

  const unweighed = unweighedTracklists(database);
  if (unweighed.length > 0) {
    run.write(() => rematch(database, unweighed.length > fewReleases ? undefined : unweighed));
    findStraySongs(database);
  }
  const isSpent = stop?.error instanceof NothingToSpare;
  if (stop && !isSpent) throw stop.error;
  return {
    note: isWholeShelf ? unreadNote(unread.length) : restNote(isSpent ? countWantedTracklists(run) : 0),
  };
}

function restNote(remaining: number): string | null {
  if (remaining === 0) return null;
  return remaining === 1
    ? "1 more tracklist would settle a match; the next sync asks for it."
    : `${remaining} more tracklists would settle matches; the next sync asks for them.`;
}

function unreadNote(unread: number): string | null {
  if (unread === 0) return null;
  const what = unread === 1 ? "1 tracklist" : `${unread} tracklists`;
  return `${what} could not be read; from tomorrow on, sync --tracklists asks again.`;
}
