// Which options go together: a note, the list and taking back are three commands under one name.

import { UsageError } from "../../model/errors.ts";
import type { Call, OptionDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, pagingOptions, writtenOptions } from "../shared/listing/options.ts";
import { timeOfDay } from "../../model/times.ts";
import { spanOf } from "../../queries/conditions/span.ts";
import type { Moment } from "../../decisions/noted/play-session.ts";

const ofNote = ["on", "at", "side", "disc", "tracks", "note", "dry-run", "scrobble", "again"];

/** Flags that only a list understands. */
export const listOptions: readonly OptionDeclaration[] = [
  duringOption,
  ...filterOptions("records"),
  ...pagingOptions,
  ...writtenOptions,
];

const ofList = listOptions.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1] ?? "");

/** Throws UsageError that names the first option that says nothing here. */
export function requireTogether({ arguments: [words], options }: Call): void {
  const isList = options["list"] === true;
  const isUndo = options["undo"] !== undefined;
  const isSend = options["send"] !== undefined;
  const isGiven = (flag: string): boolean =>
    options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] !== undefined;
  const modes = [...(isList ? ["--list"] : []), ...(isUndo ? ["--undo"] : []), ...(isSend ? ["--send"] : [])];
  if (modes.length > 1) {
    throw new UsageError(`${modes.slice(0, 2).join(" and ")} can't be combined`, "Give one of them.");
  }
  if (isSend && options["json"] === true) {
    throw new UsageError(
      "--json says nothing beside --send",
      "To see what became of it: rewind played --list --json",
    );
  }
  if (options["yes"] === true && !isSend && options["scrobble"] !== true) {
    throw new UsageError("--yes goes with --scrobble or --send", "How to use it: rewind played --help");
  }
  const odd = [...(modes.length > 0 ? ofNote : []), ...(isList ? [] : ofList)].find(isGiven);
  if (odd !== undefined) {
    throw new UsageError(
      isList
        ? `--${odd} is for noting a play, not for --list`
        : modes.length > 0
          ? `--${odd} says nothing beside ${modes.join("")}`
          : `--${odd} goes with --list`,
      "How to use it: rewind played --help",
    );
  }
  if ((isUndo || isSend) && Array.isArray(words) && words.length > 0) {
    throw new UsageError(
      `${modes.join("")} takes an entry, not a record`,
      "To see the entries: rewind played --list",
    );
  }
}

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
