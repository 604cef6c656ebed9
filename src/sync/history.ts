// The listening history: all of it once, then from two weeks before the last time on.
import { HiddenHistory } from "../sources/failures.ts";
import type { LastfmUser } from "../sources/services.ts";
import { isUnchanged } from "../store/changes.ts";
import { transact } from "../store/database.ts";
import { refreshLastPlayed } from "../store/links.ts";
import { refreshMatchPlays } from "../store/matches.ts";
import type { Publication } from "../store/publications.ts";
import { readPublication, writePublication } from "../store/publications.ts";
import {
  countScrobbles,
  countStagedScrobbles,
  isStagedHistoryNew,
  newestScrobbleUts,
  newestStagedUts,
  publishScrobbles,
  unstageScrobblesFrom,
} from "../store/scrobbles.ts";
import { clearSpins, refreshSpins } from "../store/spins.ts";
import { dropWalk, readWalk, writeWalk } from "../store/walks.ts";
import { refuseEmpty } from "./empty-listing.ts";
import type { HistoryState } from "./history-walk.ts";
import { walkHistory } from "./history-walk.ts";
import { relink } from "./link-scrobbles.ts";
import type { Progress, Run, StepOutcome } from "./run.ts";

/** Clients submit what was played without a network up to two weeks late. */
const lateSeconds = 14 * 86_400;

/** A walk that lies longer than this is begun again. */
const resumableSeconds = 30 * 86_400;

interface Plan {
  readonly startedUts: number;
  readonly state: HistoryState;
}

/** The last publication of a whole history; undefined where there is none to go on from. */
function lastComplete(run: Run): Publication | undefined {
  const published = readPublication(run.database, "history");
  return published && published.walkedUts > 0 ? published : undefined;
}

/** Whether little of the history is to be read: it was read whole before, and no walk over all of it is under way. */
export function isHistoryShort(run: Run): boolean {
  const staged = readWalk<HistoryState>(run.database, "history");
  const isWalking = staged !== undefined && staged.state.fromUts === null;
  return !run.full && !isWalking && lastComplete(run) !== undefined;
}

/**
 * From where on the history may differ from what was read at `startedUts`: two weeks before. Never later than the
 * newest scrobble known then, or a clock that ran ahead would hide all that comes; and two weeks before that where
 * the clock is known to have run ahead.
 */
function lateFrom(startedUts: number, newestUts: number | null, nowUts: number): number {
  if (newestUts === null) return 1;
  const wasAhead = startedUts > nowUts;
  return Math.max(1, Math.min(startedUts - lateSeconds, wasAhead ? newestUts - lateSeconds : newestUts));
}

function planWalk(run: Run): Plan {
  const { database } = run;
  const nowUts = run.nowUts();
  const complete = run.full ? undefined : lastComplete(run);
  const fromUts = complete ? lateFrom(complete.startedUts, newestScrobbleUts(database), nowUts) : null;
  const staged = readWalk<HistoryState>(database, "history");
  const age = staged ? nowUts - staged.startedUts : Number.POSITIVE_INFINITY;
  const isUsable =
    staged && age <= resumableSeconds && (staged.state.fromUts === null || staged.state.fromUts === fromUts);
  if (isUsable) return { startedUts: staged.startedUts, state: { ...staged.state, isResumed: true } };
  const state: HistoryState = {
    fromUts,
    segments: [{ fromUts, toUts: null, remaining: null }],
    missing: 0,
    isResumed: false,
  };
  transact(database, () => {
    dropWalk(database, "history");
    writeWalk(database, "history", { startedUts: nowUts, state });
  });
  return { startedUts: nowUts, state };
}

/** What was read of the history and is staged, to be published when the chart is. */
export interface ReadHistory {
  readonly plan: Plan;
  readonly missing: number;
  /** Whether it differs from what is cached. */
  readonly isNew: boolean;
}

/** Reads what is due of the history into staging. Throws HiddenHistory where its owner hides it. */
export async function readHistory(run: Run, username: string, progress: Progress): Promise<ReadHistory> {
  const { database } = run;
  const plan = planWalk(run);
  let missing = await walkHistory(run, username, plan.startedUts, plan.state, progress);
  if (plan.state.isResumed) {
    const from = lateFrom(plan.startedUts, newestStagedUts(database), run.nowUts());
    const fromUts = plan.state.fromUts === null ? from : Math.max(from, plan.state.fromUts);
    const state: HistoryState = {
      ...plan.state,
      segments: [{ fromUts, toUts: null, remaining: null }],
      missing,
      isResumed: true,
    };
    transact(database, () => {
      unstageScrobblesFrom(database, fromUts);
      writeWalk(database, "history", { startedUts: plan.startedUts, state });
    });
    missing = await walkHistory(run, username, plan.startedUts, state, progress);
  }
  const { fromUts } = plan.state;
  const isNew = isStagedHistoryNew(database, fromUts ?? Number.MIN_SAFE_INTEGER);
  return { plan, missing, isNew };
}

/** Makes what was read the history, in one transaction. */
export function publishHistory(run: Run, user: LastfmUser, { plan, missing }: ReadHistory): StepOutcome {
  const { database } = run;
  const cached = countScrobbles(database);
  const isEmptied = plan.state.fromUts === null && cached > 0 && countStagedScrobbles(database) === 0;
  // Nothing is listed any more, and the plays still count: a fault of the service, not an emptied history.
  if (isEmptied && user.playCount > 0) throw refuseEmpty("the listening history", cached);
  const before = lastComplete(run);
  const wasHidden = readPublication(database, "history")?.detail.hidden === true;
  const { fromUts } = plan.state;
  const changes = transact(database, () => {
    const written = publishScrobbles(database, fromUts);
    dropWalk(database, "history");
    writePublication(database, "history", {
      startedUts: plan.startedUts,
      publishedUts: run.nowUts(),
      walkedUts: fromUts === null ? plan.startedUts : (before?.walkedUts ?? plan.startedUts),
      detail: { playCount: user.playCount, total: countScrobbles(database) },
    });
    if (!isUnchanged(written) || wasHidden) {
      relink(database);
      refreshLastPlayed(database, { isHidden: false });
      refreshSpins(database);
      refreshMatchPlays(database);
    }
    return written;
  });
  const note = missingNote(missing) ?? (fromUts === null ? null : oldChangesNote(run, user, before));
  return { changes, rows: countScrobbles(database), note };
}

function missingNote(missing: number): string | null {
  return missing > 0 ? `Last.fm counts ${missing} scrobbles that it doesn't list.` : null;
}

/** Plays that came or went outside of the re-read window show only in the user's own count. */
function oldChangesNote(run: Run, user: LastfmUser, before: Publication | undefined): string | null {
  const { playCount, total } = before?.detail ?? {};
  if (playCount === undefined || total === undefined) return null;
  const unexplained = user.playCount - playCount - (countScrobbles(run.database) - total);
  if (unexplained === 0) return null;
  const newest = newestScrobbleUts(run.database) ?? 0;
  // Someone is listening right now: the two answers are of different moments.
  if (newest > run.nowUts() - 600) return null;
  const plays = Math.abs(unexplained) === 1 ? "1 play" : `${Math.abs(unexplained)} plays`;
  const what = unexplained > 0 ? "has gained" : "has lost";
  return `The listening history ${what} ${plays} of more than two weeks ago. To read it all again: rewind sync --full`;
}

/** What was known of last plays is stale from now on, so it is no longer told. */
export function noteHidden(run: Run, { username }: { readonly username: string }): StepOutcome {
  const { database } = run;
  transact(database, () => {
    if (countStagedScrobbles(database) === 0) dropWalk(database, "history");
    const before = readPublication(database, "history");
    writePublication(database, "history", {
      startedUts: before?.startedUts ?? 0,
      walkedUts: before?.walkedUts ?? 0,
      publishedUts: run.nowUts(),
      detail: { ...before?.detail, hidden: true },
    });
    refreshLastPlayed(database, { isHidden: true });
    clearSpins(database);
    refreshMatchPlays(database);
  });
  return {
    status: "hidden",
    rows: countScrobbles(database),
    note:
      `${username} hides the listening history on Last.fm: when something was last played is unknown. ` +
      `To show it, turn off "Hide recent listening information" in Last.fm's privacy settings, then run: rewind sync`,
  };
}

export function isHidden(error: unknown): error is HiddenHistory {
  return error instanceof HiddenHistory;
}
