// Asks MusicBrainz about the shelf, a hundred releases in a request. Each answer is stored at once, so that nothing
// is asked twice. If the service fails, a note says so, and the next sync continues.
import { ServiceError } from "../../model/errors.ts";
import {
  mostAddresses,
  type MusicBrainz,
  type ReleaseIdentity,
} from "../../sources/services/service-clients.ts";
import {
  keepGroups,
  keepIdentity,
  keepReleases,
  unaskedIdentities,
  unaskedOf,
  type AskedKind,
} from "../../store/shelf/musicbrainz-answers.ts";
import { type LookedUp, lookUpEach } from "./lookup-queue.ts";
import { refreshOriginals } from "../../store/shelf/derived-columns.ts";
import { isEvidenceNew, rematch } from "../matching/rematch.ts";
import type { Progress, StepOutcome, StepRun } from "../walks/step.ts";

/** How many albums of the chart a sync looks up, one request each. */
const mostIdentities = 50;
/** Few tries, since the next sync asks again. */
const attempts = 2;
const pace = { lanes: 1, mostUnread: 2 };

/** What decides which releases are asked about. */
export interface Unasked extends Pick<StepRun, "database" | "nowUts"> {
  /** Ask again for known answers. */
  readonly full: boolean;
}

interface MusicBrainzRun extends StepRun, Unasked {
  readonly service: MusicBrainz;
}

export function countUnasked(run: Unasked): number {
  return (
    unasked(run, "release").length +
    unasked(run, "master").length +
    unaskedIdentities(run.database, run.nowUts(), mostIdentities).length
  );
}

function unasked(run: Unasked, kind: AskedKind): number[] {
  return unaskedOf(run.database, kind, { nowUts: run.nowUts(), full: run.full });
}

interface Page {
  readonly kind: AskedKind;
  readonly ids: readonly number[];
}

export async function syncMusicBrainz(run: MusicBrainzRun, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const pages = (["release", "master"] as const).flatMap((kind) => pagesOf(kind, unasked(run, kind)));
  const rows = pages.reduce((sum, { ids }) => sum + ids.length, 0);
  let doneRows = 0;
  const lookups = await lookUpEach(pages, {
    ...pace,
    ask: (page) => askFor(run, page),
    onDone: ({ ids }, remaining) => {
      doneRows += ids.length;
      progress(doneRows, rows, pages.length - remaining, pages.length);
    },
  });
  if (lookups.stop) return outcome(run, lookups);
  if (isEvidenceNew(database)) run.write(() => rematch(database));
  const identified = await lookUpIdentities(run);
  return outcome(run, { ...lookups, stop: identified.stop });
}

async function askFor(run: MusicBrainzRun, { kind, ids }: Page): Promise<void> {
  const { database, service } = run;
  const call = { ...run.call, attempts };
  if (kind === "release") {
    const answers = await service.releases(ids, call);
    run.write(() => keepReleases(database, ids, answers, run.nowUts()));
  } else {
    const answers = await service.groups(ids, call);
    run.write(() => {
      keepGroups(database, ids, answers, run.nowUts());
      refreshOriginals(database);
    });
  }
}

function lookUpIdentities(run: MusicBrainzRun): Promise<LookedUp> {
  const { database, service } = run;
  const keep = (mbid: string, identity: ReleaseIdentity | null): void =>
    run.write(() => keepIdentity(database, mbid, identity, run.nowUts()));
  return lookUpEach(unaskedIdentities(database, run.nowUts(), mostIdentities), {
    ...pace,
    ask: async (mbid) => keep(mbid, await service.identity(mbid, { ...run.call, attempts })),
    // It counts as unknown, so that it is not asked for in every sync.
    onUnread: (mbid) => keep(mbid, null),
  });
}

function outcome(run: StepRun, { unread, stop }: LookedUp): StepOutcome {
  if (stop && (run.signal.aborted || !(stop.error instanceof ServiceError))) throw stop.error;
  const failure = stop?.error ?? unread[0];
  if (!(failure instanceof ServiceError)) return {};
  return { status: "away", note: `${failure.message}. The next sync asks again.` };
}

function pagesOf(kind: AskedKind, ids: readonly number[]): Page[] {
  return Array.from({ length: Math.ceil(ids.length / mostAddresses) }, (_, at) => ({
    kind,
    ids: ids.slice(at * mostAddresses, (at + 1) * mostAddresses),
  }));
}
