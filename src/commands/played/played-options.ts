// The options of rewind played. Logging, --list, --undo and --send take different ones.

import { UsageError } from "../../model/errors.ts";
import type { Invocation, OptionDeclaration } from "../shared/command-declaration.ts";
import {
  duringOption,
  buildFilterOptions,
  pagingOptions,
  splitByComma,
  buildFormatOptions,
} from "../shared/listing/list-options.ts";
import { parsePart } from "../../actions/logged/parse-play-time.ts";
import type { TrackChoice } from "../../actions/logged/build-logged-play.ts";

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
  ...buildFilterOptions("records"),
  ...pagingOptions,
  ...buildFormatOptions(),
];

const listFlags = listOptions.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1] ?? "");

/** Throws UsageError for options that cannot be combined. */
export function refuseConflicts(call: Invocation): void {
  const problem = findConflict(call);
  if (problem !== null) throw new UsageError(problem, "To see all options: rewind played --help");
}

function findConflict({ words, options }: Invocation): string | null {
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

/** Throws UsageError for an option without a value. */
export function parseTrackChoice(options: PlayedOptions): TrackChoice {
  const split = (name: "side" | "disc" | "tracks"): string[] => {
    const parts = splitByComma(options[name] ?? []);
    if (options[name] === undefined || parts.length > 0) return parts;
    throw new UsageError(`--${name} has no value`, "For example: --side A, --disc 2, --tracks 1-3");
  };
  return parsePart({ side: split("side"), disc: split("disc"), tracks: split("tracks") });
}
