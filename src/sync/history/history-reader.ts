// Reads the listening history: all of it once, then from two weeks before the last time on.
import { daySeconds } from "../../model/times.ts";
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import {
  type Publication,
  type Walk,
  readPublication,
  dropWalk,
  newWalkId,
  readWalk,
  writeWalk,
} from "../../store/file/listings.ts";
import {
  isStagedHistoryNew,
  newestScrobbleUts,
  newestStagedUts,
  unstageScrobblesFrom,
} from "../../store/plays/scrobbles.ts";
import { type HistoryWalkState, walkHistory } from "./history-walk.ts";
import type { Progress, Run } from "../walks/step-run.ts";

/** A walk that lies longer than this is begun again. */
const resumableSeconds = 30 * daySeconds;

/** The last publication of a whole history; undefined where there is none to go on from. */
export function lastComplete(run: Run): Publication | undefined {
  const published = readPublication(run.database, "history");
  return published && published.walkedUts > 0 ? published : undefined;
}

/** Plays are known that the last reading of the whole history didn't list: only another one can settle it. */
function isReadingDoubted(run: Run): boolean {
  return lastComplete(run)?.detail.isDue === true;
}

/** Whether little of the history is to be read: it was read whole before, and no walk over all of it is under way. */
export function isHistoryShort(run: Run): boolean {
  const staged = readWalk<HistoryWalkState>(run.database, "history");
  const isWalking = staged !== undefined && staged.state.fromUts === null;
  return !run.full && !isWalking && !isReadingDoubted(run) && lastComplete(run) !== undefined;
}

/**
 * From where on the history may differ from what was read at `startedUts`: as long before as plays may come late.
 * Never later than the newest scrobble known then, or a clock that ran ahead would hide all that comes; and as much
 * before that where the clock is known to have run ahead.
 */
function lateFrom(run: Run, startedUts: number, newestUts: number | null): number {
  if (newestUts === null) return 1;
  const { lateSeconds } = run.services.listening.traits;
  const wasAhead = startedUts > run.nowUts();
  return Math.max(1, Math.min(startedUts - lateSeconds, wasAhead ? newestUts - lateSeconds : newestUts));
}

function planWalk(run: Run): Walk<HistoryWalkState> {
  const { database } = run;
  const nowUts = run.nowUts();
  const complete = run.full || isReadingDoubted(run) ? undefined : lastComplete(run);
  const fromUts = complete ? lateFrom(run, complete.startedUts, newestScrobbleUts(database)) : null;
  const staged = readWalk<HistoryWalkState>(database, "history");
  const age = staged ? nowUts - staged.startedUts : Number.POSITIVE_INFINITY;
  const isUsable =
    staged && age <= resumableSeconds && (staged.state.fromUts === null || staged.state.fromUts === fromUts);
  if (isUsable) return { ...staged, state: { ...staged.state, isResumed: true } };
  const state: HistoryWalkState = {
    fromUts,
    segments: [{ fromUts, toUts: null, remaining: null }],
    listed: 0,
    pages: 0,
    missing: 0,
    isResumed: false,
  };
  const begun = { id: newWalkId(), startedUts: nowUts, state };
  run.write(() => {
    dropWalk(database, "history");
    writeWalk(database, "history", begun);
  });
  return begun;
}

/** What was read of the history and is staged, to be published when the chart is. */
export interface ReadHistory {
  /** In the state that it ended in. */
  readonly walk: Walk<HistoryWalkState>;
  /** Whether it differs from what is cached. */
  readonly isNew: boolean;
}

/** Reads what is due of the history into staging. Throws HiddenHistory where its owner hides it. */
export async function readHistory(run: Run, user: ListeningUser, progress: Progress): Promise<ReadHistory> {
  const { database } = run;
  const plan = planWalk(run);
  let walk = { ...plan, state: await walkHistory(run, user, plan, progress) };
  if (plan.state.isResumed) {
    const from = lateFrom(run, plan.startedUts, newestStagedUts(database, plan.id));
    const fromUts = plan.state.fromUts === null ? from : Math.max(from, plan.state.fromUts);
    const again = run.write(() => {
      const listed = walk.state.listed - unstageScrobblesFrom(database, { walkId: plan.id, fromUts });
      const segments = [{ fromUts, toUts: null, remaining: null }];
      const begun = { ...plan, state: { ...walk.state, segments, listed } };
      writeWalk(database, "history", begun);
      return begun;
    });
    walk = { ...again, state: await walkHistory(run, user, again, progress) };
  }
  const isNew = isStagedHistoryNew(database, { walkId: plan.id, fromUts: plan.state.fromUts });
  return { walk, isNew };
}
