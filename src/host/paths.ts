// The places of the settings and the cache, in the XDG directories or those of Windows, and of the package.
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { join, parse, posix, win32, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../model/errors.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** XDG says that relative paths count as unset. */
function parseDirectory(value: string | undefined): string | undefined {
  return value !== undefined && (value.startsWith("/") || isWindowsPath(value)) ? value : undefined;
}

/** An absolute path of Windows: C:\Users, C:/Users, \\server\share. */
function isWindowsPath(path: string): boolean {
  return /^(?:[A-Za-z]:[\\/]|\\\\)/.test(path);
}

/** Joins names to a directory in its own notation. */
function joinPath(path: string, ...names: readonly string[]): string {
  return (isWindowsPath(path) ? win32 : posix).join(path, ...names);
}

function getHomeDirectory(env: Environment): string {
  return parseDirectory(env["HOME"]) ?? homedir();
}

/** One of two directories of Windows for the data of programs. Roaming follows the user to other machines. */
function getAppDataDirectory(env: Environment, which: "Roaming" | "Local"): string {
  const fromEnvironment = parseDirectory(env[which === "Roaming" ? "APPDATA" : "LOCALAPPDATA"]);
  return (
    fromEnvironment ?? joinPath(parseDirectory(env["USERPROFILE"]) ?? getHomeDirectory(env), "AppData", which)
  );
}

export function getSettingsPath(env: Environment, platform: NodeJS.Platform): string {
  const base =
    parseDirectory(env["XDG_CONFIG_HOME"]) ??
    (platform === "win32" ? getAppDataDirectory(env, "Roaming") : joinPath(getHomeDirectory(env), ".config"));
  return joinPath(base, "rewind", "config.json");
}

/** Another file in the directory of one. */
export function getSiblingPath(path: string, name: string): string {
  return joinPath((isWindowsPath(path) ? win32 : posix).dirname(path), name);
}

/** The file of API keys. They are not in the cache, so that a copy of the cache contains no access. */
export function getKeysPath(ofSettings: string): string {
  return getSiblingPath(ofSettings, "keys.json");
}

/** The cache contains the user's own decisions, so it is in the directory for data. */
export function getCachePath(env: Environment, platform: NodeJS.Platform): string {
  if (env["REWIND_DB"] !== undefined && env["REWIND_DB"] !== "") return env["REWIND_DB"];
  const base =
    parseDirectory(env["XDG_DATA_HOME"]) ??
    (platform === "win32"
      ? getAppDataDirectory(env, "Local")
      : joinPath(getHomeDirectory(env), ".local", "share"));
  return joinPath(base, "rewind", "rewind.db");
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
export function getDecisionCopyPath(ofCache: string, nth: number): string {
  const { dir, name } = parse(existsSync(ofCache) ? realpathSync(ofCache) : ofCache);
  return join(dir, `${name}.decisions${nth === 1 ? "" : `.${nth}`}.json`);
}

/** The existing copies of decisions, the newest first. */
export function listDecisionCopies(ofCache: string): string[] {
  const copies: string[] = [];
  for (let nth = 1; existsSync(getDecisionCopyPath(ofCache, nth)); nth += 1) {
    copies.unshift(getDecisionCopyPath(ofCache, nth));
  }
  return copies;
}

/** A directory for files that can be made again. */
export function getCompileCachePath(env: Environment, platform: NodeJS.Platform): string {
  const xdg = parseDirectory(env["XDG_CACHE_HOME"]);
  if (xdg === undefined && platform === "win32")
    return joinPath(getAppDataDirectory(env, "Local"), "rewind", "cache");
  return joinPath(xdg ?? joinPath(getHomeDirectory(env), ".cache"), "rewind");
}

/** The directory of cover pictures. */
export function getCoversPath(env: Environment, platform: NodeJS.Platform): string {
  return join(getCompileCachePath(env, platform), "covers");
}

/** A path as a person would write it: ~ for the home directory. */
export function formatPath(path: string, env: Environment): string {
  const start = getHomeDirectory(env);
  return start !== "/" && path.startsWith(`${start}/`) ? `~${path.slice(start.length)}` : path;
}

/** Files in src/ and in dist/ are at different depths. */
function findPackageRoot(path: string): string {
  return existsSync(join(path, "bin/rewind.js")) ? path : findPackageRoot(dirname(path));
}

/** The directory of the package. */
export const packageRoot = findPackageRoot(fileURLToPath(new URL(".", import.meta.url)));
