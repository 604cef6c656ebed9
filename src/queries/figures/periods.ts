// Days, weeks, months, quarters and years in the computer's time zone, and their plays. A new unit is a row here.
import { dateOfDay, dayStart, daySeconds, twoDigits } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { plain, valueOf } from "../../store/file/sql.ts";
import { within, type ClosedSpan, type Span } from "../conditions/span.ts";
import { countScrobbles } from "./play-counts.ts";
import { playsReadUts, syncedUts } from "./readiness.ts";

interface Unit {
  /** The start of the unit that contains the moment, or of a later one. */
  readonly start: (moment: Date, later: number) => number;
  readonly name: (start: Date) => string;
}

const months = (count: number, name: Unit["name"]): Unit => ({
  start: (moment, later) =>
    dayStart(moment.getFullYear(), (Math.floor(moment.getMonth() / count) + later) * count, 1),
  name,
});

const days = (count: number): Unit => ({
  start: (moment, later) => {
    // Weeks begin on Monday.
    const sinceStart = ((moment.getDay() + 6) % 7) % count;
    return dayStart(moment.getFullYear(), moment.getMonth(), moment.getDate() - sinceStart + later * count);
  },
  name: (start) => dateOfDay(start.getTime() / 1000),
});

const units = {
  day: days(1),
  week: { ...days(7), name: weekName },
  month: months(1, (start) => `${start.getFullYear()}-${twoDigits(start.getMonth() + 1)}`),
  quarter: months(3, (start) => `${start.getFullYear()}-Q${start.getMonth() / 3 + 1}`),
  year: months(12, (start) => String(start.getFullYear())),
} as const satisfies Readonly<Record<string, Unit>>;

type AnyUnit = keyof typeof units;
export const periodUnits = ["year", "quarter", "month"] as const;
export type PeriodUnit = (typeof periodUnits)[number];

export interface Period extends ClosedSpan {
  /** "2025", "2025-Q1", "2025-01", "2025-W07", "2025-02-15" */
  readonly name: string;
}

/** The year and number of ISO 8601: week 1 contains the first Thursday of the year. */
function weekName(monday: Date): string {
  const thursday = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 3);
  const year = thursday.getFullYear();
  const daysBefore = (thursday.getTime() - new Date(year, 0, 1).getTime()) / (daySeconds * 1000);
  return `${year}-W${twoDigits(Math.floor(Math.round(daysBefore) / 7) + 1)}`;
}

/** The period that contains the moment, or one before or after it. */
export function periodOf(uts: number, unit: AnyUnit, later = 0): Period {
  const { start, name } = units[unit];
  const moment = new Date(uts * 1000);
  // A clock that is set back past midnight repeats the end of a day after the next day has begun.
  const at = start(moment, 1) > uts ? later : later + 1;
  const fromUts = start(moment, at);
  return { name: name(new Date(fromUts * 1000)), fromUts, toUts: start(moment, at + 1) };
}

/** All periods of the span, oldest first, at most `most`. The first and the last one may be longer than the span. */
export function periodsIn(unit: AnyUnit, span: ClosedSpan, most = Infinity): Period[] {
  const periods: Period[] = [];
  for (let at = span.fromUts; at < span.toUts && periods.length < most;) {
    const period = periodOf(at, unit);
    periods.push(period);
    at = period.toUts;
  }
  return periods;
}

function cutAt({ name, fromUts, toUts }: Period, span: Span | null): Period {
  return {
    name,
    fromUts: Math.max(fromUts, span?.fromUts ?? 1),
    toUts: Math.min(toUts, span?.toUts ?? Infinity),
  };
}

/** The last moment that a Date can hold, in seconds. */
const lastUts = 8_640_000_000_000;

/** Whole periods with plays in the span, oldest first. Two index look-ups each, without reading the plays. */
function* periodsWithPlays(database: Database, unit: AnyUnit, span: Span | null): Generator<Period> {
  const nextPlay = (fromUts: number): number =>
    valueOf(database, lastUts)`
      SELECT min(uts) FROM scrobble WHERE uts >= ${fromUts} AND ${within(plain("uts"), span)}`;
  for (let playUts = nextPlay(1); playUts < lastUts;) {
    const period = periodOf(playUts, unit);
    yield period;
    playUts = nextPlay(period.toUts);
  }
}

/** Drop empty periods if there are more, because one wrong clock can add decades of them. */
const mostEmpty = 30;

/** Oldest first, from the first play within the span to the last. The first and last period are cut at the span. */
export function playedPeriods(database: Database, unit: AnyUnit, span: Span | null): Period[] {
  const periods: Period[] = [];
  for (const period of periodsWithPlays(database, unit, span)) {
    const fromUts = periods.at(-1)?.toUts ?? period.fromUts;
    const empty = periodsIn(unit, { fromUts, toUts: period.fromUts }, mostEmpty + 1);
    for (const each of empty.length <= mostEmpty ? [...empty, period] : [period]) periods.push(each);
  }
  return periods.map((period) => cutAt(period, span));
}

export interface PeriodOfPlays extends Period {
  readonly plays: number;
}

/** Adds the plays of the period that are within the span. */
function withPlays(database: Database, period: Period, span: Span | null): PeriodOfPlays {
  return { ...period, plays: countScrobbles(database, cutAt(period, span)) };
}

/** Days with plays, oldest first. */
export function playsByDay(database: Database, span: Span | null): PeriodOfPlays[] {
  return Array.from(periodsWithPlays(database, "day", span), (day) => withPlays(database, day, span));
}

/** Months of the span, oldest first. */
export function playsByMonth(database: Database, span: ClosedSpan): PeriodOfPlays[] {
  const mostMonths = 1200;
  return periodsIn("month", span, mostMonths).map((month) => withPlays(database, month, span));
}

/** The last whole months. The month of the last sync is incomplete, so it is left out. */
export function lastMonths(database: Database, count: number): PeriodOfPlays[] {
  const untilUts = playsReadUts(database) || syncedUts(database);
  const fromUts = periodOf(untilUts, "month", -count).fromUts;
  return playsByMonth(database, { fromUts, toUts: periodOf(untilUts, "month").fromUts });
}

/** Days with plays in a row. */
export interface Streak {
  readonly days: number;
  /** The first seconds of its first and its last day. */
  readonly fromUts: number;
  readonly lastUts: number;
  readonly plays: number;
}

/** Oldest first. */
export function streaks(database: Database, span: Span | null): Streak[] {
  const runs: Streak[] = [];
  let endUts = -1;
  for (const { fromUts, toUts, plays } of playsByDay(database, span)) {
    const last = endUts === fromUts ? runs.pop() : undefined;
    runs.push({
      days: (last?.days ?? 0) + 1,
      fromUts: last?.fromUts ?? fromUts,
      lastUts: fromUts,
      plays: (last?.plays ?? 0) + plays,
    });
    endUts = toUts;
  }
  return runs;
}

/** Of several equally long streaks, the earliest. null if there is none. */
export function longestStreak(all: readonly Streak[]): Streak | null {
  return all.reduce<Streak | null>(
    (longest, streak) => (longest === null || streak.days > longest.days ? streak : longest),
    null,
  );
}
