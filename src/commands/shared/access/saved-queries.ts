// Reads the user's saved questions: command lines by name, in saved.json beside the settings.
import { UsageError } from "../../../model/errors.ts";
import type { Host } from "../../../host/host.ts";
import { getSiblingPath, getSettingsPath } from "../../../host/paths.ts";
import { quoteForShell } from "../../../model/names.ts";
import {
  parseJsonOrNull,
  readPrivateFile,
  writePrivateJson,
  type NamedFile,
} from "../../../settings/private-file.ts";

/** Command lines by name, in the order in which they were saved. */
export type SavedQueries = ReadonlyMap<string, readonly string[]>;

export function getSavedQueriesPath({ env, platform }: Pick<Host, "env" | "platform">): string {
  return getSiblingPath(getSettingsPath(env, platform), "saved.json");
}

/** "rewind xref --never --genre Jazz" */
export function formatCommandLine(line: readonly string[]): string {
  return ["rewind", ...line.map(quoteForShell)].join(" ");
}

/** Throws UsageError if the file has another shape. */
export function readSavedQueries(path: string): SavedQueries {
  const text = readPrivateFile(toSavedFile(path));
  const questions = text === null ? {} : parseJsonOrNull(text);
  if (isSavedQueries(questions)) return new Map(Object.entries(questions));
  throw new UsageError(
    `the file of saved questions ${path} is not an object of command lines`,
    'It should look like: { "never-jazz": ["xref", "--never", "--genre", "Jazz"] }',
  );
}

function isSavedQueries(value: unknown): value is Readonly<Record<string, readonly string[]>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (line) => Array.isArray(line) && line.length > 0 && line.every((word) => typeof word === "string"),
  );
}

export function writeSavedQueries(path: string, questions: SavedQueries): void {
  writePrivateJson(toSavedFile(path), Object.fromEntries(questions));
}

function toSavedFile(path: string): NamedFile {
  return { path, what: "the file of saved questions" };
}

export function isQueryName(name: string): boolean {
  return /^[a-z][a-z0-9-]{0,39}$/i.test(name);
}
