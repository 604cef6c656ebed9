// Names of periods: a year, a quarter, a month, or the first and the last day.
import { daySeconds, padTwoDigits } from "../model/times.ts";
import { formatDay, formatLongDay, formatMonth } from "./format-dates.ts";
import { formatNumber } from "./format-numbers.ts";

interface OpenPeriod {
  readonly fromUts: number | null;
  /** Excluded. */
  readonly toUts: number | null;
}

interface ClosedPeriod extends OpenPeriod {
  readonly fromUts: number;
  readonly toUts: number;
}

/** The first and the last day of a span, which ends today at the latest: there are no later plays. */
export function formatPeriod({ fromUts, toUts }: OpenPeriod, nowMs: number): string {
  const last = formatLongDay(Math.min((toUts ?? Number.MAX_SAFE_INTEGER) - 1, Math.floor(nowMs / 1000)));
  const first = fromUts === null ? "the beginning" : formatLongDay(fromUts);
  return first === last ? first : `${first} to ${last}`;
}

/** "in 2025", "in 2025-Q1", "in Mar 2026", "on 7 Mar 2026", "from 7 Mar 2026 to 3 May 2026", "until 3 May 2026" */
export function formatPeriodPhrase(span: OpenPeriod, nowUts: number): string {
  const { fromUts, toUts } = span;
  if (fromUts !== null && toUts !== null) {
    const unit = getPeriodUnit({ fromUts, toUts });
    if (unit !== undefined && unit !== "week") return `in ${formatPeriodTitle({ fromUts, toUts })}`;
  }
  if (fromUts === null) return `until ${formatLongDay(Math.min((toUts ?? Infinity) - 1, nowUts))}`;
  const days = formatPeriod(span, nowUts * 1000);
  return days.includes(" to ") ? `from ${days}` : `on ${days}`;
}

/** "2025", "2025-Q1", "Mar 2026", "Sat, 7 Mar – Fri, 13 Mar 2026", "7 Mar 2026 to 3 May 2026" */
export function formatPeriodTitle(span: ClosedPeriod): string {
  const unit = getPeriodUnit(span);
  const first = formatDay(span.fromUts);
  if (unit === "year") return first.slice(0, 4);
  if (unit === "quarter") return `${first.slice(0, 4)}-Q${Math.ceil(Number(first.slice(5, 7)) / 3)}`;
  if (unit === "month") return formatMonth(span.fromUts);
  if (unit === undefined) return formatPeriod(span, span.toUts * 1000);
  const days = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const range = new Intl.DateTimeFormat("en-GB", days).formatRange(
    span.fromUts * 1000,
    (span.toUts - 1) * 1000,
  );
  // Some versions of Node set thin spaces around the dash.
  return range.replaceAll(/\s/g, " ");
}

/** A calendar year, quarter or month, or any seven days. A span until now is none of them. */
export function getPeriodUnit({
  fromUts,
  toUts,
}: ClosedPeriod): "year" | "quarter" | "month" | "week" | undefined {
  const [first, end] = [formatDay(fromUts), formatDay(toUts)];
  const days = Math.round((toUts - fromUts) / daySeconds);
  if (days === 7) return "week";
  const isWhole = first.endsWith("-01") && end.endsWith("-01") && formatDay(toUts - 1) !== end;
  if (isWhole && days <= 31) return "month";
  if (isWhole && days >= 90 && days <= 92 && /-(?:01|04|07|10)-01$/.test(first)) return "quarter";
  return isWhole && first.endsWith("-01-01") && (days === 365 || days === 366) ? "year" : undefined;
}

const maxComparedAsPercent = 10;

/** "The year before": the name of the period that another one is compared with. `unit` null: as many days. */
export function nameEarlierPeriod(unit: string | null): string {
  return `The ${unit ?? "days"} before`;
}

/** "16% fewer", "as many", "72 times as many" */
function describeChange(now: number, before: number): string {
  if (now > maxComparedAsPercent * before) return `${formatNumber(Math.round(now / before))} times as many`;
  const percent = Math.round((100 * Math.abs(now - before)) / before);
  return percent === 0 ? "as many" : `${formatNumber(percent)}% ${now > before ? "more" : "fewer"}`;
}

/** "until 1 Dec 2025; now 31% more": compares a period with an earlier one. `isCut`: the earlier one ends before its unit. */
export function describeEarlierPlays(
  now: number,
  { plays, span, isCut }: { readonly plays: number; readonly span: ClosedPeriod; readonly isCut: boolean },
): string {
  const until = isCut ? `until ${formatLongDay(span.toUts - 1)}; ` : "";
  return `${until}now ${describeChange(now, plays)}`;
}

export const weekdayNames = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
] as const;

/** "21:00 to 22:00" */
export function formatHour(hour: number): string {
  return `${padTwoDigits(hour)}:00 to ${padTwoDigits((hour + 1) % 24)}:00`;
}
