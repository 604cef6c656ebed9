// Syncs the listening history. If only the last weeks are due, they are read before the album chart, because they show
// whether the chart has changed. The history is never published before the chart.
import { HiddenHistory } from "../../sources/transport/service-errors.ts";
import {
  amendPublication,
  countPublished,
  countStaged,
  deleteCheckpoint,
  isUnchanged,
  type Publication,
  readPublication,
  readCheckpoint,
  requireStaged,
  StagingLost,
  savePublication,
} from "../../store/file/listings.ts";
import {
  countScrobblesBefore,
  countUndatedAgain,
  readMissingScrobbles,
  readNewestScrobbleUts,
  publishScrobbles,
} from "../../store/plays/scrobbles.ts";
import { mergeChangedPlays, refreshPlays } from "../merging/merge-sources.ts";
import { closeCheckpoint, createEmptyListingError, judgeRemovals } from "../paging/publish-listing.ts";
import type { Progress, StepOutcome } from "../paging/step.ts";
import type { ListeningRun } from "./history-segment.ts";
import {
  canReadRecentOnly,
  findCompletePublication,
  readHistory,
  type HistoryReading,
} from "./history-reader.ts";

/**
 * Reads the history ahead of the chart if only its last weeks are due. Returns undefined if the whole history is due.
 */
export async function readAhead(
  run: ListeningRun,
): Promise<PromiseSettledResult<HistoryReading> | undefined> {
  const [ahead] = canReadRecentOnly(run) ? await Promise.allSettled([readHistory(run, () => {})]) : [];
  return ahead;
}

interface HistoryRun extends ListeningRun {
  readonly ahead: PromiseSettledResult<HistoryReading> | undefined;
  readonly hasChartFailed: boolean;
}

export async function syncHistory(run: HistoryRun, progress: Progress): Promise<StepOutcome> {
  const { ahead, hasChartFailed } = run;
  try {
    if (ahead?.status === "rejected") throw ahead.reason;
    const read = ahead?.value ?? (await readHistory(run, progress));
    // The history has plays that the cached chart does not know.
    if (read.isNew && hasChartFailed) {
      run.write(() => amendPublication(run.database, "albums", { detail: { isDue: true } }));
    }
    return await publishHistory(run, read);
  } catch (error) {
    if (error instanceof HiddenHistory) return markHistoryHidden(run);
    throw error;
  }
}

// Publishes the history that was read, and notes where the counts disagree.

/** Publishes in one transaction. */
async function publishHistory(
  run: ListeningRun,
  { checkpoint: { id: checkpointId, startedUts, state } }: HistoryReading,
): Promise<StepOutcome> {
  const { database, user } = run;
  const { fromUts, listed: rowsListed } = state;
  const cached = countPublished(database, "history");
  const isEmptied = fromUts === null && cached > 0 && rowsListed === 0;
  // The history lists nothing, but the plays still count: a fault of the service, not an emptied history.
  if (isEmptied && user.playCount > 0) {
    run.write(() => deleteCheckpoint(database, "history"));
    throw createEmptyListingError("the listening history", cached);
  }
  const before = findCompletePublication(run);
  const wasHidden = readPublication(database, "history")?.detail.hidden === true;
  const stagedRows = { checkpointId, fromUts };
  const rowsAfter =
    countScrobblesBefore(database, fromUts) + rowsListed - countUndatedAgain(database, stagedRows);
  let { playCount } = user;
  const isCounted = (): boolean =>
    playCount === rowsAfter ||
    (before?.detail.playCount !== undefined &&
      playCount - before.detail.playCount === rowsAfter - (before.detail.total ?? Number.NaN));
  const refetchPlayCount = async (): Promise<void> => {
    ({ playCount } = await run.service.fetchUser(user.name, run.call));
  };
  const { removes, detail, outcome } = await judgeRemovals(run, {
    rowsName: "scrobbles",
    service: run.service,
    // Each answer was checked against its own total when it was read.
    total: rowsListed,
    rows: rowsListed,
    cached,
    missing: readMissingScrobbles(database, stagedRows),
    before: before?.detail,
    witness: async () => {
      if (!isCounted()) await refetchPlayCount();
      return isCounted();
    },
  });
  // A play during the reading is in one answer and not in the other.
  if (fromUts === null && removes && playCount !== rowsAfter) await refetchPlayCount();
  const changes = run.write(() => {
    requireStaged(database, "history", { checkpointId }, rowsListed);
    const rowChanges = publishScrobbles(database, stagedRows, { isWhole: removes });
    const rows = countPublished(database, "history");
    if (removes && rows !== rowsAfter) throw new StagingLost("history", rowsAfter, rows);
    const isHeldBack = detail.held !== undefined;
    closeCheckpoint(run, "history", {
      // The next sync must search again where the held rows were missing.
      startedUts: isHeldBack && fromUts !== null && before ? before.startedUts : startedUts,
      fullReadUts: fromUts === null ? startedUts : (before?.fullReadUts ?? startedUts),
      detail: {
        playCount,
        total: rows,
        ...detail,
        ...(isHeldBack && fromUts === null ? { isDue: true } : {}),
      },
    });
    const isMerged = mergeChangedPlays(database);
    if (!isUnchanged(rowChanges) || wasHidden || isMerged) refreshPlays(database);
    return rowChanges;
  });
  if (outcome.failure) return { changes, ...outcome };
  const note = countNote(run, playCount, state.missing, fromUts === null ? undefined : before);
  return { changes, ...outcome, note };
}

/**
 * Says where the counts disagree. `missing`: scrobbles that the service counts but does not list. `before`: the publication
 * that this reading added to; undefined after a reading of the whole history.
 */
function countNote(
  run: ListeningRun,
  playCount: number,
  missing: number,
  before: Publication | undefined,
): string | null {
  const { name } = run.service;
  const rows = countPublished(run.database, "history");
  // While the user is listening, answers a moment apart may differ.
  const isListening = (readNewestScrobbleUts(run.database) ?? 0) > run.nowUts() - 600;
  if (before === undefined && playCount !== rows && !isListening) {
    return `${name} reports ${playCount} plays but lists ${rows}.`;
  }
  if (missing > 0) return `${name} reports ${missing} more scrobbles than it lists.`;
  if (before?.detail.playCount === undefined || isListening) return null;
  // Plays older than the window that is read again show only in the user's count.
  const newPlays = playCount - before.detail.playCount;
  return newPlays === rows - (before.detail.total ?? rows)
    ? null
    : "Plays from more than two weeks ago were added or removed. To read them: rewind sync --full";
}

/** Removes the last plays, since they can't be updated while the history is hidden. */
function markHistoryHidden(run: ListeningRun): StepOutcome {
  const { database } = run;
  const { name, traits } = run.service;
  run.write(() => {
    const checkpoint = readCheckpoint(database, "history");
    if (checkpoint && countStaged(database, "history", { checkpointId: checkpoint.id }) === 0)
      deleteCheckpoint(database, "history");
    const before = readPublication(database, "history");
    const detail = { ...before?.detail, hidden: true };
    const publication = { startedUts: 0, fullReadUts: 0, ...before, publishedUts: run.nowUts(), detail };
    savePublication(database, "history", publication);
    mergeChangedPlays(database);
    refreshPlays(database);
  });
  return {
    status: "hidden",
    note:
      `${run.user.name} hides the listening history on ${name}: last plays are unknown. ` +
      `To show it, ${traits.unhide}, then run: rewind sync`,
  };
}
