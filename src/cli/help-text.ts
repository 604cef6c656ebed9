// The texts of the help. The docs and the shell completion use the same ones.
import type {
  ArgumentDeclaration,
  CommandDeclaration,
  JsonForm,
  OptionDeclaration,
} from "../commands/shared/command-declaration.ts";
import { UsageError } from "../model/errors.ts";
import { describeValue } from "../model/describe-value.ts";
import { hasWords, type Words } from "../queries/documents/allowed-values.ts";
import type { JsonSchema } from "../queries/documents/json-schema.ts";
import {
  findCommand,
  commandGroups,
  defaultCommand,
  globalOptions,
  loadDeclaration,
} from "../commands/command-table.ts";

export const programSummary = "See your record collection and your listening side by side.";

/** Breaks a text into lines of at most this width. */
type Wrap = (text: string, width: number) => string;

/** `rewind --help`: a line for each command and each global option, with the title of its group in front of the first. */
export function renderOverview(columns: number, wrap: Wrap): string {
  const nameColumn = 10;
  const summaryColumn = 23;
  const options = globalOptions.map((option) => ({ name: option.flags, summary: describeOption(option) }));
  const lines = [...commandGroups, { title: "Options", entries: options }].flatMap(({ title, entries }) =>
    entries.map(({ name, summary }, at) => {
      const start = `${(at === 0 ? title : "").padEnd(nameColumn)}${name}`.padEnd(summaryColumn);
      return renderHanging(start, wrap(summary, columns - summaryColumn));
    }),
  );
  const introduction = ["Usage: rewind <command> [options]", programSummary];
  const more = "rewind help COMMAND shows its own options. rewind alone shows your shelf.";
  return `${[...introduction.map((line) => wrap(line, columns)), "", ...lines, "", wrap(more, columns)].join("\n")}\n`;
}

function renderHanging(start: string, text: string): string {
  return start + text.replaceAll("\n", `\n${" ".repeat(start.length)}`);
}

/** "reverse the order", "order of the rows (one of: plays, added; default: plays)" */
export function describeOption({ help, choices, examples, defaultValue }: OptionDeclaration): string {
  return describeValue(help, {
    words: hasWords(choices) ? choices.words : undefined,
    examples,
    defaultValue,
  });
}

/** Words that have meanings get a line each. */
export function describeArgument({ help, choices, examples, defaultValue }: ArgumentDeclaration): string {
  const { words, meanings }: Partial<Words> = hasWords(choices) && choices.isUnlisted !== true ? choices : {};
  if (meanings === undefined) return describeValue(help, { words, examples, defaultValue });
  return Object.entries(meanings)
    .map(([word, meaning]) => `${word}: ${meaning}`)
    .join("\n");
}

/** The paragraphs above the options. `path` is what people type: "rewind links import". */
export function describeCommand(
  { summary = "", details = "", json }: CommandDeclaration,
  path: string,
): string {
  const fields =
    json === undefined
      ? ""
      : `To see the JSON Schema of --json: rewind help ${path.slice("rewind ".length)} --json`;
  return [`${capitalize(summary)}.`, joinParagraphLines(details), fields]
    .filter((text) => text !== "")
    .join("\n\n");
}

/** The JSON Schema of what the command at this path prints with --json. Throws UsageError if it prints none. */
export async function requireJsonSchema([first = "", ...inner]: readonly string[]): Promise<JsonSchema> {
  let declaration = first === "" ? await loadDeclaration(defaultCommand) : await findCommand(first);
  for (const word of inner) declaration = declaration?.commands?.find(({ name }) => name === word);
  const command = ["rewind", first, ...inner].filter((word) => word !== "").join(" ");
  const forms = await declaration?.json?.();
  if (forms === undefined) {
    throw new UsageError(`${command} has no fixed JSON fields`, "For example: rewind help xref --json");
  }
  return buildJsonSchema(`${command} --json`, forms);
}

export function buildJsonSchema(command: string, forms: readonly JsonForm[]): JsonSchema {
  const head = { $schema: "https://json-schema.org/draft/2020-12/schema", title: command };
  const [only, ...others] = forms;
  return others.length === 0
    ? { ...head, ...only?.schema }
    : { ...head, anyOf: forms.map(({ when = "Usually", schema }) => ({ title: when, ...schema })) };
}

/** Lines to copy are never broken. */
export function renderExamples(
  examples: CommandDeclaration["examples"],
  columns: number,
  wrap: Wrap,
): string {
  const lines = examples.map(
    ([line, meaning]) => `  ${line}\n${renderHanging("      ", wrap(meaning, columns - 6))}`,
  );
  return ["", "Examples:", ...lines].join("\n");
}

/** Joins the lines of each paragraph, so that the screen decides where they break. Indented lines stay as they are. */
function joinParagraphLines(text: string): string {
  return text.replace(/(?<=^|\n)(\S.*)\n(?=\S)/g, "$1 ");
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
