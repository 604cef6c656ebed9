// Lookups that take one request each: tracklists and masters.
import type { Progress, StepOutcome, StepRun } from "../walks/step.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
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

interface CollectionLookup extends StepRun {
  readonly service: CollectionService;
}

export async function syncMasters(run: CollectionLookup, progress: Progress): Promise<StepOutcome> {
  const { database, service, call } = run;
  const masterIds = mastersWithoutYear(database);
  let answers = 0;
  const { unread, stop } = await lookUpEach(masterIds, {
    ...pace,
    ask: async (masterId) => {
      const master = await service.master(masterId, call);
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
  return { note: unreadNote("Masters", unread.length, "The next sync --masters asks again.") };
}

/** Reports each item that is done; `before`: how many earlier runs asked for. */
function counting(progress: Progress, whole: number, before = 0): () => void {
  let doneCount = before;
  return () => {
    doneCount += 1;
    progress(doneCount, before + whole);
  };
}

// Fetches tracklists, one request each, and stores each at once. By default, it fetches only those that would settle a
// match, and only while the rate limit has room. On request, it fetches those of the whole shelf.

/** Few tries, since nobody waits for the answer. */
const attempts = 2;
/** Kept back from the rate limit: enough for a whole sync with nothing new, and what is in flight. */
const reservedRequests = 24;
/** With more releases it is faster to match the whole shelf. */
const fewReleases = 300;

interface TracklistRun extends CollectionLookup {
  readonly scope: TracklistScope;
}

export function countWantedTracklists({ database, nowUts, scope }: Omit<TracklistRun, "service">): number {
  return wantedTracklists(database, nowUts(), scope).length;
}

export async function syncTracklists(run: TracklistRun, progress: Progress): Promise<StepOutcome> {
  const { database, service, scope } = run;
  const isWholeShelf = scope === "shelf";
  const call = isWholeShelf ? run.call : { ...run.call, attempts };
  const releaseIds = wantedTracklists(database, run.nowUts(), scope);
  const { unread, stop, isCut } = await lookUpEach(releaseIds, {
    ...pace,
    hasRoom: () => isWholeShelf || service.usage.soonestMs(reservedRequests) === 0,
    ask: async (releaseId) => {
      const tracks = await service.tracklist(releaseId, call);
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
  if (stop) throw stop.error;
  if (isWholeShelf) {
    return {
      note: unreadNote("Tracklists", unread.length, "From tomorrow on, sync --tracklists asks again."),
    };
  }
  const remaining = isCut ? countWantedTracklists(run) : 0;
  const more = `More tracklists would settle matches (${remaining}). The next sync asks for them.`;
  return { note: remaining === 0 ? null : more };
}

function unreadNote(what: string, unread: number, again: string): string | null {
  return unread === 0 ? null : `${what} that could not be read: ${unread}. ${again}`;
}
