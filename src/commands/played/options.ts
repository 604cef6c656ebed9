// Which options go together: a note, the list and taking back are three commands under one name.
import { UsageError } from "../../errors.ts";
import type { Call } from "../shared/call.ts";
import type { OptionDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, formOptions, pagingOptions } from "../shared/options.ts";

const ofNote = ["on", "at", "side", "disc", "tracks", "note", "dry-run"];

/** Flags that only a list understands. */
export const listOptions: readonly OptionDeclaration[] = [
  duringOption,
  ...filterOptions("records"),
  ...pagingOptions,
  ...formOptions,
];

const ofList = listOptions.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1] ?? "");

/** Throws UsageError that names the first option that says nothing here. */
export function requireTogether({ arguments: [words], options }: Call): void {
  const isList = options["list"] === true;
  const isUndo = options["undo"] !== undefined;
  const isGiven = (flag: string): boolean =>
    options[flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())] !== undefined;
  if (isList && isUndo) throw new UsageError("--list and --undo can't be combined", "Give one of them.");
  const odd = [...(isList || isUndo ? ofNote : []), ...(isList ? [] : ofList)].find(isGiven);
  if (odd !== undefined) {
    throw new UsageError(
      isList
        ? `--${odd} is for noting a play, not for --list`
        : isUndo
          ? `--${odd} says nothing beside --undo`
          : `--${odd} goes with --list`,
      "How to use it: rewind played --help",
    );
  }
  if (isUndo && Array.isArray(words) && words.length > 0) {
    throw new UsageError("--undo takes an entry, not a record", "To see the entries: rewind played --list");
  }
}
