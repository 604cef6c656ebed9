// How far the clocks of the sources were apart, quarter by quarter.
import { findClockOffsets, offsetAt } from "../../merge/clock-offsets.ts";
import { clockReader, clockWriter, type QuarterClock } from "../../store/plays/merged-plays.ts";
import type { Database } from "../../store/file/database.ts";
import type { SourceRow } from "./quarter-rows.ts";

type RowsOf = (sourceId: number, quarter: number) => readonly SourceRow[];

const noClock: QuarterClock = { offsets: [], certain: [] };

/** The rows on the clock that all sources share. */
export function onSharedClock(rows: readonly SourceRow[], { offsets }: QuarterClock): readonly SourceRow[] {
  if (offsets.length === 0) return rows;
  return rows.map((row) => ({ ...row, uts: row.uts - offsetAt(offsets, row.uts) }));
}

/**
 * Works out the clocks of the sources for the quarters that are due and stores them. Returns the quarters whose plays must be
 * merged again. `sourceIds`: in the order in which they are merged.
 */
export function refreshClocks(
  database: Database,
  sourceIds: readonly number[],
  due: readonly number[],
  rowsOf: RowsOf,
): Set<number> {
  const stored = clockReader(database);
  const write = clockWriter(database);
  const own = new Map<number, ReadonlyMap<number, QuarterClock>>();
  const affected = new Set(due);
  const reviewed = new Set(due);
  for (const quarter of due) {
    const found = clocksOf(sourceIds, quarter, rowsOf, () => []);
    own.set(quarter, found);
    const isNew = sourceIds.some(
      (id) => JSON.stringify(found.get(id)?.certain ?? []) !== JSON.stringify(stored(id, quarter).certain),
    );
    if (isNew) for (const beside of [quarter - 1, quarter + 1]) reviewed.add(beside);
  }
  const certainIn = (id: number, quarter: number): readonly number[] =>
    own.has(quarter) ? (own.get(quarter)?.get(id)?.certain ?? []) : stored(id, quarter).certain;
  const results: [id: number, quarter: number, clock: QuarterClock][] = [];
  for (const quarter of reviewed) {
    const likely = (id: number): number[] => [...certainIn(id, quarter - 1), ...certainIn(id, quarter + 1)];
    const isHelped = sourceIds.some((id) => likely(id).length > 0);
    const found =
      isHelped || !own.has(quarter) ? clocksOf(sourceIds, quarter, rowsOf, likely) : own.get(quarter);
    for (const id of sourceIds) {
      const offsets = found?.get(id)?.offsets ?? [];
      const before = stored(id, quarter);
      const isMoved = offsets.length > 0 || before.offsets.length > 0;
      if (isMoved) for (const moved of [quarter - 1, quarter, quarter + 1]) affected.add(moved);
      results.push([id, quarter, { offsets, certain: certainIn(id, quarter) }]);
    }
  }
  for (const [id, quarter, clock] of results) {
    if (JSON.stringify(clock) !== JSON.stringify(stored(id, quarter))) write(id, quarter, clock);
  }
  return affected;
}

function clocksOf(
  sourceIds: readonly number[],
  quarter: number,
  rowsOf: RowsOf,
  likely: (sourceId: number) => readonly number[],
): ReadonlyMap<number, QuarterClock> {
  const clocks = new Map<number, QuarterClock>();
  let others: readonly SourceRow[] = [];
  for (const id of sourceIds) {
    const rows = rowsOf(id, quarter);
    const isComparable = rows.length > 0 && others.length > 0;
    const clock = isComparable ? findClockOffsets(rows, others, likely(id)) : noClock;
    clocks.set(id, clock);
    if (rows.length > 0) others = [...others, ...onSharedClock(rows, clock)];
  }
  return clocks;
}
