// Reads when a record was played and which part of it, as people and programs write it.
import { type LocalDay, computeTimeOfDay } from "../../model/times.ts";
import { UsageError } from "../../model/errors.ts";
import { refuseMissingDay, tryParsePeriod } from "../../queries/conditions/period.ts";
import type { PlayTime, TrackChoice } from "./build-logged-play.ts";

interface PlayTimeInput {
  /** A day: "2026-03-13", "yesterday". */
  readonly on?: string | undefined;
  /** A local time: "20:15", or with its day: "yesterday 20:15". */
  readonly at?: string | undefined;
}

/** Neither text means that the play ended just now. Throws UsageError for what can't be read, and for the future. */
export function parsePlayTime(text: PlayTimeInput, nowUts: number): PlayTime {
  const { on, at } = splitDay(text);
  if (on === undefined && at === undefined) return { kind: "end", uts: nowUts };
  const day = parseDay(on ?? "today", nowUts);
  if (day.fromUts > nowUts) throw createFutureDayError(on ?? "");
  if (at === undefined) return { kind: "day", ...day };
  const uts = parseTime(at, day.fromUts);
  if (uts > nowUts) {
    throw new UsageError(
      `${at} ${on === undefined || on === "today" ? "today" : `on ${on}`} is in the future`,
      "Give the day too, for example yesterday.",
    );
  }
  return { kind: "start", uts };
}

/** Takes the day from a time like "yesterday 21:30". */
function splitDay(text: PlayTimeInput): PlayTimeInput {
  const [, on, at] = /^(\S+) +(\S+)$/.exec(text.at?.trim() ?? "") ?? [];
  return text.on === undefined && on !== undefined && at !== undefined ? { on, at } : text;
}

function createFutureDayError(text: string): UsageError {
  return new UsageError(`${text} is in the future`, "Try: yesterday");
}

/** A day has 23 to 25 hours. */
const maxDaySeconds = 25 * 3600;

const dayExamples = "Days: 2026-03-13, 13.3.2026, yesterday, friday";

function parseDay(text: string, nowUts: number): LocalDay {
  if (/^(?:tomorrow|next-\w+)$/i.test(text)) throw createFutureDayError(text);
  refuseMissingDay(text, { hint: dayExamples });
  const { fromUts, toUts } = tryParsePeriod(text, nowUts) ?? { fromUts: null, toUts: null };
  if (fromUts === null || toUts === null || toUts - fromUts > maxDaySeconds) {
    throw new UsageError(`${quoteStart(text)} is not one day`, dayExamples);
  }
  return { noonUts: computeTimeOfDay(fromUts, 12, 0), fromUts, toUts };
}

function parseTime(text: string, dayUts: number): number {
  const [, hours = "", minutes = ""] = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim()) ?? [];
  if (hours === "" || Number(hours) > 23 || Number(minutes) > 59) {
    throw new UsageError(`${quoteStart(text)} is not a time of day`, "For example: 20:15");
  }
  return computeTimeOfDay(dayUts, Number(hours), Number(minutes));
}

interface PartInput {
  readonly side?: readonly string[];
  readonly disc?: readonly string[];
  readonly tracks?: readonly string[];
}

/** Throws UsageError for a disc that is no number. */
export function parsePart({ side = [], disc = [], tracks = [] }: PartInput): TrackChoice {
  const discs = disc.map((text) => {
    if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
    throw new UsageError(`${quoteStart(text)} is not a disc number`, "For example: 2");
  });
  return { sides: side, discs, tracks };
}

function quoteStart(text: string): string {
  return JSON.stringify(text.slice(0, 40));
}
