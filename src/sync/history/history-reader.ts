// Reads the listening history: all of it once, later from two weeks before the last sync.
import type { Scrobble } from "../../model/model.ts";
import { daySeconds } from "../../model/times.ts";
import {
  type Publication,
  type Checkpoint,
  readPublication,
  readCheckpoint,
  saveCheckpoint,
} from "../../store/file/listings.ts";
import {
  countScrobblesBefore,
  isStagedHistoryNew,
  readNewestScrobbleUts,
  readNewestStagedUts,
  stageScrobbles,
  deleteStagedScrobblesFrom,
} from "../../store/plays/scrobbles.ts";
import { PageSize } from "../paging/page-size.ts";
import { openCheckpoint, runConcurrently, refuseEndless } from "../paging/read-pages.ts";
import type { Progress } from "../paging/step.ts";
import {
  divide,
  type SegmentResult,
  type ListeningRun,
  readNewest,
  type Segment,
} from "./history-segment.ts";

/** An older read is started again. */
const maxResumeSeconds = 30 * daySeconds;

/** The last publication of a whole history; undefined if there is none to continue from. */
export function findCompletePublication(run: ListeningRun): Publication | undefined {
  const publication = readPublication(run.database, "history");
  return publication && publication.fullReadUts > 0 ? publication : undefined;
}

/**
 * The publication that the last weeks add to; undefined if the whole history must be read. It must if the cache has plays
 * that the last reading of all did not list, or none with a date.
 */
function findBasePublication(run: ListeningRun): Publication | undefined {
  const last = findCompletePublication(run);
  const isWhole = run.full || last?.detail.isDue === true || readNewestScrobbleUts(run.database) === null;
  return isWhole ? undefined : last;
}

/** Returns true if only the last weeks must be read. A read over the whole history must be finished first. */
export function canReadRecentOnly(run: ListeningRun): boolean {
  const checkpoint = readCheckpoint<HistoryReadState>(run.database, "history");
  return checkpoint?.state.fromUts !== null && findBasePublication(run) !== undefined;
}

/**
 * The second from which the history may differ from what was read at `startedUts`: plays may arrive `lateSeconds`
 * late. It is never later than the newest known scrobble, or a clock that ran ahead would hide new plays. If the
 * clock is known to have run ahead, it is `lateSeconds` before that scrobble. null: none is known, so read from the
 * beginning, with scrobbles that have no date.
 */
function computeReadStart(run: ListeningRun, startedUts: number, newestUts: number | null): number | null {
  if (newestUts === null) return null;
  const { lateSeconds } = run.service.traits;
  const wasAhead = startedUts > run.nowUts();
  return Math.max(1, Math.min(startedUts - lateSeconds, wasAhead ? newestUts - lateSeconds : newestUts));
}

function openHistoryCheckpoint(run: ListeningRun): Checkpoint<HistoryReadState> {
  const { database } = run;
  const basis = findBasePublication(run);
  const fromUts = basis ? computeReadStart(run, basis.startedUts, readNewestScrobbleUts(database)) : null;
  const segments = [{ fromUts, toUts: null, remaining: null }];
  const first = { fromUts, segments, listed: 0, pages: 0, missing: 0, isResumed: false };
  const checkpoint = openCheckpoint<HistoryReadState>(
    run,
    "history",
    first,
    maxResumeSeconds,
    (state) => state.fromUts === null || state.fromUts === fromUts,
  );
  return checkpoint.state === first
    ? checkpoint
    : { ...checkpoint, state: { ...checkpoint.state, isResumed: true } };
}

/** The staged history, which is published when the chart is. */
export interface HistoryReading {
  readonly checkpoint: Checkpoint<HistoryReadState>;
  /** True if it differs from the published history. */
  readonly isNew: boolean;
}

/** Stages the part of the history that may have changed. Throws HiddenHistory if its owner hides it. */
export async function readHistory(run: ListeningRun, progress: Progress): Promise<HistoryReading> {
  const { database } = run;
  const plan = openHistoryCheckpoint(run);
  let checkpoint = { ...plan, state: await readSegments(run, plan, progress) };
  if (plan.state.isResumed) {
    const from = computeReadStart(run, plan.startedUts, readNewestStagedUts(database, plan.id));
    const fromUts = plan.state.fromUts === null ? from : Math.max(from ?? 0, plan.state.fromUts);
    const again = run.write(() => {
      const rowsListed =
        checkpoint.state.listed - deleteStagedScrobblesFrom(database, { checkpointId: plan.id, fromUts });
      const segments = [{ fromUts, toUts: null, remaining: null }];
      const shortened = { ...plan, state: { ...checkpoint.state, segments, listed: rowsListed } };
      saveCheckpoint(database, "history", shortened);
      return shortened;
    });
    checkpoint = { ...again, state: await readSegments(run, again, progress) };
  }
  const isNew = isStagedHistoryNew(database, { checkpointId: plan.id, fromUts: plan.state.fromUts });
  return { checkpoint, isNew };
}

// The history is read by time, in several segments at once. Each answer is a snapshot of its window, so scrobbles that
// come and go shift nothing. Only the segments that are left must be remembered.

interface HistoryReadState {
  /** The first second of the read; null: from the beginning. */
  readonly fromUts: number | null;
  readonly segments: readonly Segment[];
  /** Scrobbles staged so far. */
  readonly listed: number;
  readonly pages: number;
  readonly missing: number;
  /** The walk was interrupted, so its last days must be read again at the end. */
  readonly isResumed: boolean;
}

/** A segment that is being read. It becomes shorter with each answer, and when it is divided. */
interface OpenSegment {
  segment: Segment;
}

async function readSegments(
  run: ListeningRun,
  { id: checkpointId, startedUts, state: from }: Checkpoint<HistoryReadState>,
  progress: Progress,
): Promise<HistoryReadState> {
  const {
    database,
    user: { playCount },
  } = run;
  const size = new PageSize(run.service.traits.pageSizes);
  const queue = from.segments.map((segment): OpenSegment => ({ segment }));
  const open = new Set(queue);
  let { missing, listed: rowsListed, pages } = from;
  // The part before the read is published already.
  const publishedRows = countScrobblesBefore(database, from.fromUts);

  const buildState = (): HistoryReadState => ({
    ...from,
    segments: [...open].map((piece) => piece.segment),
    missing,
    listed: rowsListed,
    pages,
  });

  function report(): void {
    const rows = publishedRows + rowsListed;
    const countedRows = [...open].reduce((sum, { segment }) => sum + (segment.remaining ?? 0), 0);
    // The counts of divided segments are estimates. Their sum follows from the user's own count.
    const rowsToCome = Math.max(countedRows, from.fromUts === null ? playCount - rows : 0);
    progress(rows, rows + rowsToCome, pages, pages + Math.max(open.size, Math.ceil(rowsToCome / size.rows)));
  }

  /** Stages the rows of the answer that belong to the piece, which may have been divided since the request. */
  function stageResult(piece: OpenSegment, answer: SegmentResult): void {
    const { fromUts, toUts } = piece.segment;
    const isDone = answer.isWhole || (fromUts !== null && answer.oldestUts < fromUts);
    const isInSegment = ({ uts }: Scrobble): boolean =>
      (toUts === null || uts <= toUts) &&
      (fromUts === null || uts >= fromUts) &&
      (isDone || uts > answer.oldestUts);
    const rows = [...answer.rows.filter(isInSegment), ...answer.misdated];
    missing += answer.missing;
    if (isDone) open.delete(piece);
    else {
      const above = answer.rows.filter((row) => row.uts > answer.oldestUts).length + answer.misdated.length;
      const toCome = Math.max(1, answer.total - above);
      const estimate = piece.segment.remaining;
      // The answer's total includes the older part after a division.
      const remaining = estimate === null || estimate > toCome ? toCome : Math.max(1, estimate - rows.length);
      piece.segment = { ...piece.segment, toUts: answer.oldestUts, remaining };
    }
    pages += 1;
    run.write(() => {
      rowsListed += stageScrobbles(database, rows, checkpointId);
      saveCheckpoint(database, "history", { id: checkpointId, startedUts, state: buildState() });
    });
    const listed = publishedRows + rowsListed;
    refuseEndless("history", `the history on ${run.service.name}`, { counted: playCount, listed });
    report();
  }

  /** Returns the older half of the largest piece; undefined if no division is worth a request. */
  function divideLargest(): OpenSegment | undefined {
    const { firstUts } = run.service.traits;
    const bySize = [...open].toSorted((a, b) => (b.segment.remaining ?? 0) - (a.segment.remaining ?? 0));
    for (const piece of bySize) {
      const parts = divide(piece.segment, { pageRows: size.rows, firstUts, nowUts: run.nowUts() });
      if (!parts) continue;
      piece.segment = parts.newer;
      const older: OpenSegment = { segment: parts.older };
      open.add(older);
      return older;
    }
    return undefined;
  }

  const readNext = async (piece: OpenSegment): Promise<void> =>
    stageResult(piece, await readNewest(run, piece.segment, size));
  const getNextSegment = (): OpenSegment | undefined => queue.shift() ?? divideLargest();

  // The first answer says how much there is to divide.
  const [first, another] = queue;
  if (first && !another) await readNext(first);
  await runConcurrently(async (isOver) => {
    for (let piece = getNextSegment(); piece; piece = getNextSegment()) {
      while (open.has(piece) && !isOver()) await readNext(piece);
      if (isOver()) return;
    }
  });
  return buildState();
}
