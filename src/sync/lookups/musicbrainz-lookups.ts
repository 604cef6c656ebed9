// Asks MusicBrainz about the shelf, a hundred releases in a request. Each answer is stored at once, so that nothing
// is asked twice. If the service fails, a note says so, and the next sync continues.
import { ServiceError } from "../../model/errors.ts";
import {
  maxIdsPerRequest,
  type MusicBrainz,
  type ReleaseIdentity,
} from "../../sources/services/service-clients.ts";
import {
  saveGroups,
  saveIdentity,
  saveReleases,
  readPendingIdentities,
  readPendingLookups,
  type LookupKind,
} from "../../store/shelf/musicbrainz-cache.ts";
import { type LookupSummary, lookUpEach } from "./lookup-queue.ts";
import { refreshOriginals } from "../../store/shelf/derived-columns.ts";
import { isEvidenceNew, rematch } from "../matching/rematch.ts";
import type { Progress, StepOutcome, StepRun } from "../paging/step.ts";

/** How many albums of the chart a sync looks up, one request each. */
const maxIdentities = 50;
/** Few tries, since the next sync asks again. */
const maxAttempts = 2;
const pace = { lanes: 1, maxUnread: 2 };

/** Decides which releases are asked about. */
export interface Unasked extends Pick<StepRun, "database" | "nowUts"> {
  /** Ask again for known answers. */
  readonly full: boolean;
}

interface MusicBrainzRun extends StepRun, Unasked {
  readonly service: MusicBrainz;
}

export function countPendingLookups(run: Unasked): number {
  return (
    readPendingIds(run, "release").length +
    readPendingIds(run, "master").length +
    readPendingIdentities(run.database, run.nowUts(), maxIdentities).length
  );
}

function readPendingIds(run: Unasked, kind: LookupKind): number[] {
  return readPendingLookups(run.database, kind, { nowUts: run.nowUts(), full: run.full });
}

interface Page {
  readonly kind: LookupKind;
  readonly ids: readonly number[];
}

export async function syncMusicBrainz(run: MusicBrainzRun, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const pages = (["release", "master"] as const).flatMap((kind) =>
    splitIntoPages(kind, readPendingIds(run, kind)),
  );
  const rows = pages.reduce((sum, { ids }) => sum + ids.length, 0);
  let doneRows = 0;
  const lookups = await lookUpEach(pages, {
    ...pace,
    ask: (page) => fetchPage(run, page),
    onDone: ({ ids }, remaining) => {
      doneRows += ids.length;
      progress(doneRows, rows, pages.length - remaining, pages.length);
    },
  });
  if (lookups.stop) return toStepOutcome(run, lookups);
  if (isEvidenceNew(database)) run.write(() => rematch(database));
  const identified = await lookUpIdentities(run);
  return toStepOutcome(run, { ...lookups, stop: identified.stop });
}

async function fetchPage(run: MusicBrainzRun, { kind, ids }: Page): Promise<void> {
  const { database, service } = run;
  const call = { ...run.call, attempts: maxAttempts };
  if (kind === "release") {
    const answers = await service.fetchReleases(ids, call);
    run.write(() => saveReleases(database, ids, answers, run.nowUts()));
  } else {
    const answers = await service.fetchGroups(ids, call);
    run.write(() => {
      saveGroups(database, ids, answers, run.nowUts());
      refreshOriginals(database);
    });
  }
}

function lookUpIdentities(run: MusicBrainzRun): Promise<LookupSummary> {
  const { database, service } = run;
  const saveResult = (mbid: string, identity: ReleaseIdentity | null): void =>
    run.write(() => saveIdentity(database, mbid, identity, run.nowUts()));
  return lookUpEach(readPendingIdentities(database, run.nowUts(), maxIdentities), {
    ...pace,
    ask: async (mbid) =>
      saveResult(mbid, await service.fetchIdentity(mbid, { ...run.call, attempts: maxAttempts })),
    // An unread answer counts as unknown, so that not every sync asks for it.
    onUnread: (mbid) => saveResult(mbid, null),
  });
}

function toStepOutcome(run: StepRun, { unread, stop }: LookupSummary): StepOutcome {
  if (stop && (run.signal.aborted || !(stop.error instanceof ServiceError))) throw stop.error;
  const failure = stop?.error ?? unread[0];
  if (!(failure instanceof ServiceError)) return {};
  return { status: "away", note: `${failure.message}. The next sync asks again.` };
}

function splitIntoPages(kind: LookupKind, ids: readonly number[]): Page[] {
  return Array.from({ length: Math.ceil(ids.length / maxIdsPerRequest) }, (_, at) => ({
    kind,
    ids: ids.slice(at * maxIdsPerRequest, (at + 1) * maxIdsPerRequest),
  }));
}
