// Original years from Discogs' masters, one request each: only where MusicBrainz knows none, and only when asked for.
import { BadAnswer, UnexpectedRefusal } from "../sources/transport/failures.ts";
import { countMasters, keepMaster, mastersWithoutYear, refreshOriginals } from "../store/originals.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";

/** Answers are waited for in parallel; the pacer holds them to what the service takes. */
const parallelCalls = 4;
/** So many failures in a row are no longer about single masters. */
const mostFailures = 3;
/** Years are handed on to the releases every so often: once a request would cost more than the request. */
const mastersPerRefresh = 60;

export async function syncMasters(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const wanted = mastersWithoutYear(database);
  const queue = [...wanted];
  const known = countMasters(database);
  let failuresInRow = 0;
  let unread = 0;
  let failure: { readonly error: unknown } | null = null;

  const ask = async (masterId: number): Promise<void> => {
    try {
      const year = await services.collection.masterYear(masterId, call);
      failuresInRow = 0;
      run.write(() => {
        keepMaster(database, masterId, year, run.nowUts());
        if (queue.length % mastersPerRefresh === 0) refreshOriginals(database);
      });
    } catch (error) {
      if (!(error instanceof BadAnswer || error instanceof UnexpectedRefusal)) throw error;
      unread += 1;
      failuresInRow += 1;
      if (failuresInRow >= mostFailures) throw error;
    }
    const done = wanted.length - queue.length;
    progress(done, wanted.length, done, wanted.length);
  };
  const work = async (): Promise<void> => {
    while (!failure) {
      const masterId = queue.shift();
      if (masterId === undefined) return;
      try {
        await ask(masterId);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: parallelCalls }, work));

  run.write(() => refreshOriginals(database));
  if (failure) throw (failure as { readonly error: unknown }).error;
  const rows = countMasters(database);
  return {
    changes: { added: Math.max(0, rows - known), updated: 0, removed: 0 },
    rows,
    note:
      unread === 0
        ? null
        : `${unread} ${unread === 1 ? "master" : "masters"} could not be read; the next sync --masters tries again.`,
  };
}
