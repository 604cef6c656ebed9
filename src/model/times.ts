// Times in unix seconds, and days in the local time zone. A day may have 23 or 25 hours.

export const daySeconds = 86_400;

/** The end of the year 9999. Later years have more than four digits. */
const maxUts = 253_402_300_799;

/** 2026-02-15T20:00:00Z; null for null and for a time that ISO 8601 cannot write in four digits. */
export function toIsoOrNull(uts: number | null): string | null {
  if (uts === null || !(Math.abs(uts) <= maxUts)) return null;
  return new Date(uts * 1000).toISOString().replace(".000Z", "Z");
}

/** Like toIsoOrNull(), but 1970 for a time that ISO 8601 cannot write in four digits, so that it can be read back. */
export function toIsoTime(uts: number): string {
  return toIsoOrNull(uts) ?? "1970-01-01T00:00:00Z";
}

export const padTwoDigits = (value: number): string => String(value).padStart(2, "0");

/** The local day: 2026-02-15 */
export function toIsoDay(uts: number): string {
  const date = new Date(uts * 1000);
  const year = String(date.getFullYear()).padStart(4, "0");
  return `${year}-${padTwoDigits(date.getMonth() + 1)}-${padTwoDigits(date.getDate())}`;
}

export interface LocalDay {
  /** Included. */
  readonly fromUts: number;
  readonly noonUts: number;
  /** Excluded. */
  readonly toUts: number;
}

/** The first second of a local day. If the clock skips midnight, the first second after it. Months from 0. */
export function computeDayStart(year: number, month: number, day: number): number {
  const start = new Date(2000, 0, 1);
  start.setFullYear(year, month, day);
  return Math.floor(start.getTime() / 1000);
}

/** The first second of the local day at a time, or `daysLater` days later. */
export function computeDayStartAt(uts: number, daysLater = 0): number {
  const date = new Date(uts * 1000);
  return computeDayStart(date.getFullYear(), date.getMonth(), date.getDate() + daysLater);
}

export function buildLocalDay(year: number, month: number, day: number): LocalDay {
  const fromUts = computeDayStart(year, month, day);
  return { fromUts, noonUts: computeTimeOfDay(fromUts, 12, 0), toUts: computeDayStart(year, month, day + 1) };
}

export function computeTimeOfDay(dayUts: number, hours: number, minutes: number): number {
  const date = new Date(dayUts * 1000);
  date.setHours(hours, minutes, 0, 0);
  return Math.floor(date.getTime() / 1000);
}

/** Months from 0. */
export function countDaysInMonth(year: number, month: number): number {
  const last = new Date(2000, 0, 1);
  last.setFullYear(year, month + 1, 0);
  return last.getDate();
}

/** The calendar quarter (UTC) of a moment, as year * 4 + 0 to 3. */
export function toQuarter(uts: number): number {
  const day = new Date(uts * 1000);
  return day.getUTCFullYear() * 4 + Math.floor(day.getUTCMonth() / 3);
}

export function computeQuarterStart(quarter: number): number {
  return Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3) / 1000;
}
