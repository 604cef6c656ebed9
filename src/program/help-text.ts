// What is said of a command wherever it is: in --help, in the documentation, by a shell that completes it.
import type {
  ArgumentDeclaration,
  CommandDeclaration,
  OptionDeclaration,
} from "../commands/shared/declaration.ts";
import { firstSteps, stepLines } from "../commands/shared/opening/first-steps.ts";
import { hasWords, wordsInHelp } from "../queries/documents/choices.ts";
import { formsInWords } from "../queries/documents/keys.ts";

export const programSummary = "See your record collection and your listening side by side.";

export const helpFooter = `
Alone on a terminal, rewind shows your shelf at a glance.

First steps:
${stepLines(firstSteps).join("\n")}`;

/** "reverse the order", "plays, added (plays)", "one side alone: discogs, lastfm" */
export function optionHelp({ help, choices, usual }: OptionDeclaration): string {
  const words = hasWords(choices) ? wordsInHelp(choices) : "";
  const text = [help, words].filter((part) => part !== "").join(": ");
  return usual === undefined ? text : `${text} (${usual})`;
}

/** Where its help doesn't go through the words that it takes, they are it. */
export function argumentHelp({ help, choices }: ArgumentDeclaration): string {
  return help === "" && hasWords(choices) ? wordsInHelp(choices) : help;
}

/** Its paragraphs: what it is for, then the details; with the keys of its JSON where they are wanted. */
export async function descriptionOf(
  declaration: CommandDeclaration,
  summary: string,
  { describesJson }: { readonly describesJson: boolean },
): Promise<string> {
  const forms = describesJson ? await declaration.json?.() : undefined;
  const details = [declaration.details ?? "", formsInWords(forms ?? [])].filter((text) => text !== "");
  return [`${capitalized(summary)}.`, ...details.map(flowing)].join("\n\n");
}

export function examplesText(examples: CommandDeclaration["examples"]): string {
  return `\nExamples:\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`).join("\n")}`;
}

/** Lines broken where they don't fit, each under its beginning; those of two blanks are to be copied, and stay whole. */
export function hanging(text: string, wrap: (line: string, indent: number) => string): string {
  return text
    .split("\n")
    .map((line) => {
      const indent = " ".repeat(line.length - line.trimStart().length);
      if (indent.length === 2) return line;
      return wrap(line.trimStart(), indent.length).replaceAll(/^(?=.)/gm, indent);
    })
    .join("\n");
}

/** Lines of a paragraph run on, so that the screen decides where they break; indented lines stay as they are. */
function flowing(text: string): string {
  return text.replace(/(?<=^|\n)(\S.*)\n(?=\S)/g, "$1 ");
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
