// Days, weeks, months, quarters and years in the computer's time zone, and their plays. A new unit is a row here.
import { toIsoDay, computeDayStart, daySeconds, padTwoDigits } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import type { ClosedPeriod, Period } from "../conditions/period.ts";
import { readPlaysUpdatedUts, readSyncedUts } from "./readiness.ts";

interface Unit {
  /** The start of the unit that contains the moment, or of a later one. */
  readonly start: (moment: Date, later: number) => number;
  readonly name: (start: Date) => string;
}

const createMonthUnit = (count: number, name: Unit["name"]): Unit => ({
  start: (moment, later) =>
    computeDayStart(moment.getFullYear(), (Math.floor(moment.getMonth() / count) + later) * count, 1),
  name,
});

const createDayUnit = (count: number): Unit => ({
  start: (moment, later) => {
    // Weeks begin on Monday.
    const sinceStart = ((moment.getDay() + 6) % 7) % count;
    return computeDayStart(
      moment.getFullYear(),
      moment.getMonth(),
      moment.getDate() - sinceStart + later * count,
    );
  },
  name: (start) => toIsoDay(start.getTime() / 1000),
});

const units = {
  day: createDayUnit(1),
  week: { ...createDayUnit(7), name: formatWeek },
  month: createMonthUnit(1, (start) => `${start.getFullYear()}-${padTwoDigits(start.getMonth() + 1)}`),
  quarter: createMonthUnit(3, (start) => `${start.getFullYear()}-Q${start.getMonth() / 3 + 1}`),
  year: createMonthUnit(12, (start) => String(start.getFullYear())),
} as const satisfies Readonly<Record<string, Unit>>;

type AnyUnit = keyof typeof units;
export const periodUnits = ["year", "quarter", "month"] as const;
export type PeriodUnit = (typeof periodUnits)[number];

export interface CalendarPeriod extends ClosedPeriod {
  /** "2025", "2025-Q1", "2025-01", "2025-W07", "2025-02-15" */
  readonly name: string;
}

/** The year and number of ISO 8601: week 1 contains the first Thursday of the year. */
function formatWeek(monday: Date): string {
  const thursday = new Date(monday.getFullYear(), monday.getMonth(), monday.getDate() + 3);
  const year = thursday.getFullYear();
  const daysBefore = (thursday.getTime() - new Date(year, 0, 1).getTime()) / (daySeconds * 1000);
  return `${year}-W${padTwoDigits(Math.floor(Math.round(daysBefore) / 7) + 1)}`;
}

/** The period that contains the moment, or one before or after it. */
export function getPeriodAt(uts: number, unit: AnyUnit, later = 0): CalendarPeriod {
  const { start, name } = units[unit];
  const moment = new Date(uts * 1000);
  // A clock that is set back past midnight repeats the end of a day after the next day has begun.
  const at = start(moment, 1) > uts ? later : later + 1;
  const fromUts = start(moment, at);
  return { name: name(new Date(fromUts * 1000)), fromUts, toUts: start(moment, at + 1) };
}

/** All periods of the span, oldest first, at most `maxCount`. The first and the last one may be longer than the span. */
export function splitIntoPeriods(unit: AnyUnit, span: ClosedPeriod, maxCount = Infinity): CalendarPeriod[] {
  const periods: CalendarPeriod[] = [];
  for (let at = span.fromUts; at < span.toUts && periods.length < maxCount;) {
    const period = getPeriodAt(at, unit);
    periods.push(period);
    at = period.toUts;
  }
  return periods;
}

function clipPeriod({ name, fromUts, toUts }: CalendarPeriod, span: Period | null): CalendarPeriod {
  return {
    name,
    fromUts: Math.max(fromUts, span?.fromUts ?? 1),
    toUts: Math.min(toUts, span?.toUts ?? Infinity),
  };
}

/** The last moment that a Date can hold, in seconds. */
const maxDateUts = 8_640_000_000_000;

/** Whole periods with plays in the span, oldest first. Two index look-ups each, without reading the plays. */
function* readPeriodsWithPlays(
  database: Database,
  unit: AnyUnit,
  span: Period | null,
): Generator<CalendarPeriod> {
  // A long history has thousands of days, so each statement is compiled once.
  const find = database
    .prepare<[number, number], number | null>("SELECT min(uts) FROM scrobble WHERE uts >= ? AND uts < ?")
    .pluck();
  const findNextPlayUts = (fromUts: number): number =>
    find.get(fromUts, span?.toUts ?? maxDateUts) ?? maxDateUts;
  for (let playUts = findNextPlayUts(Math.max(1, span?.fromUts ?? 1)); playUts < maxDateUts;) {
    const period = getPeriodAt(playUts, unit);
    yield period;
    playUts = findNextPlayUts(period.toUts);
  }
}

/** Drop empty periods if there are more, because one wrong clock can add decades of them. */
const maxEmptyPeriods = 30;

/** Oldest first, from the first play within the span to the last. The first and last period are cut at the span. */
export function readPeriodSeries(database: Database, unit: AnyUnit, span: Period | null): CalendarPeriod[] {
  const periods: CalendarPeriod[] = [];
  for (const period of readPeriodsWithPlays(database, unit, span)) {
    const fromUts = periods.at(-1)?.toUts ?? period.fromUts;
    const empty = splitIntoPeriods(unit, { fromUts, toUts: period.fromUts }, maxEmptyPeriods + 1);
    for (const each of empty.length <= maxEmptyPeriods ? [...empty, period] : [period]) periods.push(each);
  }
  return periods.map((period) => clipPeriod(period, span));
}

export interface PeriodPlays extends CalendarPeriod {
  readonly plays: number;
}

/** Returns a function that adds the plays of a period that are within the span. */
function createPlayCounter(database: Database, span: Period | null): (period: CalendarPeriod) => PeriodPlays {
  const count = database
    .prepare<[number, number], number>("SELECT count(*) FROM scrobble WHERE uts >= ? AND uts < ?")
    .pluck();
  return (period) => {
    const { fromUts, toUts } = clipPeriod(period, span);
    return { ...period, plays: count.get(fromUts, toUts) ?? 0 };
  };
}

/** Days with plays, oldest first. */
export function countPlaysByDay(database: Database, span: Period | null): PeriodPlays[] {
  return Array.from(readPeriodsWithPlays(database, "day", span), createPlayCounter(database, span));
}

/** Months of the span, oldest first. */
export function countPlaysByMonth(database: Database, span: ClosedPeriod): PeriodPlays[] {
  const maxMonths = 1200;
  return splitIntoPeriods("month", span, maxMonths).map(createPlayCounter(database, span));
}

/** The last whole months. The month of the last sync is incomplete, so it is left out. */
export function readLastMonths(database: Database, count: number): PeriodPlays[] {
  const untilUts = readPlaysUpdatedUts(database) || readSyncedUts(database);
  const fromUts = getPeriodAt(untilUts, "month", -count).fromUts;
  return countPlaysByMonth(database, { fromUts, toUts: getPeriodAt(untilUts, "month").fromUts });
}

/** Days with plays in a row. */
export interface Streak {
  readonly days: number;
  /** The first seconds of its first and its last day. */
  readonly fromUts: number;
  readonly lastUts: number;
  readonly plays: number;
}

/** `days`: those with plays. Oldest first. */
export function findStreaks(days: readonly PeriodPlays[]): Streak[] {
  const runs: Streak[] = [];
  let endUts = -1;
  for (const { fromUts, toUts, plays } of days) {
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

/** Returns the earliest of several equally long streaks; null if there is none. */
export function findLongestStreak(all: readonly Streak[]): Streak | null {
  return all.reduce<Streak | null>(
    (longest, streak) => (longest === null || streak.days > longest.days ? streak : longest),
    null,
  );
}
