// Checks SQLite, the disk and the files beside the cache.

import { createRequire } from "node:module";
import { existsSync, readdirSync, statfsSync } from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { bytesText } from "../../output/number-text.ts";
import { openScratch, checkDriver } from "../../store/file/database.ts";
import { explainMissingBinary } from "../../store/file/cache-errors.ts";
import { keysPath, shortPath } from "../../host/paths.ts";
import { doubtful, failed, right, type Finding } from "./finding.ts";
import { exposureFinding } from "./settings-check.ts";
import { savedPath } from "../shared/opening/saved-questions.ts";

export function checkSqlite(): Finding {
  const topic = { check: "sqlite", label: "SQLite" };
  try {
    return right(topic, `${sqliteVersion()}, better-sqlite3 ${driverVersion()}`);
  } catch (error) {
    const failure = error instanceof RewindError ? error : explainMissingBinary(error);
    if (failure === null) throw error;
    return failed(topic, failure);
  }
}

/** Throws if SQLite can't be loaded. */
export function sqliteVersion(): string {
  checkDriver();
  const scratch = openScratch();
  try {
    return String(scratch.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    scratch.close();
  }
}

export function driverVersion(): string {
  const { version } = createRequire(import.meta.url)("better-sqlite3/package.json") as { version: string };
  return version;
}

/** In bytes. A sync stages its rows beside the published ones. */
const leastFree = 100e6;

export function checkDisk({ cachePath }: Context): Finding {
  const { bavail, bsize } = statfsSync(nearestDirectory(cachePath));
  const free = bavail * bsize;
  const topic = { check: "disk", label: "disk" };
  const text = `${bytesText(free)} free for the cache`;
  if (free >= leastFree) return right(topic, text);
  return doubtful(topic, text, "Free some space: a sync needs as much space as the cache itself");
}

function nearestDirectory(path: string): string {
  const directory = dirname(path);
  return existsSync(directory) || directory === path ? directory : nearestDirectory(directory);
}

// The files beside the settings and the cache: SQLite's log, the lock, copies of decisions, damaged caches and API
// keys. They are as private as the cache.

const own = { check: "files", label: "files" };

/** Returns nothing if there are no such files, or if the system has no file modes. */
export function checkCompanions(context: Context): Finding[] {
  const { platform, cachePath, settingsPath, env } = context;
  if (platform === "win32") return [];
  const others = [keysPath(settingsPath), savedPath(context)].filter(existsSync);
  const paths = [...others, ...besideCache(cachePath)];
  const findings = paths.flatMap(
    (path) => exposureFinding(context, { path, isNamed: true }, shortPath(path, env), own) ?? [],
  );
  if (findings.length > 0 || paths.length === 0) return findings;
  return [right(own, `${paths.map((path) => basename(path)).join(", ")}: readable by you alone`)];
}

/** The files that the program itself writes there. It never changes the mode of any other file. */
function besideCache(cachePath: string): string[] {
  const directory = dirname(cachePath);
  const { name, base } = parse(cachePath);
  const isOurs = (file: string): boolean =>
    ["-wal", "-shm", "-journal", ".lock"].some((ending) => file === base + ending) ||
    file.startsWith(`${name}.decisions.`) ||
    file.startsWith(`${name}.damaged-`);
  try {
    return readdirSync(directory)
      .filter(isOurs)
      .toSorted()
      .map((file) => join(directory, file));
  } catch {
    // The check of the cache says why.
    return [];
  }
}
