// Checks SQLite, the disk and the files beside the cache.

import { createRequire } from "node:module";
import { existsSync, readdirSync, statfsSync } from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { formatBytes } from "../../output/format-numbers.ts";
import { openScratch, checkDriver } from "../../store/file/database.ts";
import { explainMissingBinary } from "../../store/file/cache-errors.ts";
import { getKeysPath, formatPath } from "../../host/paths.ts";
import { warn, failWithError, pass, type Finding } from "./finding.ts";
import { checkExposure } from "./settings-check.ts";
import { getSavedQueriesPath } from "../shared/access/saved-queries.ts";

export function checkSqlite(): Finding {
  const topic = { check: "sqlite", label: "SQLite" };
  try {
    return pass(topic, `${readSqliteVersion()}, better-sqlite3 ${readDriverVersion()}`);
  } catch (error) {
    const failure = error instanceof RewindError ? error : explainMissingBinary(error);
    if (failure === null) throw error;
    return failWithError(topic, failure);
  }
}

/** Throws if SQLite can't be loaded. */
export function readSqliteVersion(): string {
  checkDriver();
  const scratch = openScratch();
  try {
    return String(scratch.prepare("SELECT sqlite_version()").pluck().get());
  } finally {
    scratch.close();
  }
}

export function readDriverVersion(): string {
  const { version } = createRequire(import.meta.url)("better-sqlite3/package.json") as { version: string };
  return version;
}

/** Bytes. A sync stages its rows beside the published ones. */
const minFreeBytes = 100e6;

export function checkDisk({ cachePath }: Context): Finding {
  const { bavail, bsize } = statfsSync(findNearestDirectory(cachePath));
  const free = bavail * bsize;
  const topic = { check: "disk", label: "disk" };
  const text = `${formatBytes(free)} free for the cache`;
  if (free >= minFreeBytes) return pass(topic, text);
  return warn(topic, text, "Free some space: a sync needs as much space as the cache itself");
}

function findNearestDirectory(path: string): string {
  const directory = dirname(path);
  return existsSync(directory) || directory === path ? directory : findNearestDirectory(directory);
}

// The files beside the settings and the cache: SQLite's log, the lock, copies of decisions, damaged caches and API
// keys. They are as private as the cache.

const filesTopic = { check: "files", label: "files" };

/** Returns nothing if there are no such files, or if the system has no file modes. */
export function checkCompanionFiles(context: Context): Finding[] {
  const { platform, cachePath, settingsPath, env } = context;
  if (platform === "win32") return [];
  const others = [getKeysPath(settingsPath), getSavedQueriesPath(context)].filter(existsSync);
  const paths = [...others, ...listCompanionFiles(cachePath)];
  const findings = paths.flatMap(
    (path) => checkExposure(context, { path, isUserChosen: true }, formatPath(path, env), filesTopic) ?? [],
  );
  if (findings.length > 0 || paths.length === 0) return findings;
  return [pass(filesTopic, `${paths.map((path) => basename(path)).join(", ")}: readable by you alone`)];
}

/** The files that the program itself writes there. It never changes the mode of any other file. */
function listCompanionFiles(cachePath: string): string[] {
  const directory = dirname(cachePath);
  const { name, base } = parse(cachePath);
  const isOwnFile = (file: string): boolean =>
    ["-wal", "-shm", "-journal", ".lock"].some((ending) => file === base + ending) ||
    file.startsWith(`${name}.decisions.`) ||
    file.startsWith(`${name}.damaged-`);
  try {
    return readdirSync(directory)
      .filter(isOwnFile)
      .toSorted()
      .map((file) => join(directory, file));
  } catch {
    // The check of the cache says why.
    return [];
  }
}
