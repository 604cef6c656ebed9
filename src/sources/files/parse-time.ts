// Times in the forms that people's files have.
import { daySeconds } from "../../model/times.ts";

export interface ParsedTime {
  /** Unix seconds; without a zone the time of the clock on the wall, as if it were UTC. */
  readonly uts: number;
  readonly precisionSeconds: 1 | 60 | 86400;
  readonly hasZone: boolean;
}

const clockPattern = String.raw`(?:(?:,? at|,|T)? *(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d)(?:[.,]\d+)?)? *(?<half>[AP]M)?)? *(?<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$`;
const timePatterns = [
  String.raw`^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})`,
  String.raw`^(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4})`,
  String.raw`^(?:[a-z]{3},? )?(?<day>\d{1,2}) (?<name>[a-z]{3})[a-z]*\.?,? (?<year>\d{4})`,
  String.raw`^(?:[a-z]{3},? )?(?<name>[a-z]{3})[a-z]*\.? (?<day>\d{1,2}),? (?<year>\d{4})`,
].map((date) => new RegExp(date + clockPattern, "i"));
const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** Seconds have 9 or 10 digits, as since 1973; milliseconds, microseconds and nanoseconds three more each. */
const divisorsByDigits = new Map([
  [12, 1e3],
  [13, 1e3],
  [15, 1e6],
  [16, 1e6],
  [18, 1e9],
  [19, 1e9],
]);

/**
 * Reads unix seconds, milliseconds and finer, 2021-05-10T09:59:22Z, 2021-05-10 09:59:22+03:00, 10.5.2021 09:59,
 * 10 May 2021, 09:59, and May 10, 2021 at 09:59AM. Returns null for any other form: 5/10/2021 is a day in May or in October.
 */
export function parseTime(text: string): ParsedTime | null {
  const [, digits] = /^(\d+)(?:\.\d+)?$/.exec(text) ?? [];
  if (digits !== undefined) {
    const uts = Math.floor(Number(text) / (divisorsByDigits.get(digits.length) ?? 1));
    return { uts, precisionSeconds: 1, hasZone: true };
  }
  const parts = timePatterns.map((form) => form.exec(text)?.groups).find((groups) => groups !== undefined);
  if (parts === undefined) return null;
  const { year, month, name, day, hour = "0", minute, second, half, zone } = parts;
  const monthNumber = name === undefined ? Number(month) : months.indexOf(name.toLowerCase()) + 1;
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === "pm" ? 12 : 0);
  const date = [Number(year), monthNumber - 1, Number(day)] as const;
  const time = [hours, Number(minute ?? 0), Number(second ?? 0)] as const;
  const wall = new Date(Date.UTC(...date, ...time));
  const isReal =
    wall.getUTCMonth() === date[1] && wall.getUTCDate() === date[2] && wall.getUTCHours() === hours;
  if (!isReal) return null;
  const precisionSeconds = minute === undefined ? daySeconds : second === undefined ? 60 : 1;
  return {
    uts: wall.getTime() / 1000 - parseOffsetSeconds(zone),
    precisionSeconds,
    hasZone: zone !== undefined,
  };
}

/** +03:00, +0300, +03 */
function parseOffsetSeconds(zone = ""): number {
  const [, sign, hours, minutes = "0"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}
