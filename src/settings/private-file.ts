// The user's own files beside the settings: settings, API keys and saved questions. They are written whole or not at all,
// and only their owner can read them.
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { codeOf, SystemError, UsageError } from "../model/errors.ts";
import { replaceFile, textOfBytes, type Renaming } from "../host/files.ts";
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
 * Throws UsageError if it can't be read, is larger than 64 MB, or is no regular file: a pipe or a device may have no end.
 */
export function readPrivateFile({ path, what }: OwnFile): string | null {
  const refusal = (why: string, hint: string, cause?: unknown): UsageError =>
    new UsageError(`${what} ${path} ${why}`, hint, { cause });
  let file: number;
  try {
    // Opening a pipe would otherwise wait until somebody writes to it. Windows has no such flag.
    file = openSync(path, constants.O_RDONLY | ((constants.O_NONBLOCK as number | undefined) ?? 0));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw refusal(`can't be read (${code})`, "Check its permissions, then try again.", error);
  }
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw refusal("can't be read: it is not a regular file", moveAway);
    if (stats.size > mostBytes) throw refusal("can't be read: it is larger than 64 MB", moveAway);
    return textOfBytes(readFileSync(file));
  } finally {
    closeSync(file);
  }
}

/** Throws SystemError if the file can't be written. */
export function checkPrivateFile(file: OwnFile): void {
  const { unfinished, descriptor } = prepare(file);
  closeSync(descriptor);
  rmSync(unfinished, { force: true });
}

export function writePrivateFile(file: OwnFile, text: string, on: Renaming = {}): void {
  const { target, unfinished, descriptor } = prepare(file);
  try {
    try {
      writeFileSync(descriptor, text, { flush: true });
    } finally {
      closeSync(descriptor);
    }
    replaceFile(unfinished, target, on);
  } catch (error) {
    throw writeError(file, error, on.platform);
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

function writeError(
  { path, what }: OwnFile,
  error: unknown,
  platform: NodeJS.Platform = process.platform,
): unknown {
  const code = codeOf(error);
  const reason = (platform === "win32" ? onWindows.get(code) : undefined) ?? reasons.get(code);
  if (reason === undefined) return error;
  const [why, hint] = reason;
  const text = `can't write ${what} ${path}: ${why}`;
  return new SystemError(text, `Nothing was changed. ${hint}`, { cause: error });
}

type Reason = readonly [why: string, hint: string];

const another = "or name another place: XDG_CONFIG_HOME=DIRECTORY";
const denied: Reason = [
  "permission denied",
  `Make its directory yours and writable (chown, chmod u+w), ${another}`,
];
const inTheWay: Reason = ["part of its path is a file", `Move that file away, ${another}`];
const reasons = new Map<string, Reason>([
  ["EACCES", denied],
  ["EPERM", denied],
  ["EBUSY", ["another program has it open", "Close it there, then try again."]],
  ["EROFS", ["the disk is read-only", `Make it writable, ${another}`]],
  ["ENOSPC", ["the disk is full", "Free some space, then try again."]],
  ["EDQUOT", ["your disk quota is used up", "Free some space, then try again."]],
  ["ENOTDIR", inTheWay],
  ["EEXIST", inTheWay],
  ["EISDIR", ["it is a directory", `Move that away, ${another}`]],
]);
/** Windows reports the same code for a file in use and for a missing permission. */
const deniedOnWindows: Reason = [
  "permission denied",
  "Close it in other programs, or let yourself write there (its Properties, Security).",
];
const onWindows = new Map<string, Reason>([
  ["EACCES", deniedOnWindows],
  ["EPERM", deniedOnWindows],
]);
