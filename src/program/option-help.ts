// What is said of an option wherever it is: in --help, in the documentation, by a shell that completes it.
import type { OptionDeclaration } from "../commands/shared/declaration.ts";
import { hasWords, wordsInHelp } from "../queries/choices.ts";

/** "the other way round", "plays, added (plays)", "one side alone: discogs, lastfm" */
export function optionHelp({ help, choices, usual }: OptionDeclaration): string {
  const words = hasWords(choices) ? wordsInHelp(choices) : "";
  const text = [help, words].filter((part) => part !== "").join(": ");
  return usual === undefined ? text : `${text} (${usual})`;
}
