// The months of a span and what was played in them. Months are local months.
import type { Database } from "../../store/file/database.ts";
import { spanOfYear } from "../conditions/span.ts";
import { countScrobbles, type MonthOfPlays } from "../figures/play-counts.ts";
import type { ClosedSpan } from "./recap-events.ts";

const mostMonths = 1200;

/** Of each month that the span touches, the plays within the span. */
export function monthsOf(database: Database, { fromUts, toUts }: ClosedSpan): MonthOfPlays[] {
  const first = new Date(fromUts * 1000);
  const months: MonthOfPlays[] = [];
  for (let at = 0; at < mostMonths; at += 1) {
    const start = new Date(first.getFullYear(), first.getMonth() + at, 1);
    const [year, month] = [start.getFullYear(), start.getMonth() + 1];
    const span = spanOfYear(year, month);
    if (span.fromUts >= toUts) break;
    const within = { fromUts: Math.max(fromUts, span.fromUts), toUts: Math.min(toUts, span.toUts) };
    months.push({ year, month, plays: countScrobbles(database, within) });
  }
  return months;
}
