// The user's own files beside the settings: settings, API keys and saved questions. They are written whole or not at all,
// and only their owner can read them.
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf, SystemError, UsageError, systemWords } from "../model/errors.ts";
import { textOfBytes } from "../host/files.ts";
import { closeToOthers } from "../host/privacy.ts";

export interface OwnFile {
  readonly path: string;
  /** Its name in errors: "the settings file". */
  readonly what: string;
}

const mostBytes = 64 * 1024 * 1024;
const moveAway = "Move it away, then try again.";

/**
 * Returns the text of the file, or null if there is none.
 * Throws UsageError if it can't be read, is larger than 64 MB, or is not a regular file: a pipe or a device may never end.
 */
export function readPrivateFile({ path, what }: OwnFile): string | null {
  const refusal = (why: string, hint: string, cause?: unknown): UsageError =>
    new UsageError(`${what} ${path} can't be read${why}`, hint, { cause });
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw refusal(": it is not a regular file", moveAway);
    if (stats.size > mostBytes) throw refusal(": it is larger than 64 MB", moveAway);
    return textOfBytes(readFileSync(path));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw code === "" ? error : refusal(` (${code})`, "Check its permissions, then try again.", error);
  }
}

/** Parses JSON; null if it is not JSON. The parser's message quotes the text, which may be a secret, so it is not shown. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function writePrivateJson(file: OwnFile, content: object): void {
  writePrivateFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Throws SystemError if the file can't be written. */
export function checkPrivateFile(file: OwnFile): void {
  const { unfinished, descriptor } = prepare(file);
  closeSync(descriptor);
  rmSync(unfinished, { force: true });
}

export function writePrivateFile(file: OwnFile, text: string): void {
  const { target, unfinished, descriptor } = prepare(file);
  try {
    try {
      writeFileSync(descriptor, text, { flush: true });
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, target);
  } catch (error) {
    throw writeError(file, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Makes an empty file that will replace the real one, and opens it for writing. A link is followed: settings may lie among
 * other dotfiles.
 */
function prepare(file: OwnFile) {
  const { path, what } = file;
  try {
    const directory = dirname(path);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    closeToOthers(directory, 0o700);
    const target = existsSync(path) ? realpathSync(path) : path;
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats?.isFile() === false && !stats.isDirectory()) {
      throw new UsageError(`${what} ${path} can't be replaced: it is not a regular file`, moveAway);
    }
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { force: true });
    return { target, unfinished, descriptor: openSync(unfinished, "wx", 0o600) };
  } catch (error) {
    throw writeError(file, error);
  }
}

function writeError({ path, what }: OwnFile, error: unknown): unknown {
  const code = codeOf(error);
  if (!(error instanceof Error) || code === "") return error;
  const remedy = /^(?:ENOSPC|EDQUOT)$/.test(code)
    ? "Free some space, then try again."
    : "Make its directory yours and writable, or name another place: XDG_CONFIG_HOME=DIRECTORY";
  const text = `can't write ${what} ${path}: ${systemWords(error)}`;
  return new SystemError(text, `Nothing was changed. ${remedy}`, { cause: error });
}
