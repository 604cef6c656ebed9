// Files of the user's own beside the settings: written whole or not at all, and only their owner can read them.
import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SystemError } from "../errors.ts";

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

export function writePrivateFile(file: WrittenFile, text: string): void {
  const { target, unfinished } = prepare(file);
  try {
    writeFileSync(unfinished, text, { flush: true });
    renameSync(unfinished, target);
  } catch (error) {
    throw unwritable(file, error);
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

function unwritable({ path, what }: WrittenFile, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = reasons.get(code);
  if (known === undefined) return error;
  const [why, hint] = known;
  return new SystemError(`can't write ${what} ${path}: ${why}`, `Nothing was changed. ${hint}`, {
    cause: error,
  });
}

const another = "or name another place: XDG_CONFIG_HOME=DIRECTORY";
const reasons = new Map<string, readonly [string, string]>([
  ["EACCES", ["permission denied", `Make its directory yours and writable (chown, chmod u+w), ${another}`]],
  ["EPERM", ["permission denied", `Make its directory yours and writable (chown, chmod u+w), ${another}`]],
  ["EROFS", ["the disk is read-only", `Make it writable, ${another}`]],
  ["ENOSPC", ["the disk is full", "Free some space, then try again."]],
  ["EDQUOT", ["your disk quota is used up", "Free some space, then try again."]],
  ["ENOTDIR", ["part of its path is a file", `Move that file away, ${another}`]],
  ["EEXIST", ["part of its path is a file", `Move that file away, ${another}`]],
  ["EISDIR", ["it is a directory", `Move that away, ${another}`]],
]);
