// Reads the user's saved questions: command lines by name, in saved.json beside the settings.
import { UsageError } from "../../../model/errors.ts";
import type { Host } from "../../../host/host.ts";
import { beside, settingsPath } from "../../../host/paths.ts";
import { shellWord } from "../../../model/names.ts";
import {
  parsedJson,
  readPrivateFile,
  writePrivateJson,
  type OwnFile,
} from "../../../settings/private-file.ts";

/** Command lines by name, in the order in which they were saved. */
export type SavedQuestions = ReadonlyMap<string, readonly string[]>;

export function savedPath({ env, platform }: Pick<Host, "env" | "platform">): string {
  return beside(settingsPath(env, platform), "saved.json");
}

/** "rewind xref --never --genre Jazz" */
export function typedLine(line: readonly string[]): string {
  return ["rewind", ...line.map(shellWord)].join(" ");
}

/** Throws UsageError if the file has another shape. */
export function readSavedQuestions(path: string): SavedQuestions {
  const text = readPrivateFile(savedFile(path));
  const questions = text === null ? {} : parsedJson(text);
  if (isQuestions(questions)) return new Map(Object.entries(questions));
  throw new UsageError(
    `the file of saved questions ${path} is not an object of command lines`,
    'It should look like: { "never-jazz": ["xref", "--never", "--genre", "Jazz"] }',
  );
}

function isQuestions(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (line) => Array.isArray(line) && line.length > 0 && line.every((word) => typeof word === "string"),
  );
}

export function writeSavedQuestions(path: string, questions: SavedQuestions): void {
  writePrivateJson(savedFile(path), Object.fromEntries(questions));
}

function savedFile(path: string): OwnFile {
  return { path, what: "the file of saved questions" };
}

export function isQuestionName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/i.test(name);
}
