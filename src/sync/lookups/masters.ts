// Original years from Discogs' masters, one request each: only where MusicBrainz knows none, and only when asked for.
import {
  countMasters,
  keepMaster,
  mastersWithoutYear,
  refreshOriginals,
} from "../../store/shelf/originals.ts";
import { askOneByOne } from "./one-by-one.ts";
import type { Progress, Run, StepOutcome } from "../walks/run.ts";

/** Years are handed on to the releases every so often: once a request would cost more than the request. */
const mastersPerRefresh = 60;

export async function syncMasters(run: Run, progress: Progress): Promise<StepOutcome> {
  const { database, services, call } = run;
  const wanted = mastersWithoutYear(database);
  const known = countMasters(database);
  let asked = 0;
  const { unread, failure } = await askOneByOne(
    wanted,
    async (masterId) => {
      const year = await services.collection.masterYear(masterId, call);
      asked += 1;
      run.write(() => {
        keepMaster(database, masterId, year, run.nowUts());
        if (asked % mastersPerRefresh === 0) refreshOriginals(database);
      });
    },
    { progress },
  );

  run.write(() => refreshOriginals(database));
  if (failure) throw failure.error;
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
