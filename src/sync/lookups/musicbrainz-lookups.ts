// Asks MusicBrainz about the shelf, a hundred releases in a request. Each answer is stored at once, so that nothing
// is asked twice. If the service fails, a note says so, and the next sync continues.
import { ServiceError } from "../../model/errors.ts";
import {
  mostAddresses,
  type MusicBrainzAnswers,
  type ReleaseIdentity,
} from "../../sources/services/service-clients.ts";
import { BadAnswer } from "../../sources/transport/service-errors.ts";
import {
  countKnownToMusicBrainz,
  keepGroups,
  keepIdentity,
  keepReleases,
  unaskedIdentities,
  unaskedOf,
  type MusicBrainzAnswer,
  type AskedKind,
} from "../../store/shelf/musicbrainz-answers.ts";
import { refreshOriginals } from "../../store/shelf/derived-columns.ts";
import { isEvidenceNew, rematch } from "../matching/rematch.ts";
import type { Progress, Run, StepOutcome } from "../walks/step-run.ts";

/** How many albums of the chart a sync looks up, one request each. */
const mostIdentities = 50;
/** Few tries, since the next sync asks again. */
const attempts = 2;
/** After this many unreadable answers, assume the service is down and stop. */
const mostFailures = 2;

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

export async function syncMusicBrainz(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database } = run;
  const { musicbrainz } = run.services;
  const known = countKnownToMusicBrainz(database);
  const releases = unasked(run, "release");
  const masters = unasked(run, "master");
  const rows = releases.length + masters.length;
  const pages = Math.ceil(releases.length / mostAddresses) + Math.ceil(masters.length / mostAddresses);
  const walk = { done: 0, pages: 0, failures: [] as BadAnswer[] };

  const readAll = async <Entity>(
    ids: readonly number[],
    read: (page: readonly number[]) => Promise<MusicBrainzAnswers<Entity>>,
    keep: (answers: readonly MusicBrainzAnswer<Entity>[]) => void,
  ): Promise<void> => {
    for (const page of pagesOf(ids)) {
      try {
        await readPage(page, read, keep);
      } catch (error) {
        if (!(error instanceof BadAnswer)) throw error;
        // One unreadable page does not stop the others.
        walk.failures.push(error);
        if (walk.failures.length >= mostFailures) throw error;
      }
      walk.done += page.length;
      walk.pages += 1;
      progress(walk.done, rows, walk.pages, pages);
    }
  };

  const call = { ...run.call, attempts };
  try {
    await readAll(
      releases,
      (page) => musicbrainz.releases(page, call),
      (answers) => run.write(() => keepReleases(database, answers, run.nowUts())),
    );
    await readAll(
      masters,
      (page) => musicbrainz.groups(page, call),
      (answers) =>
        run.write(() => {
          keepGroups(database, answers, run.nowUts());
          refreshOriginals(database);
        }),
    );
    if (isEvidenceNew(database)) run.write(() => rematch(database));
    await lookUpIdentities(run);
  } catch (error) {
    if (run.signal.aborted || !(error instanceof ServiceError)) throw error;
    return outcome(run, known, error);
  }
  return outcome(run, known, walk.failures[0] ?? null);
}

/** Looks up the MBIDs of played albums that would settle doubtful matches. */
async function lookUpIdentities(run: Run): Promise<void> {
  const { database, services } = run;
  let failuresInRow = 0;
  for (const mbid of unaskedIdentities(database, run.nowUts(), mostIdentities)) {
    let found: ReleaseIdentity | null = null;
    try {
      found = await services.musicbrainz.identity(mbid, { ...run.call, attempts });
      failuresInRow = 0;
    } catch (error) {
      failuresInRow += 1;
      if (!(error instanceof BadAnswer) || failuresInRow >= mostFailures) throw error;
    }
    // An unreadable answer counts as unknown, so that it is not asked for in every sync.
    run.write(() => keepIdentity(database, mbid, found, run.nowUts()));
  }
}

function outcome(run: Run, knownBefore: number, failure: ServiceError | null): StepOutcome {
  const known = countKnownToMusicBrainz(run.database);
  const changes = { added: Math.max(0, known - knownBefore), updated: 0, removed: 0 };
  if (failure === null) return { changes, rows: known };
  return { changes, rows: known, status: "away", note: `${failure.message}. The next sync asks again.` };
}

/** Asks about a page. If the answer was cut, asks for the rest, as long as each answer brings something. */
async function readPage<Entity>(
  page: readonly number[],
  read: (ids: readonly number[]) => Promise<MusicBrainzAnswers<Entity>>,
  keep: (answers: readonly MusicBrainzAnswer<Entity>[]) => void,
): Promise<void> {
  let left = page;
  while (left.length > 0) {
    const { rows, isWhole } = await read(left);
    const entities = new Map<number, Entity[]>();
    for (const row of rows)
      entities.set(row.discogsId, [...(entities.get(row.discogsId) ?? []), ...row.entities]);
    const answeredIds = isWhole ? left : left.filter((id) => entities.has(id));
    if (answeredIds.length === 0) {
      throw new BadAnswer("MusicBrainz cuts its answers off before the first row");
    }
    keep(answeredIds.map((discogsId) => ({ discogsId, entities: entities.get(discogsId) ?? [] })));
    const known = new Set(answeredIds);
    left = left.filter((id) => !known.has(id));
  }
}

function pagesOf(ids: readonly number[]): (readonly number[])[] {
  return Array.from({ length: Math.ceil(ids.length / mostAddresses) }, (_, at) =>
    ids.slice(at * mostAddresses, (at + 1) * mostAddresses),
  );
}
