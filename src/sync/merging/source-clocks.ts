// How far the clocks of the sources were apart, quarter by quarter.
import { findClockOffsets, getOffsetAt } from "../../merge/clock-offsets.ts";
import type { FoundOffsets } from "../../model/listening-sources.ts";
import type { Database } from "../../store/file/database.ts";
import { createClockReader, listeningSourceId, saveClock } from "../../store/plays/merged-plays.ts";
import { isImported, type ReadRows, type SourceRow } from "./quarter-rows.ts";

type Clocks = ReadonlyMap<number, FoundOffsets>;

const noClock: FoundOffsets = { offsets: [], certain: [] };

/** The rows on the clock that all sources share: that of Last.fm, which imported rows have anyway. */
export function toSharedClock(rows: readonly SourceRow[], { offsets }: FoundOffsets): readonly SourceRow[] {
  if (offsets.length === 0) return rows;
  return rows.map((row) =>
    isImported(row) ? row : { ...row, uts: row.uts - getOffsetAt(offsets, row.uts) },
  );
}

/**
 * Computes the clocks of the sources for the quarters that are due, and for their neighbours if a quarter's own plays prove
 * something new. `sourceIds` are in the order in which the sources are merged.
 */
export function createSourceClocks(
  database: Database,
  sourceIds: readonly number[],
  quartersDue: ReadonlySet<number>,
  readRows: ReadRows,
) {
  const storedClock = createClockReader(database);
  /** Found from the plays of the quarter alone. */
  const own = new Map<number, Clocks>();
  const clocksByQuarter = new Map<number, Clocks>();

  function getOwnClocks(quarter: number): Clocks {
    let clocks = own.get(quarter);
    if (clocks === undefined) {
      clocks = computeClocks(sourceIds, quarter, readRows, () => []);
      own.set(quarter, clocks);
    }
    return clocks;
  }

  function getCertainOffsets(sourceId: number, quarter: number): readonly number[] {
    return quartersDue.has(quarter)
      ? (getOwnClocks(quarter).get(sourceId)?.certain ?? [])
      : storedClock(sourceId, quarter).certain;
  }

  function hasNewOffsets(quarter: number): boolean {
    return (
      quartersDue.has(quarter) &&
      sourceIds.some(
        (id) => String(getCertainOffsets(id, quarter)) !== String(storedClock(id, quarter).certain),
      )
    );
  }

  function needsRecompute(quarter: number): boolean {
    return quartersDue.has(quarter) || hasNewOffsets(quarter - 1) || hasNewOffsets(quarter + 1);
  }

  function getFinalClocks(quarter: number): Clocks {
    let clocks = clocksByQuarter.get(quarter);
    if (clocks === undefined) {
      const getLikelyOffsets = (id: number): number[] => [
        ...getCertainOffsets(id, quarter - 1),
        ...getCertainOffsets(id, quarter + 1),
      ];
      const hasNeighbourOffsets = sourceIds.some((id) => getLikelyOffsets(id).length > 0);
      clocks = hasNeighbourOffsets
        ? computeClocks(sourceIds, quarter, readRows, getLikelyOffsets)
        : getOwnClocks(quarter);
      clocksByQuarter.set(quarter, clocks);
    }
    return clocks;
  }

  const getClock = (sourceId: number, quarter: number): FoundOffsets =>
    needsRecompute(quarter)
      ? (getFinalClocks(quarter).get(sourceId) ?? noClock)
      : storedClock(sourceId, quarter);

  return {
    clock: getClock,
    /** true if a source has another clock in this quarter, or had when it was last merged. */
    isMoved: (quarter: number): boolean =>
      sourceIds.some(
        (id) => getClock(id, quarter).offsets.length > 0 || storedClock(id, quarter).offsets.length > 0,
      ),
    /** Stores what was worked out. */
    write(): void {
      for (const [quarter, clocks] of clocksByQuarter) {
        for (const [id, { offsets }] of clocks) {
          const facts = { offsets, certain: getCertainOffsets(id, quarter) };
          if (JSON.stringify(facts) !== JSON.stringify(storedClock(id, quarter)))
            saveClock(database, id, quarter, facts);
        }
      }
    },
  };
}

function computeClocks(
  sourceIds: readonly number[],
  quarter: number,
  readRows: ReadRows,
  likely: (sourceId: number) => readonly number[],
): Clocks {
  const clocks = new Map<number, FoundOffsets>();
  let others: readonly SourceRow[] = sourceIds.flatMap((id) => readRows(id, quarter).filter(isImported));
  for (const id of sourceIds) {
    const rows = readRows(id, quarter).filter((row) => !isImported(row));
    const isComparable = id !== listeningSourceId && rows.length > 0 && others.length > 0;
    const clock = isComparable ? findClockOffsets(rows, others, likely(id)) : noClock;
    clocks.set(id, clock);
    if (rows.length > 0) others = [...others, ...toSharedClock(rows, clock)];
  }
  return clocks;
}
