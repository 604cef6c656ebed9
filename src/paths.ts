// Where settings and the cache live: the XDG directories on every system, Windows' own where it has them.
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, parse } from "node:path";
import { UsageError } from "./errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable that is set to something; XDG says that relative paths count as unset. */
function directory(value: string | undefined): string | undefined {
  return value !== undefined && value !== "" && (value.startsWith("/") || /^[A-Za-z]:[\\/]/.test(value))
    ? value
    : undefined;
}

function home(env: Environment): string {
  return directory(env["HOME"]) ?? homedir();
}

export function settingsPath(env: Environment, platform: NodeJS.Platform): string {
  const base =
    directory(env["XDG_CONFIG_HOME"]) ??
    (platform === "win32" ? directory(env["APPDATA"]) : undefined) ??
    join(home(env), ".config");
  return join(base, "rewind", "config.json");
}

/** Of the keys that programs ask with, beside the settings: never in the cache, so that a copy of it opens no door. */
export function keysPath(ofSettings: string): string {
  return join(dirname(ofSettings), "keys.json");
}

/** The cache also holds the user's own decisions, so it is data, not something to throw away. */
export function cachePath(env: Environment, platform: NodeJS.Platform): string {
  if (env["REWIND_DB"] !== undefined && env["REWIND_DB"] !== "") return env["REWIND_DB"];
  const base =
    directory(env["XDG_DATA_HOME"]) ??
    (platform === "win32" ? directory(env["LOCALAPPDATA"]) : undefined) ??
    join(home(env), ".local", "share");
  return join(base, "rewind", "rewind.db");
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

/** Of a copy of the user's decisions: rewind.decisions.json for rewind.db. `age`: 1 for the newest. */
export function decisionCopyPath(ofCache: string, age = 1): string {
  const { dir, name } = parse(existsSync(ofCache) ? realpathSync(ofCache) : ofCache);
  return join(dir, `${name}.decisions${age === 1 ? "" : `.${age}`}.json`);
}

/** Where Node may keep the compiled program: a directory that holds nothing which can't be made again. */
export function compileCachePath(env: Environment, platform: NodeJS.Platform): string {
  const xdg = directory(env["XDG_CACHE_HOME"]);
  const local = platform === "win32" ? directory(env["LOCALAPPDATA"]) : undefined;
  if (xdg === undefined && local !== undefined) return join(local, "rewind", "cache");
  return join(xdg ?? join(home(env), ".cache"), "rewind");
}

/** A path as a person would write it: ~ for the home directory. */
export function shortPath(path: string, env: Environment): string {
  const start = home(env);
  return start !== "/" && path.startsWith(`${start}/`) ? `~${path.slice(start.length)}` : path;
}
