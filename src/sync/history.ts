// The listening history: all of it once, then from two weeks before the last time on.
import { HiddenHistory } from "../sources/transport/failures.ts";
import type { ListeningUser } from "../sources/services.ts";
import {
  isUnchanged,
  type Publication,
  readPublication,
  writePublication,
  dropWalk,
  isWalkOf,
  newWalkId,
  readWalk,
  StagingLost,
  writeWalk,
  type Walk,
} from "../store/listings.ts";
import { noMissingRows } from "../store/missing.ts";
import { refreshLastPlayed } from "../store/links.ts";
import { refreshMatchFigures } from "../store/matches.ts";
import {
  countScrobbles,
  countScrobblesFrom,
  countUndatedAgain,
  countStagedScrobbles,
  isStagedHistoryNew,
  missingScrobbles,
  newestScrobbleUts,
  newestStagedUts,
  publishScrobbles,
  unstageScrobblesFrom,
} from "../store/scrobbles.ts";
import { clearSpins, refreshSpins } from "../store/spins.ts";
import { refuseEmpty } from "./empty-listing.ts";
import { type HistoryWalkState, walkHistory } from "./history-walk.ts";
import { relink } from "./link-scrobbles.ts";
import { judgeRemovals } from "./removals.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";

/** A walk that lies longer than this is begun again. */
const resumableSeconds = 30 * 86_400;

/** The last publication of a whole history; undefined where there is none to go on from. */
function lastComplete(run: Run): Publication | undefined {
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
  const staged = readWalk<Omit<HistoryWalkState, "listed"> & { readonly listed?: number }>(
    database,
    "history",
  );
  const age = staged ? nowUts - staged.startedUts : Number.POSITIVE_INFINITY;
  const isUsable =
    staged && age <= resumableSeconds && (staged.state.fromUts === null || staged.state.fromUts === fromUts);
  if (isUsable) {
    // Earlier versions kept no count.
    const { listed = countStagedScrobbles(database, staged.id) } = staged.state;
    return { ...staged, state: { ...staged.state, listed, isResumed: true } };
  }
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

/** Makes what was read the history, in one transaction. */
export async function publishHistory(
  run: Run,
  user: ListeningUser,
  { walk: { id: walkId, startedUts, state }, isNew }: ReadHistory,
): Promise<StepOutcome> {
  const { database } = run;
  const { fromUts, listed } = state;
  const cached = countScrobbles(database);
  const isEmptied = fromUts === null && cached > 0 && listed === 0;
  // Nothing is listed any more, and the plays still count: a fault of the service, not an emptied history.
  if (isEmptied && user.playCount > 0) throw refuseEmpty("the listening history", cached);
  const before = lastComplete(run);
  const wasHidden = readPublication(database, "history")?.detail.hidden === true;
  const staged = { walkId, fromUts };
  const rowsAfter =
    cached - countScrobblesFrom(database, fromUts) + listed - countUndatedAgain(database, staged);
  let { playCount } = user;
  const isCounted = (): boolean =>
    playCount === rowsAfter ||
    (before?.detail.playCount !== undefined &&
      playCount - before.detail.playCount === rowsAfter - (before.detail.total ?? Number.NaN));
  const askAgain = async (): Promise<void> => {
    ({ playCount } = await run.services.listening.user(user.name, run.call));
  };
  const { removes, detail, ...told } = await judgeRemovals(run, {
    rowsName: "scrobbles",
    service: run.services.listening,
    // Each answer was held against its own count when it was read.
    total: listed,
    rows: listed,
    cached,
    missing: isNew ? missingScrobbles(database, staged) : noMissingRows,
    before: before?.detail,
    witness: async () => {
      if (!isCounted()) await askAgain();
      return isCounted();
    },
  });
  // What was played while the history was read is in one answer and not in the other.
  if (fromUts === null && removes && playCount !== rowsAfter) await askAgain();
  const changes = run.write(() => {
    const found = isWalkOf(database, "history", walkId) ? countStagedScrobbles(database, walkId) : 0;
    if (found !== listed) throw new StagingLost("history", listed, found);
    const written = publishScrobbles(database, staged, { isWhole: removes });
    const rows = countScrobbles(database);
    if (removes && rows !== rowsAfter) throw new StagingLost("history", rowsAfter, rows);
    dropWalk(database, "history");
    const isHeldBack = detail.held !== undefined;
    writePublication(database, "history", {
      // What is held back is looked for again where it was missing.
      startedUts: isHeldBack && fromUts !== null && before ? before.startedUts : startedUts,
      publishedUts: run.nowUts(),
      walkedUts: fromUts === null ? startedUts : (before?.walkedUts ?? startedUts),
      detail: {
        playCount,
        total: rows,
        ...detail,
        ...(isHeldBack && fromUts === null ? { isDue: true } : {}),
      },
    });
    if (!isUnchanged(written) || wasHidden) {
      relink(database);
      refreshLastPlayed(database, { isHidden: false });
      refreshSpins(database);
      refreshMatchFigures(database);
    }
    return written;
  });
  const rows = countScrobbles(database);
  if (told.failure) return { changes, rows, ...told };
  const note =
    fromUts === null
      ? (countNote(run, playCount - rows, playCount) ?? missingNote(run, state.missing))
      : (missingNote(run, state.missing) ?? oldChangesNote(run, playCount, before));
  return { changes, rows, ...told, note };
}

function missingNote({ services }: Run, missing: number): string | null {
  return missing > 0 ? `${services.listening.name} counts ${missing} scrobbles that it doesn't list.` : null;
}

/** Someone is listening right now: answers of different moments differ by what was played in between. */
function isListening(run: Run): boolean {
  return (newestScrobbleUts(run.database) ?? 0) > run.nowUts() - 600;
}

const mostPlaysMeanwhile = 5;

/** What the user's own count says of a history that was read whole. */
function countNote(run: Run, difference: number, playCount: number): string | null {
  if (difference === 0) return null;
  if (isListening(run) && Math.abs(difference) <= mostPlaysMeanwhile) return null;
  const plays = Math.abs(difference) === 1 ? "1 play" : `${Math.abs(difference)} plays`;
  const { name } = run.services.listening;
  return difference > 0
    ? `${name} counts ${playCount} plays and lists ${playCount - difference} of them: nothing more is known of ${plays}.`
    : `${name} lists ${plays} more than the ${playCount} that it counts.`;
}

/** Plays that came or went outside of the re-read window show only in the user's own count. */
function oldChangesNote(run: Run, playCountNow: number, before: Publication | undefined): string | null {
  const { playCount, total } = before?.detail ?? {};
  if (playCount === undefined || total === undefined) return null;
  const unexplained = playCountNow - playCount - (countScrobbles(run.database) - total);
  if (unexplained === 0) return null;
  if (isListening(run)) return null;
  const plays = Math.abs(unexplained) === 1 ? "1 play" : `${Math.abs(unexplained)} plays`;
  const what = unexplained > 0 ? "has gained" : "has lost";
  return `The listening history ${what} ${plays} from more than two weeks ago. To reread it: rewind sync --full`;
}

/** What was known of last plays is stale from now on, so it is no longer told. */
export function noteHidden(run: Run, { username }: { readonly username: string }): StepOutcome {
  const { database } = run;
  const { name, traits } = run.services.listening;
  run.write(() => {
    const staged = readWalk(database, "history");
    if (staged === undefined || countStagedScrobbles(database, staged.id) === 0)
      dropWalk(database, "history");
    const before = readPublication(database, "history");
    writePublication(database, "history", {
      startedUts: before?.startedUts ?? 0,
      walkedUts: before?.walkedUts ?? 0,
      publishedUts: run.nowUts(),
      detail: { ...before?.detail, hidden: true },
    });
    refreshLastPlayed(database, { isHidden: true });
    clearSpins(database);
    refreshMatchFigures(database);
  });
  return {
    status: "hidden",
    rows: countScrobbles(database),
    note:
      `${username} hides the listening history on ${name}: last plays are unknown. ` +
      `To show it, ${traits.unhide}, then run: rewind sync`,
  };
}

export function isHidden(error: unknown): error is HiddenHistory {
  return error instanceof HiddenHistory;
}
