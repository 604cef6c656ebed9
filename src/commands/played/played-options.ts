// The options of rewind played. Logging, --list, --undo and --send take different ones.

import { UsageError } from "../../model/errors.ts";
import type { Call, OptionDeclaration } from "../shared/declaration.ts";
import {
  duringOption,
  filterOptions,
  pagingOptions,
  splitByComma,
  writtenOptions,
} from "../shared/listing/options.ts";
import { type LocalDay, timeOfDay } from "../../model/times.ts";
import { spanOf } from "../../queries/conditions/span.ts";
import type { TrackChoice, Moment } from "../../actions/logged/play-session.ts";

export interface PlayedOptions {
  readonly on?: string;
  readonly at?: string;
  readonly side?: readonly string[];
  readonly disc?: readonly string[];
  readonly tracks?: readonly string[];
  readonly note?: string;
  readonly dryRun?: true;
  readonly list?: true;
  readonly undo?: true | string;
  readonly scrobble?: true;
  readonly send?: true | string;
  readonly yes?: true;
  readonly again?: true;
  readonly from?: string;
  readonly pending?: true | string;
}

const loggingFlags = ["on", "at", "side", "disc", "tracks", "note", "dry-run", "scrobble", "again"];

/** Options that need --list. */
export const listOptions: readonly OptionDeclaration[] = [
  duringOption,
  ...filterOptions("records"),
  ...pagingOptions,
  ...writtenOptions(),
];

const listFlags = listOptions.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1] ?? "");

/** Throws UsageError for options that cannot be combined. */
export function requireTogether(call: Call): void {
  const problem = problemOf(call);
  if (problem !== null) throw new UsageError(problem, "To see all options: rewind played --help");
}

function problemOf({ words, options }: Call): string | null {
  const isGiven = (flag: string): boolean =>
    options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] !== undefined;
  const [mode, other] = ["list", "undo", "send", "from", "pending"].filter(isGiven);
  const unfit = [
    ...(mode === undefined ? [] : loggingFlags),
    ...(mode === "list" ? [] : listFlags),
    ...(mode === "send" ? ["json"] : []),
  ].find(isGiven);
  if (mode !== undefined && (other ?? unfit) !== undefined) {
    return `--${mode} and --${other ?? unfit ?? ""} can't be combined`;
  }
  if (unfit !== undefined) return `--${unfit} needs --list`;
  if (isGiven("yes") && mode !== "send" && !isGiven("scrobble")) return "--yes needs --scrobble or --send";
  const takesNoRecord = mode === "undo" || mode === "send" || mode === "from";
  return takesNoRecord && words.length > 0 ? `--${mode} takes no record` : null;
}

export function choiceOf(options: PlayedOptions): TrackChoice {
  const partsOf = (name: "side" | "disc" | "tracks"): string[] => {
    const parts = splitByComma(options[name] ?? []);
    if (options[name] === undefined || parts.length > 0) return parts;
    throw new UsageError(`--${name} has no value`, "For example: --side A, --disc 2, --tracks 1-3");
  };
  return {
    sides: partsOf("side"),
    discs: partsOf("disc").map((text) => {
      if (/^[1-9]\d{0,2}$/.test(text)) return Number(text);
      throw new UsageError(
        `--disc takes a disc number, not ${JSON.stringify(text.slice(0, 40))}`,
        "For example: --disc 2",
      );
    }),
    tracks: partsOf("tracks"),
  };
}

/** A day has 23 to 25 hours. */
const longestDaySeconds = 25 * 3600;

/** Throws UsageError for a day or a time that rewind cannot read, and for one in the future. */
export function momentOf(options: PlayedOptions, nowUts: number): Moment {
  const { on, at } = withDayApart(options);
  if (on === undefined && at === undefined) return { kind: "end", uts: nowUts };
  const day = dayOf(on ?? "today", nowUts);
  if (day.fromUts > nowUts) {
    throw new UsageError(`--on ${on ?? ""} is in the future`, "Try: --on yesterday");
  }
  if (at === undefined) return { kind: "day", ...day };
  const uts = timeOf(at, day.fromUts);
  if (uts > nowUts) {
    throw new UsageError(
      `${at} ${on === undefined || on === "today" ? "today" : `on ${on}`} is in the future`,
      "For an earlier day, try: --on yesterday",
    );
  }
  return { kind: "start", uts };
}

/** Takes the day from a time like "yesterday 21:30". */
function withDayApart(options: PlayedOptions): PlayedOptions {
  const [, on, at] = /^(\S+) +(\S+)$/.exec(options.at?.trim() ?? "") ?? [];
  return options.on === undefined && on !== undefined && at !== undefined ? { on, at } : options;
}

function dayOf(text: string, nowUts: number): LocalDay {
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
