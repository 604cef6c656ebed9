// Reads the listening history: all of it once, later from two weeks before the last sync.
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
import type { Progress } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";

/** An older walk is started again. */
const resumableSeconds = 30 * daySeconds;

/** The last publication of a whole history; undefined if there is none to continue from. */
export function lastComplete(run: Run): Publication | undefined {
  const published = readPublication(run.database, "history");
  return published && published.walkedUts > 0 ? published : undefined;
}

/**
 * Returns true if the cache has plays that the last reading of the whole history did not list. Only another reading can
 * settle it.
 */
function isReadingDoubted(run: Run): boolean {
  return lastComplete(run)?.detail.isDue === true;
}

/**
 * Returns true if only the last weeks must be read: the history was read whole before, and no walk over all of it is
 * unfinished.
 */
export function isHistoryShort(run: Run): boolean {
  const staged = readWalk<HistoryWalkState>(run.database, "history");
  const isWalking = staged !== undefined && staged.state.fromUts === null;
  return !run.full && !isWalking && !isReadingDoubted(run) && lastComplete(run) !== undefined;
}

/**
 * The second from which the history may differ from what was read at `startedUts`: plays may arrive `lateSeconds`
 * late. It is never later than the newest known scrobble, or a clock that ran ahead would hide new plays. If the
 * clock is known to have run ahead, it is `lateSeconds` before that scrobble.
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

/** The staged history, which is published when the chart is. */
export interface ReadHistory {
  /** In its final state. */
  readonly walk: Walk<HistoryWalkState>;
  /** True if it differs from the published history. */
  readonly isNew: boolean;
}

/** Stages the part of the history that may have changed. Throws HiddenHistory if its owner hides it. */
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
