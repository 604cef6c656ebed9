// The options of a play that rewind played logs.
import type { TrackChoice } from "../../actions/logged/build-logged-play.ts";
import { parsePart } from "../../actions/logged/parse-play-time.ts";
import { UsageError } from "../../model/errors.ts";
import { declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { collectTexts, jsonOption, splitByComma } from "../shared/listing/list-options.ts";

export const playedOptions = declareOptions(
  {
    flags: "--on <day>",
    help: "day of the play",
    examples: "2026-03-13, yesterday, friday",
    choices: { source: "day" },
  },
  { flags: "--at <time>", help: "time when you started it", examples: "20:15" },
  { flags: "--side <sides>", help: "only these sides", examples: "A or A,B", parse: collectTexts },
  { flags: "--disc <discs>", help: "only these discs", examples: "2", parse: collectTexts },
  {
    flags: "--tracks <tracks>",
    help: "only these tracks, by place or printed position",
    examples: "1-3, A2",
    parse: collectTexts,
  },
  { flags: "--note <text>", help: "add a note of your own" },
  { flags: "--again", help: "log it even if it overlaps another logged play of the record" },
  { flags: "--dry-run", help: "show what would be logged, and log nothing" },
  {
    flags: "--scrobble",
    help: "also send its tracks to ListenBrainz and Last.fm, if they are connected",
  },
  { flags: "--yes", help: "with --scrobble: send without asking" },
  jsonOption,
);

export type PlayedOptions = Invocation<typeof playedOptions>["options"];

/** Throws UsageError for an option without a value. */
export function parseTrackChoice(options: PlayedOptions): TrackChoice {
  const split = (name: "side" | "disc" | "tracks"): string[] => {
    const parts = splitByComma(options[name] ?? []);
    if (options[name] === undefined || parts.length > 0) return parts;
    throw new UsageError(`--${name} has no value`, "For example: --side A, --disc 2, --tracks 1-3");
  };
  return parsePart({ side: split("side"), disc: split("disc"), tracks: split("tracks") });
}
