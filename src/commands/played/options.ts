// Which options go together: a note, the list and taking back are three commands under one name.
import { UsageError } from "../../model/errors.ts";
import type { Call } from "../shared/call.ts";
import type { OptionDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, writtenOptions, pagingOptions } from "../shared/listing/options.ts";

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
