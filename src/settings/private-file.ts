// Files of the user's own beside the settings: written whole or not at all, and only their owner can read them.
import { chmodSync, existsSync, mkdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SystemError } from "../model/errors.ts";
import { replaceFile, type Renaming } from "../host/files.ts";

export interface WrittenFile {
  readonly path: string;
  /** In errors: "the settings file". */
  readonly what: string;
}

/** Throws SystemError where the file could not be written. */
export function checkPrivateFile(file: WrittenFile): void {
  const { unfinished } = prepare(file);
  rmSync(unfinished, { force: true });
}

export function writePrivateFile(file: WrittenFile, text: string, on: Renaming = {}): void {
  const { target, unfinished } = prepare(file);
  try {
    writeFileSync(unfinished, text, { flush: true });
    replaceFile(unfinished, target, on);
  } catch (error) {
    throw unwritable(file, error, on.platform);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** An empty file beside the real one, to take its place. A link is followed: settings may lie among other dotfiles. */
function prepare(file: WrittenFile): { readonly target: string; readonly unfinished: string } {
  const { path } = file;
  try {
    const directory = dirname(path);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    close(directory);
    const target = existsSync(path) ? realpathSync(path) : path;
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { force: true });
    writeFileSync(unfinished, "", { mode: 0o600, flag: "wx" });
    return { target, unfinished };
  } catch (error) {
    throw unwritable(file, error);
  }
}

/** Where that can't be, the file by itself is closed to others. */
function close(directory: string): void {
  try {
    chmodSync(directory, 0o700);
  } catch {
    // Another's directory, or a disk without modes.
  }
}

function unwritable(
  { path, what }: WrittenFile,
  error: unknown,
  platform: NodeJS.Platform = process.platform,
): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = (platform === "win32" ? onWindows.get(code) : undefined) ?? reasons.get(code);
  if (known === undefined) return error;
  const [why, hint] = known;
  return new SystemError(`can't write ${what} ${path}: ${why}`, `Nothing was changed. ${hint}`, {
    cause: error,
  });
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
/** Who has the file open is told apart from who may not write it by nobody there. */
const deniedOnWindows: Reason = [
  "permission denied",
  "Close it in other programs, or let yourself write there (its Properties, Security).",
];
const onWindows = new Map<string, Reason>([
  ["EACCES", deniedOnWindows],
  ["EPERM", deniedOnWindows],
]);
