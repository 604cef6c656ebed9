// The settings file is written whole or not at all, and only its owner can read it.
import { chmodSync, existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SystemError } from "../errors.ts";
import { readSettingsFile, type StoredSettings } from "./file.ts";
import { settingNames, type SettingName } from "./table.ts";

/** What to set, and with null what to take away; the rest stays. */
export type SettingChanges = Readonly<Partial<Record<SettingName, string | null>>>;

/**
 * Tells whether anything is different now.
 * Throws UsageError where the file isn't what it should be, SystemError where it can't be written.
 */
export function changeSettings(path: string, changes: SettingChanges): boolean {
  const before = readSettingsFile(path);
  const after: StoredSettings = Object.fromEntries(
    settingNames.flatMap((name) => {
      const value = changes[name] === undefined ? before[name] : changes[name];
      return value === undefined || value === null ? [] : [[name, value] as const];
    }),
  );
  if (settingNames.every((name) => before[name] === after[name])) return false;
  writeSettings(path, after);
  return true;
}

/** Throws SystemError where the file could not be written. */
export function checkWritable(path: string): void {
  const { unfinished } = prepare(path);
  rmSync(unfinished, { force: true });
}

function writeSettings(path: string, stored: StoredSettings): void {
  const { target, unfinished } = prepare(path);
  try {
    writeFileSync(unfinished, `${JSON.stringify(stored, null, 2)}\n`, { flush: true });
    renameSync(unfinished, target);
  } catch (error) {
    throw unwritable(path, error);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** An empty file beside the real one, to take its place. A link is followed: settings may lie among other dotfiles. */
function prepare(path: string): { readonly target: string; readonly unfinished: string } {
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
    throw unwritable(path, error);
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

function unwritable(path: string, error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const known = reasons.get(code);
  if (known === undefined) return error;
  const [why, hint] = known;
  return new SystemError(`can't write the settings file ${path}: ${why}`, `Nothing was changed. ${hint}`, {
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
