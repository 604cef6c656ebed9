// Where settings and the cache live: the XDG directories on every system, Windows' own where it has them.
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse, posix, win32 } from "node:path";
import { UsageError } from "../model/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to something; XDG says that relative paths count as unset. */
function directory(value: string | undefined): string | undefined {
  return value !== undefined && (value.startsWith("/") || isOfWindows(value)) ? value : undefined;
}

/** C:\Users, C:/Users, \\server\share: wherever one stands, the same place. */
function isOfWindows(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
}

/** What lies below a directory, written as that is. */
function below(path: string, ...names: readonly string[]): string {
  return (isOfWindows(path) ? win32 : posix).join(path, ...names);
}

function home(env: Environment): string {
  return directory(env["HOME"]) ?? homedir();
}

/** One of the two places that Windows has for what programs keep for a user: one follows the user to other machines. */
function appData(env: Environment, which: "Roaming" | "Local"): string {
  const named = directory(env[which === "Roaming" ? "APPDATA" : "LOCALAPPDATA"]);
  return named ?? below(directory(env["USERPROFILE"]) ?? home(env), "AppData", which);
}

export function settingsPath(env: Environment, platform: NodeJS.Platform): string {
  const base =
    directory(env["XDG_CONFIG_HOME"]) ??
    (platform === "win32" ? appData(env, "Roaming") : below(home(env), ".config"));
  return below(base, "rewind", "config.json");
}

/** Another file in the directory of one. */
export function beside(path: string, name: string): string {
  return below((isOfWindows(path) ? win32 : posix).dirname(path), name);
}

/** Of the keys that programs ask with, beside the settings: never in the cache, so that a copy of it opens no door. */
export function keysPath(ofSettings: string): string {
  return beside(ofSettings, "keys.json");
}

/** The cache also holds the user's own decisions, so it is data, not something to throw away. */
export function cachePath(env: Environment, platform: NodeJS.Platform): string {
  if (env["REWIND_DB"] !== undefined && env["REWIND_DB"] !== "") return env["REWIND_DB"];
  const base =
    directory(env["XDG_DATA_HOME"]) ??
    (platform === "win32" ? appData(env, "Local") : below(home(env), ".local", "share"));
  return below(base, "rewind", "rewind.db");
}

/**
 * Throws UsageError for what SQLite would take for something else than this file: it cuts off blanks at the ends,
 * and makes a database that is gone at the end of "" and ":memory:".
 */
export function checkCachePath(path: string): void {
  const hint = "Give a file with --db PATH, or set REWIND_DB.";
  if (path.trim() === "") throw new UsageError("the cache path is empty", hint);
  if (path.trim() !== path) {
    throw new UsageError(`the cache path begins or ends with a space: ${JSON.stringify(path)}`, hint);
  }
  if (path === ":memory:") throw new UsageError("the cache can't be in memory (:memory:)", hint);
}

/** Where the user's decisions are saved: rewind.decisions.json beside rewind.db, then rewind.decisions.2.json. */
export function decisionCopyPath(ofCache: string, nth: number): string {
  const { dir, name } = parse(existsSync(ofCache) ? realpathSync(ofCache) : ofCache);
  return join(dir, `${name}.decisions${nth === 1 ? "" : `.${nth}`}.json`);
}

/** The files in which decisions of a cache were saved, the newest first. */
export function decisionCopies(ofCache: string): string[] {
  const copies: string[] = [];
  for (let nth = 1; existsSync(decisionCopyPath(ofCache, nth)); nth += 1) {
    copies.unshift(decisionCopyPath(ofCache, nth));
  }
  return copies;
}

/** Where Node may keep the compiled program: a directory that holds nothing which can't be made again. */
export function compileCachePath(env: Environment, platform: NodeJS.Platform): string {
  const xdg = directory(env["XDG_CACHE_HOME"]);
  if (xdg === undefined && platform === "win32") return below(appData(env, "Local"), "rewind", "cache");
  return below(xdg ?? below(home(env), ".cache"), "rewind");
}

/** Pictures of covers: each can be fetched again. */
export function coversPath(env: Environment, platform: NodeJS.Platform): string {
  return join(compileCachePath(env, platform), "covers");
}

/** A path as a person would write it: ~ for the home directory. */
export function shortPath(path: string, env: Environment): string {
  const start = home(env);
  return start !== "/" && path.startsWith(`${start}/`) ? `~${path.slice(start.length)}` : path;
}
