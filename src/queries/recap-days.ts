// The days of a span on which something was played, and its months. Days are local days.
import type { Database } from "../store/database.ts";
import type { MonthOfPlays } from "./play-counts.ts";
import type { ClosedSpan } from "./recap-events.ts";

export interface RowOfDays {
  readonly days: number;
  /** The beginnings of its first and its last day. */
  readonly fromUts: number;
  readonly lastUts: number;
}

/** The most days in a row with a play each, the earliest of several; null without any. */
export function longestRow(database: Database, { fromUts, toUts }: ClosedSpan): RowOfDays | null {
  // From day to day: a year of plays is a few hundred looks at the index.
  const nextPlay = database
    .prepare<[number, number], number | null>("SELECT min(uts) FROM scrobble WHERE uts >= ? AND uts < ?")
    .pluck();
  let longest: RowOfDays | null = null;
  let row: RowOfDays = { days: 0, fromUts: 0, lastUts: 0 };
  let endUts = -Infinity;
  for (;;) {
    const uts = nextPlay.get(Math.max(fromUts, endUts), toUts) ?? null;
    if (uts === null) return longest;
    const startUts = localDayStart(uts, 0);
    row =
      startUts === endUts
        ? { ...row, days: row.days + 1, lastUts: startUts }
        : { days: 1, fromUts: startUts, lastUts: startUts };
    endUts = localDayStart(uts, 1);
    if (longest === null || row.days > longest.days) longest = row;
  }
}

function localDayStart(uts: number, daysLater: number): number {
  const date = new Date(uts * 1000);
  return Math.floor(
    new Date(date.getFullYear(), date.getMonth(), date.getDate() + daysLater).getTime() / 1000,
  );
}

const mostMonths = 1200;

/** Of each month that the span touches, the plays within the span. */
export function monthsOf(database: Database, { fromUts, toUts }: ClosedSpan): MonthOfPlays[] {
  const count = database
    .prepare<[number, number], number>("SELECT count(*) FROM scrobble WHERE uts >= ? AND uts < ?")
    .pluck();
  const first = new Date(fromUts * 1000);
  const months: MonthOfPlays[] = [];
  for (let at = 0; at < mostMonths; at += 1) {
    const start = new Date(first.getFullYear(), first.getMonth() + at, 1);
    const end = new Date(first.getFullYear(), first.getMonth() + at + 1, 1);
    if (start.getTime() / 1000 >= toUts) break;
    months.push({
      year: start.getFullYear(),
      month: start.getMonth() + 1,
      plays: count.get(Math.max(fromUts, start.getTime() / 1000), Math.min(toUts, end.getTime() / 1000)) ?? 0,
    });
  }
  return months;
}
