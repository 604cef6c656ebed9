// Checks Node, SQLite, the disk and the files beside the cache.

import { createRequire } from "node:module";
import { existsSync, readdirSync, statfsSync } from "node:fs";
import { basename, dirname, join, parse } from "node:path";
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { bytesText } from "../../output/number-text.ts";
import { openScratch, checkDriver } from "../../store/file/database.ts";
import { explainMissingBinary } from "../../store/file/cache-errors.ts";
import { doubtful, right, wrong, type Finding } from "./finding.ts";
import { keysPath } from "../../host/paths.ts";
import { closeToOthers, exposureOf } from "../../host/privacy.ts";
import { savedPath } from "../shared/opening/saved-questions.ts";

const leastNode = [20, 19] as const;

export function checkRuntime({ platform }: Context, node = process.versions.node): Finding {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isOld = major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1]);
  const topic = { check: "runtime", label: "Node" } as const;
  const text = `${node} on ${platform}`;
  return isOld ? wrong(topic, text, `Use Node ${leastNode.join(".")} or newer`) : right(topic, text);
}

export function checkSqlite(): Finding {
  const topic = { check: "sqlite", label: "SQLite" } as const;
  try {
    return right(topic, `${sqliteVersion()}, better-sqlite3 ${driverVersion()}`);
  } catch (error) {
    const failure = error instanceof RewindError ? error : explainMissingBinary(error);
    if (failure === null) throw error;
    return wrong(topic, failure.message, failure.hint.replace("\n", " "));
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

export function checkDisk({ cachePath }: Context, bytesFree = freeAt): Finding {
  const free = bytesFree(nearestDirectory(cachePath));
  const topic = { check: "disk", label: "disk" } as const;
  const text = `${bytesText(free)} free for the cache`;
  if (free >= leastFree) return right(topic, text);
  const remedy = "Free some space: a sync needs as much space as the cache itself";
  return free < leastFree / 10 ? wrong(topic, text, remedy) : doubtful(topic, text, remedy);
}

function freeAt(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function nearestDirectory(path: string): string {
  const directory = dirname(path);
  return existsSync(directory) || directory === path ? directory : nearestDirectory(directory);
}

// The files beside the settings and the cache: SQLite's log, the lock, copies of decisions, damaged caches and API
// keys. They are as private as the cache.

const own = { check: "files", label: "files" } as const;

/** Returns nothing if there are no such files, or if the system has no file modes. */
export function checkCompanions(context: Context): Finding[] {
  const { platform, cachePath, settingsPath } = context;
  if (platform === "win32") return [];
  const paths = [
    ...[keysPath(settingsPath), savedPath(context)].filter(existsSync),
    ...besideCache(cachePath),
  ];
  const exposed = (exposure: ReturnType<typeof exposureOf>): string[] =>
    paths.filter((path) => exposureOf({ path, isNamed: true }, { platform }) === exposure);
  const closable = exposed("closable");
  const linkedPaths = exposed("link or device");
  const foreignPaths = exposed("another user's");
  const findings: Finding[] = [];
  if (closable.length > 0) {
    const repair = async (): Promise<string> => {
      for (const path of closable) closeToOthers(path, 0o600);
      return Promise.resolve("closed to others");
    };
    const text = `${namesOf(closable)} can be read or changed by others`;
    findings.push(wrong(own, text, "close them: rewind doctor --fix", { repair }));
  }
  if (linkedPaths.length > 0) {
    const remedy = "rewind does not change links or devices: run chmod 600 on the target, or remove it";
    findings.push(wrong(own, `${namesOf(linkedPaths)} can be read or changed by others`, remedy));
  }
  if (foreignPaths.length > 0) {
    const remedy = "Make them yours and close them (chown, chmod 600), or move them away";
    findings.push(wrong(own, `${namesOf(foreignPaths)}: another user's, and open to others`, remedy));
  }
  if (findings.length > 0 || paths.length === 0) return findings;
  return [right(own, `${namesOf(paths)}: readable by you alone`)];
}

/** The files that the program itself writes there. It never changes the mode of any other file. */
function besideCache(cachePath: string): string[] {
  const directory = dirname(cachePath);
  if (!existsSync(directory)) return [];
  const { name, base } = parse(cachePath);
  const isOurs = (file: string): boolean =>
    ["-wal", "-shm", "-journal", ".lock"].some((ending) => file === base + ending) ||
    file.startsWith(`${name}.decisions.`) ||
    file.startsWith(`${name}.damaged-`);
  return readdirSync(directory)
    .filter(isOurs)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((file) => join(directory, file));
}

function namesOf(paths: readonly string[]): string {
  return paths.map((path) => basename(path)).join(", ");
}
