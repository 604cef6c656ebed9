// Lookups that take one request each: tracklists and masters.
import type { Progress, StepOutcome, StepRun } from "../paging/step.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
import { lookUpEach } from "./lookup-queue.ts";
import { saveMaster, readMastersWithoutYear, refreshOriginals } from "../../store/shelf/derived-columns.ts";
import {
  countResolvedTracklists,
  saveTracklist,
  type TracklistScope,
  readReleasesToReweigh,
  readWantedTracklists,
} from "../../store/shelf/tracklists.ts";
import { rematch } from "../matching/rematch.ts";
import { refreshUnmatchedSongs } from "../matching/unmatched-songs.ts";

const pace = { lanes: 4, maxUnread: 3 };

// Discogs' masters, one request each, for original years that MusicBrainz does not know. Only on request.

/** Updating the releases after each request would take longer than the request. */
const mastersPerRefresh = 60;

interface CollectionLookup extends StepRun {
  readonly service: CollectionService;
}

export async function syncMasters(run: CollectionLookup, progress: Progress): Promise<StepOutcome> {
  const { database, service, call } = run;
  const masterIds = readMastersWithoutYear(database);
  let answers = 0;
  const { unread, stop } = await lookUpEach(masterIds, {
    ...pace,
    ask: async (masterId) => {
      const master = await service.fetchMaster(masterId, call);
      answers += 1;
      run.write(() => {
        saveMaster(database, masterId, master, run.nowUts());
        if (answers % mastersPerRefresh === 0) refreshOriginals(database);
      });
    },
    onDone: createProgressCounter(progress, masterIds.length),
  });
  run.write(() => refreshOriginals(database));
  if (stop) throw stop.error;
  return { note: describeUnread("Masters", unread.length, "The next sync --masters asks again.") };
}

/** Reports each item that is done; `before`: how many earlier runs asked for. */
function createProgressCounter(progress: Progress, whole: number, before = 0): () => void {
  let doneCount = before;
  return () => {
    doneCount += 1;
    progress(doneCount, before + whole);
  };
}

// Fetches tracklists, one request each, and stores each at once. By default, it fetches only those that would settle a
// match, and only while the rate limit has room. On request, it fetches those of the whole shelf.

/** Few tries, since nobody waits for the answer. */
const maxAttempts = 2;
/** Kept back from the rate limit: enough for a whole sync with nothing new, and what is in flight. */
const reservedRequests = 24;
/** Matching the whole shelf is faster if there are more releases. */
const maxPartialRematch = 300;

interface TracklistRun extends CollectionLookup {
  readonly scope: TracklistScope;
}

export function countWantedTracklists({ database, nowUts, scope }: Omit<TracklistRun, "service">): number {
  return readWantedTracklists(database, nowUts(), scope).length;
}

export async function syncTracklists(run: TracklistRun, progress: Progress): Promise<StepOutcome> {
  const { database, service, scope } = run;
  const isWholeShelf = scope === "shelf";
  const call = isWholeShelf ? run.call : { ...run.call, attempts: maxAttempts };
  const releaseIds = readWantedTracklists(database, run.nowUts(), scope);
  const { unread, stop, isCut } = await lookUpEach(releaseIds, {
    ...pace,
    hasRoom: () => isWholeShelf || service.usage.soonestMs(reservedRequests) === 0,
    ask: async (releaseId) => {
      const tracks = await service.fetchTracklist(releaseId, call);
      run.write(() => saveTracklist(database, releaseId, tracks ?? "gone", run.nowUts()));
    },
    // The next syncs do not ask for it again.
    onUnread: (releaseId) => run.write(() => saveTracklist(database, releaseId, "unreadable", run.nowUts())),
    onDone: createProgressCounter(
      progress,
      releaseIds.length,
      isWholeShelf ? countResolvedTracklists(database) : 0,
    ),
  });

  const unappliedIds = readReleasesToReweigh(database);
  if (unappliedIds.length > 0) {
    run.write(() => rematch(database, unappliedIds.length > maxPartialRematch ? undefined : unappliedIds));
    refreshUnmatchedSongs(database);
  }
  if (stop) throw stop.error;
  if (isWholeShelf) {
    return {
      note: describeUnread("Tracklists", unread.length, "From tomorrow on, sync --tracklists asks again."),
    };
  }
  const remaining = isCut ? countWantedTracklists(run) : 0;
  const more = `Some matches need more tracklists (${remaining} left). The next sync fetches them.`;
  return { note: remaining === 0 ? null : more };
}

function describeUnread(what: string, unread: number, again: string): string | null {
  return unread === 0 ? null : `${what} that could not be read: ${unread}. ${again}`;
}
