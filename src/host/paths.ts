// The places of the settings and the cache, in the XDG directories or those of Windows, and of the package.
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse, posix, win32, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../model/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** XDG says that relative paths count as unset. */
function directory(value: string | undefined): string | undefined {
  return value !== undefined && (value.startsWith("/") || isOfWindows(value)) ? value : undefined;
}

/** An absolute path of Windows: C:\Users, C:/Users, \\server\share. */
function isOfWindows(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
}

/** Joins names to a directory in its own notation. */
function below(path: string, ...names: readonly string[]): string {
  return (isOfWindows(path) ? win32 : posix).join(path, ...names);
}

function home(env: Environment): string {
  return directory(env["HOME"]) ?? homedir();
}

/** One of two directories of Windows for the data of programs. Roaming follows the user to other machines. */
function appData(env: Environment, which: "Roaming" | "Local"): string {
  const fromEnvironment = directory(env[which === "Roaming" ? "APPDATA" : "LOCALAPPDATA"]);
  return fromEnvironment ?? below(directory(env["USERPROFILE"]) ?? home(env), "AppData", which);
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

/** The file of API keys. They are not in the cache, so that a copy of the cache contains no access. */
export function keysPath(ofSettings: string): string {
  return beside(ofSettings, "keys.json");
}

/** The cache contains the user's own decisions, so it is in the directory for data. */
export function cachePath(env: Environment, platform: NodeJS.Platform): string {
  if (env["REWIND_DB"] !== undefined && env["REWIND_DB"] !== "") return env["REWIND_DB"];
  const base =
    directory(env["XDG_DATA_HOME"]) ??
    (platform === "win32" ? appData(env, "Local") : below(home(env), ".local", "share"));
  return below(base, "rewind", "rewind.db");
}

/**
 * Throws UsageError for paths that SQLite would not take for this file: it removes blanks at the ends, and "" and
 * ":memory:" are temporary databases.
 */
export function checkCachePath(path: string): void {
  if (path !== "" && path.trim() === path && path !== ":memory:") return;
  throw new UsageError(
    `${JSON.stringify(path)} can't be the path of the cache`,
    "Give a file with --db PATH, or set REWIND_DB.",
  );
}

/** A copy of the user's decisions: rewind.decisions.json beside rewind.db, then rewind.decisions.2.json. */
export function decisionCopyPath(ofCache: string, nth: number): string {
  const { dir, name } = parse(existsSync(ofCache) ? realpathSync(ofCache) : ofCache);
  return join(dir, `${name}.decisions${nth === 1 ? "" : `.${nth}`}.json`);
}

/** The existing copies of decisions, the newest first. */
export function decisionCopies(ofCache: string): string[] {
  const copies: string[] = [];
  for (let nth = 1; existsSync(decisionCopyPath(ofCache, nth)); nth += 1) {
    copies.unshift(decisionCopyPath(ofCache, nth));
  }
  return copies;
}

/** A directory for files that can be made again. */
export function compileCachePath(env: Environment, platform: NodeJS.Platform): string {
  const xdg = directory(env["XDG_CACHE_HOME"]);
  if (xdg === undefined && platform === "win32") return below(appData(env, "Local"), "rewind", "cache");
  return below(xdg ?? below(home(env), ".cache"), "rewind");
}

/** The directory of cover pictures. */
export function coversPath(env: Environment, platform: NodeJS.Platform): string {
  return join(compileCachePath(env, platform), "covers");
}

/** A path as a person would write it: ~ for the home directory. */
export function shortPath(path: string, env: Environment): string {
  const start = home(env);
  return start !== "/" && path.startsWith(`${start}/`) ? `~${path.slice(start.length)}` : path;
}

/** Files in src/ and in dist/ are at different depths. */
function rootAbove(path: string): string {
  return existsSync(join(path, "bin/rewind.js")) ? path : rootAbove(dirname(path));
}

/** The directory of the package. */
export const packageRoot = rootAbove(fileURLToPath(new URL(".", import.meta.url)));
