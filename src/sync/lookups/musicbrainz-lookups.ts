// Asks MusicBrainz about the shelf, a hundred releases in a request. Each answer is stored at once, so that nothing
// is asked twice. If the service fails, a note says so, and the next sync continues.
import { ServiceError } from "../../model/errors.ts";
import { mostAddresses, type ReleaseIdentity } from "../../sources/services/service-clients.ts";
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
import type { Progress, StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";

/** How many albums of the chart a sync looks up, one request each. */
const mostIdentities = 50;
/** Few tries, since the next sync asks again. */
const attempts = 2;
const pace = { lanes: 1, mostUnread: 2 };

export function countUnasked(run: Run): number {
  return (
    unasked(run, "release").length +
    unasked(run, "master").length +
    unaskedIdentities(run.database, run.nowUts(), mostIdentities).length
  );
}

function unasked(run: Run, kind: AskedKind): number[] {
  return unaskedOf(run.database, kind, { nowUts: run.nowUts(), full: run.full });
}

interface Page {
  readonly kind: AskedKind;
  readonly ids: readonly number[];
}

export async function syncMusicBrainz(run: Run, progress: Progress): Promise<StepOutcome> {
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

async function askFor(run: Run, { kind, ids }: Page): Promise<void> {
  const { database } = run;
  const { musicbrainz } = run.services;
  const call = { ...run.call, attempts };
  if (kind === "release") {
    const answers = await musicbrainz.releases(ids, call);
    run.write(() => keepReleases(database, ids, answers, run.nowUts()));
  } else {
    const answers = await musicbrainz.groups(ids, call);
    run.write(() => {
      keepGroups(database, ids, answers, run.nowUts());
      refreshOriginals(database);
    });
  }
}

function lookUpIdentities(run: Run): Promise<LookedUp> {
  const { database, services } = run;
  const keep = (mbid: string, identity: ReleaseIdentity | null): void =>
    run.write(() => keepIdentity(database, mbid, identity, run.nowUts()));
  return lookUpEach(unaskedIdentities(database, run.nowUts(), mostIdentities), {
    ...pace,
    ask: async (mbid) => keep(mbid, await services.musicbrainz.identity(mbid, { ...run.call, attempts })),
    // It counts as unknown, so that it is not asked for in every sync.
    onUnread: (mbid) => keep(mbid, null),
  });
}

function outcome(run: Run, { unread, stop }: LookedUp): StepOutcome {
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
