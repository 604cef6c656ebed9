import type { Context } from "../../context.ts";
import type { OutputStream } from "../../host/host.ts";
import { findNearestChoice, UsageError } from "../../model/errors.ts";
import { joinLines, toPrintable } from "../../output/safe-text.ts";
import { writeJson } from "../../output/json.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import {
  isQueryName,
  readSavedQueries,
  getSavedQueriesPath,
  type SavedQueries,
  formatCommandLine,
  writeSavedQueries,
} from "../shared/access/saved-queries.ts";
import type { SavedDocument } from "../../queries/documents/installation-documents.ts";
import { jsonOption } from "../shared/listing/list-options.ts";

const saveOptions = declareOptions(
  { flags: "--list", help: "list your saved questions" },
  { flags: "--remove", help: "delete the question with this name", excludes: ["list"] },
  jsonOption,
);

export const declaration = declareCommand({
  name: "save",
  details: `Saves a command line under a name. After that, rewind NAME runs it, and you can add further options.
You can only save commands that change nothing. A question that could not run is refused. Without a name, it lists what
you saved. The file is saved.json, beside the settings file.`,
  json: async () => [
    { schema: (await import("../../queries/documents/installation-documents.ts")).savedSchema },
  ],
  arguments: [
    { name: "[name]", help: "name to save it under" },
    {
      name: "[command...]",
      help: "the command and its options",
      choices: { source: "command line" },
    },
  ],
  options: saveOptions,
  examples: [
    ["rewind save never-jazz xref --never --genre Jazz", "then run it: rewind never-jazz --limit 5"],
    ["rewind save --list", "list your saved questions"],
    ["rewind save --remove never-jazz", "delete a question"],
  ],
  load: async () => runSave,
});

const exampleHint = "For example: rewind save never-jazz xref --never --genre Jazz";

async function runSave(context: Context, call: Invocation<typeof saveOptions>): Promise<void> {
  const { json, list, remove } = call.options;
  const [name, line] = call.arguments as readonly [name: string | undefined, line: readonly string[]];
  const path = getSavedQueriesPath(context);
  const questions = readSavedQueries(path);
  if (name === undefined || list === true) {
    if (remove === true) throw new UsageError("no name given", "To list them: rewind save --list");
    if (json !== true && questions.size === 0) return context.note(`Nothing is saved yet. ${exampleHint}`);
    const width = [...questions.keys()].reduce((most, each) => Math.max(most, each.length), 0);
    return write(
      [...questions].map(([each, words]) => `${each.padEnd(width)}  ${formatCommandLine(words)}`),
      questions,
    );
  }
  const others = new Map([...questions].filter(([each]) => each !== name));
  const before = questions.get(name);
  if (remove === true) {
    if (before === undefined) throw createUnknownNameError(name, questions);
    writeSavedQueries(path, others);
    return write([`Deleted: ${name}`], others);
  }
  const [first = "", ...more] = line;
  if (["remove", "delete", "rm"].includes(name) && more.length === 0 && questions.has(first)) {
    throw new UsageError(
      `rewind save ${name} would save a question`,
      `To delete ${first}: rewind save --remove ${first}`,
    );
  }
  if (line.length > 0 && context.isSample) {
    throw new UsageError("rewind demo saves no questions", `Save your own: rewind save ${name} …`);
  }
  if (line.length === 0) {
    if (before !== undefined) return write([formatCommandLine(before)], new Map([[name, before]]));
    const hint = name === "list" ? "To list your questions: rewind save --list" : exampleHint;
    throw new UsageError("no command given", hint);
  }
  await assertCanSave(call, name, line);
  await tryQuestion(call, line);
  const all = others.set(name, line);
  writeSavedQueries(path, all);
  if (before !== undefined) context.note(`It was: ${formatCommandLine(before)}`);
  return write([`Saved: rewind ${name} is ${formatCommandLine(line)}`], all);

  async function write(lines: readonly string[], answer: SavedQueries): Promise<void> {
    const document: SavedDocument = {
      saved: [...answer].map(([each, words]) => ({ name: each, line: words })),
    };
    await (json === true ? writeJson(context, document) : context.write(joinLines(lines.map(toPrintable))));
  }
}

async function assertCanSave({ commands }: Invocation, name: string, line: readonly string[]): Promise<void> {
  if (commands.names.includes(name)) {
    throw new UsageError(
      `rewind ${name} is a command already`,
      `Choose another name: rewind save my-${name} …`,
    );
  }
  if (!isQueryName(name)) {
    throw new UsageError(
      `a question can't be called ${JSON.stringify(name.slice(0, 40))}`,
      "Use letters, digits and dashes, at most 40, beginning with a letter.",
    );
  }
  const [first = ""] = line;
  if (!commands.names.includes(first)) {
    const nearest = commands.meant(first);
    throw new UsageError(
      `unknown command "${first.slice(0, 40)}"${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
      exampleHint,
    );
  }
  if (!(await commands.isReading(line))) {
    throw new UsageError(`rewind ${first} can't be saved, because it can change something`, exampleHint);
  }
  await commands.check(line);
}

/** Lists and figures. The others may ask a service, write a file or keep what they drew. */
const triedCommands = [
  "cull",
  "dupes",
  "dusty",
  "gaps",
  "recap",
  "recent",
  "sql",
  "stats",
  "top",
  "wants",
  "xref",
];

const nowhere: OutputStream = {
  write(_, onWritten) {
    onWritten?.();
    return true;
  },
  once() {},
};

/** Throws UsageError for values that only the cache knows, such as genres. Without a cache, every value can be saved. */
async function tryQuestion({ runCommand }: Invocation, line: readonly string[]): Promise<void> {
  const [name = ""] = line;
  if (!triedCommands.includes(name) || line.includes("--refresh")) return;
  try {
    await runCommand(line, { stdout: nowhere, stderr: nowhere });
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
}

function createUnknownNameError(name: string, questions: SavedQueries): UsageError {
  const nearest = findNearestChoice(name, [...questions.keys()]);
  return new UsageError(
    `nothing is saved as "${name.slice(0, 40)}"${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
    "To list them: rewind save --list",
  );
}
