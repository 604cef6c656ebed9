// Times as exported files write them.
import { decodeInstantOrNull, type Node } from "../../model/decode.ts";
import { daySeconds } from "../../model/times.ts";
import { minPlayUts } from "./play-rules.ts";

/** Whole seconds from 2002 to tomorrow, or 0, Last.fm's unknown time; null for any other time. */
export function toValidUts(seconds: number | null, { nowMs }: { readonly nowMs: number }): number | null {
  const uts = Math.floor(seconds ?? Number.NaN);
  const isPossible = uts === 0 || (uts >= minPlayUts && uts <= nowMs / 1000 + daySeconds);
  return isPossible ? uts : null;
}

/** RFC 3339 or ISO 8601 with an offset; null for any other form. */
export function decodeInstantUts(node: Node): number | null {
  const text = decodeInstantOrNull(node);
  return text === null ? null : Math.floor(Date.parse(text) / 1000);
}

/** 20260215 */
export function toDayNumber(uts: number, offsetSeconds = 0): number {
  const date = new Date((uts + offsetSeconds) * 1000);
  return date.getUTCFullYear() * 10_000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/**
 * Returns a function that turns the time of a clock on the wall of this zone, written as if it were UTC, into unix
 * seconds. An hour that the clock shows twice is taken for the first; one that it skips, for the hour after.
 */
export function createWallClockConverter(zone: string): (wallUts: number) => number {
  if (zone === "UTC") return (wallUts) => wallUts;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "iso8601",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const computeOffset = (uts: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(uts * 1000).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - uts;
  };
  return (wallUts) => {
    // Zones lie within 14 hours of UTC: these two offsets are those before and after any change of the clock.
    const before = wallUts - computeOffset(wallUts - daySeconds);
    if (before + computeOffset(before) === wallUts) return before;
    const after = wallUts - computeOffset(wallUts + daySeconds);
    return after + computeOffset(after) === wallUts ? after : before;
  };
}
