// Publishes the history that was read, and notes where the counts disagree.
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import {
  isUnchanged,
  type Publication,
  readPublication,
  writePublication,
  dropWalk,
  isWalkOf,
  readWalk,
  StagingLost,
  noMissingRows,
} from "../../store/file/listings.ts";
import {
  countScrobbles,
  countScrobblesFrom,
  countUndatedAgain,
  countStagedScrobbles,
  missingScrobbles,
  newestScrobbleUts,
  publishScrobbles,
} from "../../store/plays/scrobbles.ts";
import { refuseEmpty, judgeRemovals } from "../walks/removals.ts";
import { lastComplete, type ReadHistory } from "./history-reader.ts";
import type { StepOutcome } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";
import { mergePlaysOfSources, refreshPlays } from "../merging/merge-sources.ts";

/** Publishes in one transaction. */
export async function publishHistory(
  run: Run,
  user: ListeningUser,
  { walk: { id: walkId, startedUts, state }, isNew }: ReadHistory,
): Promise<StepOutcome> {
  const { database } = run;
  const { fromUts, listed: rowsListed } = state;
  const cached = countScrobbles(database);
  const isEmptied = fromUts === null && cached > 0 && rowsListed === 0;
  // The history lists nothing, but the plays still count: a fault of the service, not an emptied history.
  if (isEmptied && user.playCount > 0) throw refuseEmpty("the listening history", cached);
  const before = lastComplete(run);
  const wasHidden = readPublication(database, "history")?.detail.hidden === true;
  const stagedRows = { walkId, fromUts };
  const rowsAfter =
    cached - countScrobblesFrom(database, fromUts) + rowsListed - countUndatedAgain(database, stagedRows);
  let { playCount } = user;
  const isCounted = (): boolean =>
    playCount === rowsAfter ||
    (before?.detail.playCount !== undefined &&
      playCount - before.detail.playCount === rowsAfter - (before.detail.total ?? Number.NaN));
  const askAgain = async (): Promise<void> => {
    ({ playCount } = await run.services.listening.user(user.name, run.call));
  };
  const { removes, detail, outcome } = await judgeRemovals(run, {
    rowsName: "scrobbles",
    service: run.services.listening,
    // Each answer was checked against its own total when it was read.
    total: rowsListed,
    rows: rowsListed,
    cached,
    missing: isNew ? missingScrobbles(database, stagedRows) : noMissingRows,
    before: before?.detail,
    witness: async () => {
      if (!isCounted()) await askAgain();
      return isCounted();
    },
  });
  // A play during the reading is in one answer and not in the other.
  if (fromUts === null && removes && playCount !== rowsAfter) await askAgain();
  const changes = run.write(() => {
    const stagedCount = isWalkOf(database, "history", walkId) ? countStagedScrobbles(database, walkId) : 0;
    if (stagedCount !== rowsListed) throw new StagingLost("history", rowsListed, stagedCount);
    const rowChanges = publishScrobbles(database, stagedRows, { isWhole: removes });
    const rows = countScrobbles(database);
    if (removes && rows !== rowsAfter) throw new StagingLost("history", rowsAfter, rows);
    dropWalk(database, "history");
    const isHeldBack = detail.held !== undefined;
    writePublication(database, "history", {
      // The next sync must search again where the held rows were missing.
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
    const isMerged = mergePlaysOfSources(database);
    if (!isUnchanged(rowChanges) || wasHidden || isMerged) refreshPlays(database);
    return rowChanges;
  });
  const rows = countScrobbles(database);
  if (outcome.failure) return { changes, ...outcome };
  const note =
    fromUts === null
      ? (countNote(run, playCount - rows, playCount) ?? missingNote(run, state.missing))
      : (missingNote(run, state.missing) ?? oldChangesNote(run, playCount, before));
  return { changes, ...outcome, note };
}

function missingNote({ services }: Run, missing: number): string | null {
  return missing > 0 ? `${services.listening.name} reports ${missing} more scrobbles than it lists.` : null;
}

/** Returns true if the user is listening right now, so that answers a moment apart may differ. */
function isListening(run: Run): boolean {
  return (newestScrobbleUts(run.database) ?? 0) > run.nowUts() - 600;
}

const mostPlaysMeanwhile = 5;

function countNote(run: Run, difference: number, playCount: number): string | null {
  if (difference === 0) return null;
  if (isListening(run) && Math.abs(difference) <= mostPlaysMeanwhile) return null;
  const plays = Math.abs(difference) === 1 ? "1 play" : `${Math.abs(difference)} plays`;
  const { name } = run.services.listening;
  return difference > 0
    ? `${name} reports ${playCount} plays but lists ${playCount - difference}: ${plays} cannot be synced.`
    : `${name} lists ${plays} more than the ${playCount} it reports.`;
}

/** Plays older than the window that is read again show only in the user's count. */
function oldChangesNote(run: Run, playCountNow: number, before: Publication | undefined): string | null {
  const { playCount, total } = before?.detail ?? {};
  if (playCount === undefined || total === undefined) return null;
  const unexplained = playCountNow - playCount - (countScrobbles(run.database) - total);
  if (unexplained === 0) return null;
  if (isListening(run)) return null;
  const plays = Math.abs(unexplained) === 1 ? "1 play" : `${Math.abs(unexplained)} plays`;
  const what = unexplained > 0 ? "has gained" : "has lost";
  return `The listening history ${what} ${plays} from more than two weeks ago. To read it again: rewind sync --full`;
}

/** Removes the last plays, since they can't be updated while the history is hidden. */
export function noteHidden(run: Run, username: string): StepOutcome {
  const { database } = run;
  const { name, traits } = run.services.listening;
  run.write(() => {
    const stagedWalk = readWalk(database, "history");
    if (stagedWalk === undefined || countStagedScrobbles(database, stagedWalk.id) === 0)
      dropWalk(database, "history");
    const before = readPublication(database, "history");
    writePublication(database, "history", {
      startedUts: before?.startedUts ?? 0,
      walkedUts: before?.walkedUts ?? 0,
      publishedUts: run.nowUts(),
      detail: { ...before?.detail, hidden: true },
    });
    mergePlaysOfSources(database);
    refreshPlays(database);
  });
  return {
    status: "hidden",
    note:
      `${username} hides the listening history on ${name}: last plays are unknown. ` +
      `To show it, ${traits.unhide}, then run: rewind sync`,
  };
}
