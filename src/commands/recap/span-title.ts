// What a span is called above its recap, and what its usual is the usual of.
import { daySeconds } from "../../model/times.ts";
import { monthInWords, weekdayInWords } from "../../output/dates.ts";
import { countDays } from "../../queries/time/recap.ts";
import type { ClosedSpan } from "../../queries/time/recap-events.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";

/** "2025", "Mar 2026", "Sat 7 to Fri 13 Mar 2026", "1 Jan 2025 to 3 Mar 2026" */
export function spanTitle(span: ClosedSpan): string {
  const [first, last] = [new Date(span.fromUts * 1000), new Date((span.toUts - 1) * 1000)];
  const end = new Date(span.toUts * 1000);
  const isMonthsLong = isMidnight(first) && isMidnight(end) && first.getDate() === 1 && end.getDate() === 1;
  const months = (end.getFullYear() - first.getFullYear()) * 12 + end.getMonth() - first.getMonth();
  if (isMonthsLong && months === 12 && first.getMonth() === 0) return String(first.getFullYear());
  if (isMonthsLong && months === 1)
    return monthInWords({ year: first.getFullYear(), month: first.getMonth() + 1 });
  if (span.toUts - span.fromUts > 32 * daySeconds) return spanInWords(span, span.toUts * 1000);
  const lastDay = weekdayInWords(span.toUts - 1, "year");
  const isOneYear = first.getFullYear() === last.getFullYear();
  const isOneMonth = isOneYear && first.getMonth() === last.getMonth();
  if (isOneMonth && first.getDate() === last.getDate()) return lastDay;
  const firstDay = weekdayInWords(span.fromUts, isOneMonth ? "day" : isOneYear ? "month" : "year");
  return `${firstDay} to ${lastDay}`;
}

function isMidnight(date: Date): boolean {
  return date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
}

/** "your usual week", "usual for 12 days" */
export function usualTitle(span: ClosedSpan): string {
  const days = countDays(span);
  if (days <= 1) return "your usual day";
  if (days === 7) return "your usual week";
  // A month or a year in progress has fewer days than it will have.
  const isWhole = isMidnight(new Date(span.toUts * 1000));
  if (isWhole && days >= 28 && days <= 31) return "your usual month";
  return isWhole && (days === 365 || days === 366) ? "your usual year" : `usual for ${days} days`;
}
