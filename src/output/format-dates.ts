// Days on screen are in the computer's time zone.
import { toIsoDay, computeDayStartAt, padTwoDigits } from "../model/times.ts";
import { pluralize } from "./format-numbers.ts";

export const shortMonthNames = [
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec",
];

const toDate = (uts: number): Date => new Date(uts * 1000);

/** 2026-02-15; "" for null. */
export function formatDay(uts: number | null): string {
  return uts === null ? "" : toIsoDay(uts);
}

/** 20:02 */
export function formatTime(uts: number): string {
  const date = toDate(uts);
  return `${padTwoDigits(date.getHours())}:${padTwoDigits(date.getMinutes())}`;
}

/** 2026-02-15 20:02, or the day alone if the time was only known to a day. */
export function formatDayAndTime(uts: number, precisionSeconds: number): string {
  // Noon is on the same day in other zones, too.
  return precisionSeconds === day ? formatDay(uts + day / 2) : `${formatDay(uts)} ${formatTime(uts)}`;
}

/** 15 Feb 2026: for sentences. */
export function formatLongDay(uts: number): string {
  return `${toDate(uts).getDate()} ${formatMonth(uts)}`;
}

/** Mar 2024 */
export function formatMonth(uts: number): string {
  const date = toDate(uts);
  return `${shortMonthNames[date.getMonth()] ?? ""} ${date.getFullYear()}`;
}

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * "a moment", "12 min", "2 h", "40 days", "2 y 4 mo": rounded down. A time in the future is a moment. Months are counted
 * between local days: from 30 Jan to 1 Dec are 10.
 */
export function formatAge(sinceUts: number, nowUts: number): string {
  const seconds = nowUts - sinceUts;
  if (seconds < minute) return "a moment";
  if (seconds < hour) return `${Math.floor(seconds / minute)} min`;
  if (seconds < 2 * day) return `${Math.floor(seconds / hour)} h`;
  if (seconds < 60 * day) return `${Math.floor(seconds / day)} days`;
  const months = countMonths(sinceUts, nowUts);
  return months < 12 ? `${months} mo` : `${Math.floor(months / 12)} y ${months % 12} mo`;
}

/** Whole months between two local days. */
function countMonths(sinceUts: number, nowUts: number): number {
  const [since, now] = [toDate(sinceUts), toDate(nowUts)];
  const monthsBetween = (now.getFullYear() - since.getFullYear()) * 12 + now.getMonth() - since.getMonth();
  return monthsBetween - (now.getDate() < since.getDate() ? 1 : 0);
}

/** "2 years 4 months", "12 years", "5 months", "20 days", "today": between two local days, for sentences. Rounded down. */
export function formatLongAge(sinceUts: number, nowUts: number): string {
  const days = Math.round((computeDayStartAt(nowUts) - computeDayStartAt(sinceUts)) / day);
  if (days < 1) return "today";
  if (days < 60) return pluralize(days, "day");
  const all = countMonths(sinceUts, nowUts);
  const [years, rest] = [Math.floor(all / 12), all % 12];
  if (years === 0) return pluralize(rest, "month");
  return rest === 0 ? pluralize(years, "year") : `${pluralize(years, "year")} ${pluralize(rest, "month")}`;
}

/** "4 s", "1 min 8 s" */
export function formatDuration(seconds: number): string {
  if (seconds < 10 && seconds > 0) return `${Math.max(0.1, Math.round(seconds * 10) / 10)} s`;
  const whole = Math.round(seconds);
  if (whole < minute) return `${whole} s`;
  if (whole < hour) return `${Math.floor(whole / minute)} min ${whole % minute} s`;
  return `${Math.floor(whole / hour)} h ${Math.floor((whole % hour) / minute)} min`;
}
