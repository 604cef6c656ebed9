// Time spans as users type them: "2024", "2024-06..", "90d", "..1y", "last-month". Days are local days, so a day may
// have 23 or 25 hours. Weeks begin on Monday.
import { UsageError } from "../../model/errors.ts";
import { computeDayStart, countDaysInMonth } from "../../model/times.ts";
import { rawSql, sql, type Sql } from "../../store/file/sql.ts";
import { listRangeSpellings, suggestRange } from "./range.ts";

export interface Period {
  /** Unix seconds, included. null: no start. */
  readonly fromUts: number | null;
  /** Unix seconds, excluded. null: no end. */
  readonly toUts: number | null;
}

/** A span with a start and an end. */
export interface ClosedPeriod extends Period {
  readonly fromUts: number;
  readonly toUts: number;
}

/** A weekday is the latest one, today included. */
const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
const monthNames = [
  "january",
  "february",
  "march",
  "april",
  "may",
  "june",
  "july",
  "august",
  "september",
  "october",
  "november",
  "december",
] as const;
/** The current day, week, month, quarter or year, or one that many before it. */
const namedUnits = {
  today: ["day", 0],
  yesterday: ["day", 1],
  "this-week": ["week", 0],
  "last-week": ["week", 1],
  "this-month": ["month", 0],
  "last-month": ["month", 1],
  "this-quarter": ["quarter", 0],
  "last-quarter": ["quarter", 1],
  "this-year": ["year", 0],
  ytd: ["year", 0],
  "last-year": ["year", 1],
} as const;
/** Periods that end yesterday, since today is not over. */
const rollingPeriods = { week: [7, "d"], month: [1, "mo"], year: [1, "y"] } as const;
const unitNames = Object.keys(namedUnits);
export const namedDays = [...unitNames.slice(0, 2), ...weekdays];
export const namedPeriods = [
  ...namedDays,
  ...unitNames.slice(2),
  ...Object.keys(rollingPeriods),
  ...monthNames,
];

/** Parses calendar spans, ages counted back from the start of today, and ranges of both. Throws UsageError. */
export function parsePeriod(flag: string, text: string, nowUts: number): Period {
  const parsePart = (part: string): ClosedPeriod => {
    const point = parsePeriodPart(part, nowUts);
    if (point !== undefined) return point;
    refuseMissingDay(part, {
      before: `${flag} takes a span of time, but `,
      hint: "Dates: 2026-03-13, 2026-03, 13.3.2026",
    });
    throw new UsageError(
      `${flag} takes a span of time, not ${JSON.stringify(text.slice(0, 40))}`,
      suggestAge(flag, text) ??
        suggestRange(flag, listRangeSpellings(text, /[12]\d{3}(?:-\d\d){0,2}/), (meant) =>
          parsePeriod(flag, meant, nowUts),
        ) ??
        "Dates: 2024, 2024-06, 2024-Q2, 2024-06-01, 2024-06.., ..2023, 2020..2023, week, last-month, june, ytd\nBack from today: 90d, 12w, 6mo, 1y; before that: ..1y",
    );
  };
  const dots = text.indexOf("..");
  if (dots === -1) {
    const { fromUts, toUts } = parsePart(text);
    return { fromUts, toUts: toUts === fromUts ? null : toUts };
  }
  const first = text.slice(0, dots);
  const last = text.slice(dots + 2);
  const span = {
    fromUts: first === "" ? null : parsePart(first).fromUts,
    toUts: last === "" ? null : parsePart(last).toUts,
  };
  if (span.fromUts === null && span.toUts === null) return parsePart("");
  if (span.fromUts !== null && span.toUts !== null && span.fromUts >= span.toUts) {
    throw new UsageError(`${flag} ${text} ends before it begins`, `Did you mean ${flag} ${last}..${first}?`);
  }
  return span;
}

/** A hint for an age with another name of its unit: "6m", "2 years". Undefined if the text is no age. */
export function suggestAge(flag: string, text: string): string | undefined {
  const [, count, unit] = /^(\d{1,4})[ -]?([dwmy])[a-z]*$/.exec(text.toLowerCase()) ?? [];
  return unit === undefined ? undefined : `Did you mean ${flag} ${count}${unit === "m" ? "mo" : unit}?`;
}

/** Throws UsageError for a date of the right form that no calendar has: 2026-02-30. */
export function refuseMissingDay(
  text: string,
  { before = "", hint }: { readonly before?: string; readonly hint: string },
): void {
  const date = parseDateNumbers(text);
  if (date === null || parsePeriodPart(text, 0) !== undefined) return;
  const unit = date.day === null ? "month" : "day";
  throw new UsageError(`${before}there is no ${unit} ${text}`, hint);
}

/** A span of plays: one that begins in the future is an error. */
export function parsePlayPeriod(flag: string, text: string, nowUts: number): Period {
  const span = parsePeriod(flag, text, nowUts);
  if ((span.fromUts ?? 0) > nowUts)
    throw new UsageError(`${text} is in the future`, "Try: this-month, or 1y");
  return span;
}

/** Returns undefined if the text names no span. */
export function tryParsePeriod(text: string, nowUts: number): Period | undefined {
  try {
    return parsePeriod("", text, nowUts);
  } catch (error) {
    if (error instanceof UsageError) return undefined;
    throw error;
  }
}

/** Joins words into a span that needs no quotes after --during: "last month" becomes "last-month". */
export function joinPeriodWords(words: readonly string[]): string {
  return words.join(" ").trim().replaceAll(/\s+/g, "-");
}

/** `month`: 1 to 12, or null for the whole year. */
export function getYearPeriod(year: number, month: number | null): ClosedPeriod {
  return month === null ? getUnitPeriod("year", year) : getUnitPeriod("month", year, month - 1);
}

/** The whole days before today: seven, or those of a month or a year. */
export function getRollingPeriod(name: keyof typeof rollingPeriods, nowUts: number): ClosedPeriod {
  const [count, unit] = rollingPeriods[name];
  return { fromUts: computeDayAgo(nowUts, count, unit), toUts: computeDayAgo(nowUts, 0, "d") };
}

export function getMonthPeriod(nowUts: number): ClosedPeriod {
  const now = new Date(nowUts * 1000);
  return getUnitPeriod("month", now.getFullYear(), now.getMonth());
}

/** The same local day in an earlier year; null: that year has no 29 February. */
export function getDayYearsAgo(nowUts: number, years: number): ClosedPeriod | null {
  const now = new Date(nowUts * 1000);
  const [year, month, day] = [now.getFullYear() - years, now.getMonth(), now.getDate()];
  return day > countDaysInMonth(year, month) ? null : getUnitPeriod("day", year, month, day);
}

/** `time`: unix seconds. NULL and 0 (no date) are in no span. Everything is in the span null. */
export function buildPeriodSql(time: Sql, span: Period | null): Sql {
  if (span === null) return rawSql("true");
  return sql`(${time} >= ${span.fromUts ?? 1} AND ${time} < ${span.toUts ?? Number.MAX_SAFE_INTEGER})`;
}

/** An unknown time (null) is in no span. */
export function isInPeriods(uts: number | null, spans: readonly Period[]): boolean {
  return (
    uts !== null &&
    spans.some(({ fromUts, toUts }) => uts >= (fromUts ?? -Infinity) && uts < (toUts ?? Infinity))
  );
}

/** A part of the calendar, or a moment some days, weeks, months or years ago, where `fromUts` equals `toUts`. */
function parsePeriodPart(typed: string, nowUts: number): ClosedPeriod | undefined {
  const text = joinPeriodWords([typed]).toLowerCase();
  const age = /^(\d{1,4})(d|w|mo|y)$/.exec(text);
  if (age !== null) {
    const uts = computeDayAgo(nowUts, Number(age[1]), age[2] ?? "");
    return { fromUts: uts, toUts: uts };
  }
  const point = parseNamedPeriod(text, nowUts);
  if (point !== undefined) return point;
  const date = parseDateNumbers(text);
  if (date === null) return undefined;
  const { year, month, day } = date;
  if (month !== null && (month < 0 || month > 11)) return undefined;
  if (day !== null && (day < 1 || day > countDaysInMonth(year, month ?? 0))) return undefined;
  if (day !== null) return getUnitPeriod("day", year, month ?? 0, day);
  return month === null ? getUnitPeriod("year", year) : getUnitPeriod("month", year, month);
}

/** The numbers of "2026", "2026-03", "2026-03-13" and "13.3.2026", in range or not. `month`: 0 to 11. */
function parseDateNumbers(text: string): { year: number; month: number | null; day: number | null } | null {
  const [, first, second, third] = /^(\d{1,2})\.(\d{1,2})\.([12]\d{3})$/.exec(text) ?? [];
  const dotted = third === undefined ? undefined : [third, second, first];
  const [year, month, day] = dotted ?? /^([12]\d{3})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(text)?.slice(1) ?? [];
  if (year === undefined) return null;
  return {
    year: Number(year),
    month: month === undefined ? null : Number(month) - 1,
    day: day === undefined ? null : Number(day),
  };
}

function parseNamedPeriod(text: string, nowUts: number): ClosedPeriod | undefined {
  if (Object.hasOwn(rollingPeriods, text))
    return getRollingPeriod(text as keyof typeof rollingPeriods, nowUts);
  const now = new Date(nowUts * 1000);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  const weekday = weekdays.findIndex((name) => name === text);
  if (weekday !== -1) return getUnitPeriod("day", year, month, day - ((now.getDay() - weekday + 7) % 7));
  if (!Object.hasOwn(namedUnits, text)) return parseMonthOrQuarter(text, { year, month });
  const [unit, ago] = namedUnits[text as keyof typeof namedUnits];
  if (unit === "day") return getUnitPeriod(unit, year, month, day - ago);
  if (unit === "week") return getUnitPeriod(unit, year, month, day - ((now.getDay() + 6) % 7) - 7 * ago);
  if (unit === "quarter") return getUnitPeriod(unit, year, month - (month % 3) - 3 * ago);
  return unit === "month" ? getUnitPeriod(unit, year, month - ago) : getUnitPeriod(unit, year - ago);
}

/** "nov", "november", "nov-2025", "2025-nov", "q1", "q1-2025", "2025-q1", "2025q1". Without a year, the last that has begun. */
function parseMonthOrQuarter(
  text: string,
  now: { readonly year: number; readonly month: number },
): ClosedPeriod | undefined {
  const [, yearBefore, words = text] = /^([12]\d{3})-?([a-z][a-z\d]*)$/.exec(text) ?? [];
  const [, quarter, name, yearAfter] = /^(?:q([1-4])|([a-z]{3,}))(?:-([12]\d{3}))?$/.exec(words) ?? [];
  const month =
    quarter === undefined
      ? monthNames.findIndex((each) => name !== undefined && each.startsWith(name))
      : 3 * (Number(quarter) - 1);
  if (month === -1) return undefined;
  const year = Number(yearBefore ?? yearAfter ?? now.year - Number(month > now.month));
  return getUnitPeriod(quarter === undefined ? "month" : "quarter", year, month);
}

/** The unit that begins on that day. Days and months beyond the end of the larger unit are in the next one. */
function getUnitPeriod(
  unit: "day" | "week" | "month" | "quarter" | "year",
  year: number,
  month = 0,
  day = 1,
): ClosedPeriod {
  const [months, days] = (
    { day: [0, 1], week: [0, 7], month: [1, 0], quarter: [3, 0], year: [12, 0] } as const
  )[unit];
  return {
    fromUts: computeDayStart(year, month, day),
    toUts: computeDayStart(year, month + months, day + days),
  };
}

/** The start of the local day that long ago; a negative count is in the future. If the month has no such day, its last day. */
export function computeDayAgo(nowUts: number, count: number, unit: string): number {
  const now = new Date(nowUts * 1000);
  const [year, month, day] = [now.getFullYear(), now.getMonth(), now.getDate()];
  if (unit === "d" || unit === "w") return computeDayStart(year, month, day - count * (unit === "w" ? 7 : 1));
  const months = year * 12 + month - count * (unit === "y" ? 12 : 1);
  const [thenYear, thenMonth] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  return computeDayStart(thenYear, thenMonth, Math.min(day, countDaysInMonth(thenYear, thenMonth)));
}
