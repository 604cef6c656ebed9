// When a record was on, as it is typed: a day, a time of day, both, or neither.
import { UsageError } from "../../model/errors.ts";
import { timeOfDay } from "../../model/times.ts";
import { spanOf } from "../../queries/conditions/span.ts";
import type { Moment } from "../../decisions/noted/session.ts";

interface Typed {
  readonly on?: string;
  readonly at?: string;
}

/** A day has 23 to 25 hours. */
const longestDaySeconds = 25 * 3600;

/** Throws UsageError for what is no day or no time, and for what has not been yet. */
export function momentOf({ on, at }: Typed, nowUts: number): Moment {
  if (on === undefined && at === undefined) return { kind: "end", uts: nowUts };
  const day = dayOf(on ?? "today", nowUts);
  if (day === "tomorrow" || day.fromUts > nowUts) {
    throw new UsageError(`--on ${on ?? ""} is yet to come`, "A play is noted once it was: --on yesterday");
  }
  if (at === undefined) return { kind: "day", ...day };
  const uts = timeOf(at, day.fromUts);
  if (uts > nowUts) {
    throw new UsageError(
      `${at} ${on === undefined || on === "today" ? "today" : `on ${on}`} is yet to come`,
      "A play is noted once it was. For an earlier day: --on yesterday",
    );
  }
  return { kind: "start", uts };
}

interface Day {
  readonly noonUts: number;
  readonly fromUts: number;
  readonly toUts: number;
}

function dayOf(text: string, nowUts: number): Day | "tomorrow" {
  if (text.trim().toLowerCase() === "tomorrow") return "tomorrow";
  const { fromUts, toUts } = spanOf(text, nowUts) ?? { fromUts: null, toUts: null };
  if (fromUts === null || toUts === null || toUts - fromUts > longestDaySeconds) {
    throw new UsageError(
      `--on takes one day, not ${JSON.stringify(text.slice(0, 40))}`,
      "Days: 2026-03-13, yesterday, friday",
    );
  }
  return { noonUts: timeOfDay(fromUts, 12, 0), fromUts, toUts };
}

function timeOf(text: string, dayUts: number): number {
  const [, hours = "", minutes = ""] = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim()) ?? [];
  if (hours === "" || Number(hours) > 23 || Number(minutes) > 59) {
    throw new UsageError(
      `--at takes a time of day, not ${JSON.stringify(text.slice(0, 40))}`,
      "For example: --at 20:15",
    );
  }
  return timeOfDay(dayUts, Number(hours), Number(minutes));
}
