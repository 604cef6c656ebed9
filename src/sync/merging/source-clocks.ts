// How far the clocks of the sources were apart, quarter by quarter.
import { findClockOffsets, offsetAt } from "../../merge/clock-offsets.ts";
import type { FoundOffsets } from "../../model/listening-sources.ts";
import type { Database } from "../../store/file/database.ts";
import { clockReader, listeningSourceId, writeClock } from "../../store/plays/merged-plays.ts";
import { isImported, type RowsOf, type SourceRow } from "./quarter-rows.ts";

type Clocks = ReadonlyMap<number, FoundOffsets>;

const noClock: FoundOffsets = { offsets: [], certain: [] };

/** The rows on the clock that all sources share: that of Last.fm, which imported rows have anyway. */
export function onSharedClock(rows: readonly SourceRow[], { offsets }: FoundOffsets): readonly SourceRow[] {
  if (offsets.length === 0) return rows;
  return rows.map((row) => (isImported(row) ? row : { ...row, uts: row.uts - offsetAt(offsets, row.uts) }));
}

/**
 * Computes the clocks of the sources for the quarters that are due, and for their neighbours if a quarter's own plays prove
 * something new. `sourceIds` are in the order in which the sources are merged.
 */
export function sourceClocks(
  database: Database,
  sourceIds: readonly number[],
  quartersDue: ReadonlySet<number>,
  rowsOf: RowsOf,
) {
  const storedClock = clockReader(database);
  /** Found from the plays of the quarter alone. */
  const own = new Map<number, Clocks>();
  const clocksByQuarter = new Map<number, Clocks>();

  function ownClocks(quarter: number): Clocks {
    let clocks = own.get(quarter);
    if (clocks === undefined) {
      clocks = clocksOf(sourceIds, quarter, rowsOf, () => []);
      own.set(quarter, clocks);
    }
    return clocks;
  }

  function certain(sourceId: number, quarter: number): readonly number[] {
    return quartersDue.has(quarter)
      ? (ownClocks(quarter).get(sourceId)?.certain ?? [])
      : storedClock(sourceId, quarter).certain;
  }

  function provesNews(quarter: number): boolean {
    return (
      quartersDue.has(quarter) &&
      sourceIds.some((id) => String(certain(id, quarter)) !== String(storedClock(id, quarter).certain))
    );
  }

  function isReviewed(quarter: number): boolean {
    return quartersDue.has(quarter) || provesNews(quarter - 1) || provesNews(quarter + 1);
  }

  function settledClocks(quarter: number): Clocks {
    let clocks = clocksByQuarter.get(quarter);
    if (clocks === undefined) {
      const likely = (id: number): number[] => [...certain(id, quarter - 1), ...certain(id, quarter + 1)];
      const isHelped = sourceIds.some((id) => likely(id).length > 0);
      clocks = isHelped ? clocksOf(sourceIds, quarter, rowsOf, likely) : ownClocks(quarter);
      clocksByQuarter.set(quarter, clocks);
    }
    return clocks;
  }

  const clock = (sourceId: number, quarter: number): FoundOffsets =>
    isReviewed(quarter) ? (settledClocks(quarter).get(sourceId) ?? noClock) : storedClock(sourceId, quarter);

  return {
    clock,
    /** true if a source has another clock in this quarter, or had when it was last merged. */
    isMoved: (quarter: number): boolean =>
      sourceIds.some(
        (id) => clock(id, quarter).offsets.length > 0 || storedClock(id, quarter).offsets.length > 0,
      ),
    /** Stores what was worked out. */
    write(): void {
      for (const [quarter, clocks] of clocksByQuarter) {
        for (const [id, { offsets }] of clocks) {
          const facts = { offsets, certain: certain(id, quarter) };
          if (JSON.stringify(facts) !== JSON.stringify(storedClock(id, quarter)))
            writeClock(database, id, quarter, facts);
        }
      }
    },
  };
}

function clocksOf(
  sourceIds: readonly number[],
  quarter: number,
  rowsOf: RowsOf,
  likely: (sourceId: number) => readonly number[],
): Clocks {
  const clocks = new Map<number, FoundOffsets>();
  let others: readonly SourceRow[] = sourceIds.flatMap((id) => rowsOf(id, quarter).filter(isImported));
  for (const id of sourceIds) {
    const rows = rowsOf(id, quarter).filter((row) => !isImported(row));
    const isComparable = id !== listeningSourceId && rows.length > 0 && others.length > 0;
    const clock = isComparable ? findClockOffsets(rows, others, likely(id)) : noClock;
    clocks.set(id, clock);
    if (rows.length > 0) others = [...others, ...onSharedClock(rows, clock)];
  }
  return clocks;
}
