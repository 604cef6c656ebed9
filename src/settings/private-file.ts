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
import { getErrorCode, SystemError, UsageError, getSystemMessage } from "../model/errors.ts";
import { decodeText } from "../host/text-encoding.ts";
import { restrictAccess } from "../host/privacy.ts";

export interface NamedFile {
  readonly path: string;
  /** The name in errors: "the settings file". */
  readonly what: string;
}

const maxBytes = 64 * 1024 * 1024;
const moveAwayHint = "Move it away, then try again.";

/**
 * Returns the text of the file, or null if there is none.
 * Throws UsageError if it can't be read, is larger than 64 MB, or is not a regular file: a pipe or a device may never end.
 */
export function readPrivateFile({ path, what }: NamedFile): string | null {
  const createReadError = (why: string, hint: string, cause?: unknown): UsageError =>
    new UsageError(`${what} ${path} can't be read${why}`, hint, { cause });
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw createReadError(": it is not a regular file", moveAwayHint);
    if (stats.size > maxBytes) throw createReadError(": it is larger than 64 MB", moveAwayHint);
    return decodeText(readFileSync(path));
  } catch (error) {
    const code = getErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw code === ""
      ? error
      : createReadError(` (${code})`, "Check its permissions, then try again.", error);
  }
}

/** Parses JSON; null if it is not JSON. The parser's message quotes the text, which may be a secret, so it is not shown. */
export function parseJsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function writePrivateJson(file: NamedFile, content: object): void {
  writePrivateFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Throws SystemError if the file can't be written. */
export function assertFileWritable(file: NamedFile): void {
  const { unfinished, descriptor } = createReplacement(file);
  closeSync(descriptor);
  rmSync(unfinished, { force: true });
}

export function writePrivateFile(file: NamedFile, text: string): void {
  const { target, unfinished, descriptor } = createReplacement(file);
  try {
    try {
      writeFileSync(descriptor, text, { flush: true });
    } finally {
      closeSync(descriptor);
    }
    renameSync(unfinished, target);
  } catch (error) {
    throw createWriteError(file, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * Makes an empty file that will replace the real one, and opens it for writing. A link is followed: settings may lie among
 * other dotfiles.
 */
function createReplacement(file: NamedFile) {
  const { path, what } = file;
  try {
    const directory = dirname(path);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    restrictAccess(directory, 0o700);
    const target = existsSync(path) ? realpathSync(path) : path;
    const stats = statSync(target, { throwIfNoEntry: false });
    if (stats?.isFile() === false && !stats.isDirectory()) {
      throw new UsageError(`${what} ${path} can't be replaced: it is not a regular file`, moveAwayHint);
    }
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { force: true });
    return { target, unfinished, descriptor: openSync(unfinished, "wx", 0o600) };
  } catch (error) {
    throw createWriteError(file, error);
  }
}

function createWriteError({ path, what }: NamedFile, error: unknown): unknown {
  const code = getErrorCode(error);
  if (!(error instanceof Error) || code === "") return error;
  const remedy = /^(?:ENOSPC|EDQUOT)$/.test(code)
    ? "Free some space, then try again."
    : "Make its directory yours and writable, or name another place: XDG_CONFIG_HOME=DIRECTORY";
  const text = `can't write ${what} ${path}: ${getSystemMessage(error)}`;
  return new SystemError(text, `Nothing was changed. ${remedy}`, { cause: error });
}
