// Walks the listening history by time, in several segments at once. Each answer is a snapshot of its window, so
// scrobbles that come and go shift nothing. Only the segments that are left must be remembered.
import type { Scrobble } from "../../model/model.ts";
import { countScrobbles, countScrobblesFrom, stageScrobbles } from "../../store/plays/scrobbles.ts";
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import { type Walk, writeWalk } from "../../store/file/listings.ts";
import { type HistoryAnswer, readNewest, divide, type Segment } from "./history-answer.ts";
import { PageSize } from "../walks/page-size.ts";
import type { Progress } from "../walks/step-run.ts";
import type { Run } from "../walks/sync-run.ts";

export interface HistoryWalkState {
  /** The first second of the walk; null: from the beginning. */
  readonly fromUts: number | null;
  readonly segments: readonly Segment[];
  /** Scrobbles staged so far. */
  readonly listed: number;
  readonly pages: number;
  /** Scrobbles that the service counts but does not list. */
  readonly missing: number;
  /** The walk was interrupted, so its last days must be read again at the end. */
  readonly isResumed: boolean;
}

const lanes = 4;

/** Reads all segments of a walk. Returns its final state. */
export async function walkHistory(
  run: Run,
  { name, playCount }: ListeningUser,
  { id: walkId, startedUts, state: from }: Walk<HistoryWalkState>,
  progress: Progress,
): Promise<HistoryWalkState> {
  const { database } = run;
  const size = new PageSize(run.services.listening.traits.pageSizes);
  const open = new Set<{ segment: Segment; isRead: boolean }>(
    from.segments.map((segment) => ({ segment, isRead: false })),
  );
  type Piece = typeof open extends Set<infer Item> ? Item : never;
  let { missing, listed, pages } = from;
  // The part before the walk is published already.
  const settled =
    from.fromUts === null ? 0 : countScrobbles(database) - countScrobblesFrom(database, from.fromUts);
  let failure: { readonly error: unknown } | null = null;
  let wake: (() => void)[] = [];

  const stateNow = (): HistoryWalkState => ({
    ...from,
    segments: [...open].map((piece) => piece.segment),
    missing,
    listed,
    pages,
  });

  function report(): void {
    const rows = settled + listed;
    const isKnown = from.fromUts !== null && [...open].every(({ segment }) => segment.remaining !== null);
    const counted = [...open].reduce((sum, { segment }) => sum + (segment.remaining ?? 0), 0);
    // The counts of divided segments are estimates. Their sum follows from the user's own count.
    const left = isKnown ? counted : Math.max(counted, playCount - rows);
    progress(rows, rows + left, pages, pages + Math.max(open.size, Math.ceil(left / size.rows)));
  }

  /** Stages the rows of the answer that belong to the piece, which may have been divided since the request. */
  function take(piece: Piece, answer: HistoryAnswer): void {
    const { fromUts, toUts } = piece.segment;
    const isDone = answer.isWhole || (fromUts !== null && answer.oldestUts < fromUts);
    const belongs = ({ uts }: Scrobble): boolean =>
      (toUts === null || uts <= toUts) &&
      (fromUts === null || uts >= fromUts) &&
      (isDone || uts > answer.oldestUts);
    const rows = [...answer.rows.filter(belongs), ...answer.misdated];
    missing += answer.missing;
    if (isDone) open.delete(piece);
    else {
      const above = answer.rows.filter((row) => row.uts > answer.oldestUts).length + answer.misdated.length;
      const left = answer.total === null ? null : Math.max(1, answer.total - above);
      const known = piece.segment.remaining;
      // After a division the answer's total includes the older part.
      const remaining =
        known === null || (left !== null && known > left) ? left : Math.max(1, known - rows.length);
      piece.segment = { ...piece.segment, toUts: answer.oldestUts, remaining };
    }
    pages += 1;
    run.write(() => {
      listed += stageScrobbles(database, rows, walkId);
      writeWalk(database, "history", { id: walkId, startedUts, state: stateNow() });
    });
    report();
  }

  function divideLargest(): Piece | undefined {
    const options = (piece: Piece) => ({
      underWay: piece.isRead ? size.rows : 0,
      pageRows: size.rows,
      firstUts: run.services.listening.traits.firstUts,
      nowUts: run.nowUts(),
    });
    const bySize = [...open].toSorted((a, b) => (b.segment.remaining ?? 0) - (a.segment.remaining ?? 0));
    for (const piece of bySize) {
      const parts = divide(piece.segment, options(piece));
      if (!parts) continue;
      piece.segment = parts.newer;
      const older: Piece = { segment: parts.older, isRead: false };
      open.add(older);
      return older;
    }
    return undefined;
  }

  async function lane(): Promise<void> {
    while (!failure) {
      const idle = [...open].find((piece) => !piece.isRead) ?? divideLargest();
      if (!idle) {
        if (open.size === 0) return;
        await new Promise<void>((resolve) => {
          wake.push(resolve);
        });
        continue;
      }
      idle.isRead = true;
      try {
        take(idle, await readNewest(run, name, idle.segment, size));
      } catch (error) {
        failure ??= { error };
      }
      idle.isRead = false;
      const waiting = wake;
      wake = [];
      for (const resolve of waiting) resolve();
    }
  }

  await Promise.all(Array.from({ length: lanes }, lane));
  if (failure) throw (failure as { readonly error: unknown }).error;
  return stateNow();
}
