import type { Context } from "../../context.ts";
import { nearestOf, UsageError } from "../../model/errors.ts";
import { linesText, printable } from "../../output/escape.ts";
import { jsonText } from "../../output/json.ts";
import type { Call } from "../shared/declaration.ts";
import {
  isQuestionName,
  readSavedQuestions,
  savedPath,
  type SavedQuestions,
  typedLine,
  writeSavedQuestions,
} from "../shared/opening/saved-questions.ts";
import type { SavedDocument } from "../../queries/documents/installation-documents.ts";

export async function runSave(context: Context, call: Call): Promise<void> {
  const { options } = call;
  const [nameArgument, words] = call.arguments;
  const name = typeof nameArgument === "string" ? nameArgument : null;
  const line = Array.isArray(words) ? words.map(String) : [];
  const path = savedPath(context);
  const questions = readSavedQuestions(path);
  const isJson = options["json"] === true;
  if (name === null || options["list"] === true) {
    if (options["remove"] === true) throw new UsageError("no name given", "To list them: rewind save --list");
    return writeList(context, questions, isJson);
  }
  if (options["remove"] === true) {
    if (!questions.has(name)) throw unknownName(name, questions);
    const others = new Map([...questions].filter(([each]) => each !== name));
    writeSavedQuestions(path, others);
    if (isJson) return writeList(context, others, isJson);
    return context.write(linesText([printable(`Deleted: ${name}`)]));
  }
  if (line.length === 0) {
    const savedLine = questions.get(name);
    if (savedLine === undefined) throw noCommand(name);
    if (isJson) return writeList(context, new Map([[name, savedLine]]), isJson);
    return context.write(linesText([printable(typedLine(savedLine))]));
  }
  await check(call, name, line);
  const all = new Map([...questions].filter(([each]) => each !== name)).set(name, line);
  writeSavedQuestions(path, all);
  const before = questions.get(name);
  if (before !== undefined) context.note(`It was: ${typedLine(before)}`);
  if (isJson) return writeList(context, all, isJson);
  await context.write(linesText([printable(`Saved: rewind ${name} is ${typedLine(line)}`)]));
}

async function check({ commands }: Call, name: string, line: readonly string[]): Promise<void> {
  if (commands.names.includes(name)) {
    throw new UsageError(
      `rewind ${name} is a command already`,
      `Choose another name: rewind save my-${name} -- …`,
    );
  }
  if (!isQuestionName(name)) {
    throw new UsageError(
      `a question can't be called ${JSON.stringify(name.slice(0, 40))}`,
      "Use letters, digits and dashes, at most 40, beginning with a letter.",
    );
  }
  const [first = ""] = line;
  if (!commands.names.includes(first)) {
    const nearest = commands.meant(first);
    throw new UsageError(
      `unknown command '${first.slice(0, 40)}'${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
      "Begin with a command: rewind save NAME -- xref --never",
    );
  }
  if (!(await commands.isReading(line))) {
    throw new UsageError(
      `rewind ${first} can't be saved, because it can change something`,
      "For example: rewind save never-jazz -- xref --never --genre Jazz",
    );
  }
}

function unknownName(name: string, questions: SavedQuestions): UsageError {
  const nearest = nearestOf(name, [...questions.keys()]);
  return new UsageError(
    `nothing is saved as "${name.slice(0, 40)}"${nearest === undefined ? "" : `. Did you mean ${nearest}?`}`,
    "To list them: rewind save --list",
  );
}

function noCommand(name: string): UsageError {
  return new UsageError("no command given", `For example: rewind save ${name} -- xref --never`);
}

async function writeList(context: Context, questions: SavedQuestions, isJson: boolean): Promise<void> {
  if (isJson) return context.write(jsonText(document(questions), { indent: context.screen.isTerminal }));
  const width = [...questions.keys()].reduce((most, name) => Math.max(most, name.length), 0);
  const lines = [...questions].map(([name, line]) => `${name.padEnd(width)}  ${typedLine(line)}`);
  const none = "Nothing is saved yet. For example: rewind save never-jazz -- xref --never --genre Jazz";
  if (lines.length === 0) return context.note(none);
  return context.write(linesText(lines.map(printable)));
}

function document(questions: SavedQuestions): SavedDocument {
  return { saved: [...questions].map(([name, line]) => ({ name, line })) };
}
