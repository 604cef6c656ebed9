// Walks the listening history by time, in several stretches at once. Each answer is a snapshot of its window, so that
// scrobbles that come and go meanwhile shift nothing, and what is left to read is all there is to remember.
import type { Scrobble } from "../../model/model.ts";
import { countScrobbles, countScrobblesFrom, stageScrobbles } from "../../store/plays/scrobbles.ts";
import type { ListeningUser } from "../../sources/services/listening-service.ts";
import { type Walk, writeWalk } from "../../store/file/listings.ts";
import { type HistoryAnswer, readNewest, divide, type Segment } from "./history-answer.ts";
import { PageSize } from "../walks/page-size.ts";
import type { Progress, Run } from "../walks/step-run.ts";

export interface HistoryWalkState {
  /** Where the walk begins; null: at the beginning of all. */
  readonly fromUts: number | null;
  /** Stretches still to be read. */
  readonly segments: readonly Segment[];
  /** Scrobbles that were read and staged so far. */
  readonly listed: number;
  /** Pages that were read so far. */
  readonly pages: number;
  /** Scrobbles that the service counts and doesn't list. */
  readonly missing: number;
  /** The walk was interrupted: its last days must be read again when the rest is done. */
  readonly isResumed: boolean;
}

const lanes = 4;

/** Reads all segments of a walk; returns the state that it ends in. */
export async function walkHistory(
  run: Run,
  { name, playCount }: ListeningUser,
  { id: walkId, startedUts, state: from }: Walk<HistoryWalkState>,
  progress: Progress,
): Promise<HistoryWalkState> {
  const { database } = run;
  const size = new PageSize(run.services.listening);
  const open = new Set<{ segment: Segment; isRead: boolean }>(
    from.segments.map((segment) => ({ segment, isRead: false })),
  );
  type Piece = typeof open extends Set<infer Item> ? Item : never;
  let { missing, listed, pages } = from;
  // What the walk leaves alone is in the cache, and what earlier tries staged is as good as there.
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
    // What stretches hold that were divided is a guess: all together they hold what the user's own count says.
    const left = isKnown ? counted : Math.max(counted, playCount - rows);
    progress(rows, rows + left, pages, pages + Math.max(open.size, Math.ceil(left / size.rows)));
  }

  /** Takes from the answer what belongs to the piece, which may have been divided since it was asked for. */
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
      // After a division the answer's total counts the older part as well.
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
