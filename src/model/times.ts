// Times in unix seconds, and days in the local time zone. A day may have 23 or 25 hours.

export const daySeconds = 86_400;

/** The end of the year 9999. Later years have more than four digits. */
const latestUts = 253_402_300_799;

/** 2026-02-15T20:00:00Z; null for null and for a time that ISO 8601 cannot write in four digits. */
export function isoSeconds(uts: number | null): string | null {
  if (uts === null || !(Math.abs(uts) <= latestUts)) return null;
  return new Date(uts * 1000).toISOString().replace(".000Z", "Z");
}

/** As isoSeconds(), but 1970 for a time that ISO 8601 cannot write in four digits, so that it can be read back. */
export function isoTime(uts: number): string {
  return isoSeconds(uts) ?? "1970-01-01T00:00:00Z";
}

export const twoDigits = (value: number): string => String(value).padStart(2, "0");

/** The local day: 2026-02-15 */
export function dateOfDay(uts: number): string {
  const date = new Date(uts * 1000);
  const year = String(date.getFullYear()).padStart(4, "0");
  return `${year}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}

export interface LocalDay {
  /** Included. */
  readonly fromUts: number;
  readonly noonUts: number;
  /** Excluded. */
  readonly toUts: number;
}

/** The first second of a local day. If the clock skips midnight, the first second after it. Months from 0. */
export function dayStart(year: number, month: number, day: number): number {
  const start = new Date(2000, 0, 1);
  start.setFullYear(year, month, day);
  return Math.floor(start.getTime() / 1000);
}

/** The first second of the local day at a time, or `daysLater` days later. */
export function dayStartOf(uts: number, daysLater = 0): number {
  const date = new Date(uts * 1000);
  return dayStart(date.getFullYear(), date.getMonth(), date.getDate() + daysLater);
}

export function localDayOf(year: number, month: number, day: number): LocalDay {
  const fromUts = dayStart(year, month, day);
  return { fromUts, noonUts: timeOfDay(fromUts, 12, 0), toUts: dayStart(year, month, day + 1) };
}

export function timeOfDay(dayUts: number, hours: number, minutes: number): number {
  const date = new Date(dayUts * 1000);
  date.setHours(hours, minutes, 0, 0);
  return Math.floor(date.getTime() / 1000);
}

/** Months from 0. */
export function daysIn(year: number, month: number): number {
  const last = new Date(2000, 0, 1);
  last.setFullYear(year, month + 1, 0);
  return last.getDate();
}

/** The calendar quarter (UTC) of a moment, as year * 4 + 0 to 3. */
export function quarterOf(uts: number): number {
  const day = new Date(uts * 1000);
  return day.getUTCFullYear() * 4 + Math.floor(day.getUTCMonth() / 3);
}

export function quarterStart(quarter: number): number {
  return Date.UTC(Math.floor(quarter / 4), (quarter % 4) * 3) / 1000;
}
