// What the program runs on.
import { createRequire } from "node:module";
import { existsSync, statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Context } from "../../context.ts";
import { RewindError } from "../../model/errors.ts";
import { bytesText } from "../../output/numbers.ts";
import { openScratch, checkDriver } from "../../store/file/database.ts";
import { explainMissingBinary } from "../../store/file/failures.ts";
import type { Finding } from "./finding.ts";

/** The least that the program is made for. */
const leastNode = [20, 19] as const;

export function checkRuntime({ platform }: Context, node = process.versions.node): Finding {
  const [major = 0, minor = 0] = node.split(".").map(Number);
  const isOld = major < leastNode[0] || (major === leastNode[0] && minor < leastNode[1]);
  return {
    check: "runtime",
    label: "Node",
    mark: isOld ? "wrong" : "right",
    text: `${node} on ${platform}`,
    ...(isOld ? { remedy: `Use Node ${leastNode.join(".")} or newer` } : {}),
  };
}

export function checkSqlite(): Finding {
  const own = { check: "sqlite", label: "SQLite" } as const;
  try {
    checkDriver();
    const scratch = openScratch();
    const version = String(scratch.prepare("SELECT sqlite_version()").pluck().get());
    scratch.close();
    return { ...own, mark: "right", text: `${version}, better-sqlite3 ${driverVersion()}` };
  } catch (error) {
    const told = error instanceof RewindError ? error : explainMissingBinary(error);
    if (told === null) throw error;
    return { ...own, mark: "wrong", text: told.message, remedy: told.hint.replace("\n", " ") };
  }
}

function driverVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("better-sqlite3/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

/** A sync stages what it reads beside what is there. */
const leastFree = 100e6;

export function checkDisk({ cachePath }: Context, bytesFree = freeAt): Finding {
  const free = bytesFree(nearestDirectory(cachePath));
  const own = { check: "disk", label: "disk", text: `${bytesText(free)} free for the cache` } as const;
  if (free >= leastFree) return { ...own, mark: "right" };
  const remedy = "Free some space: a sync needs as much again as the cache takes";
  return free < leastFree / 10 ? { ...own, mark: "wrong", remedy } : { ...own, mark: "doubtful", remedy };
}

function freeAt(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function nearestDirectory(path: string): string {
  const directory = dirname(path);
  return existsSync(directory) || directory === path ? directory : nearestDirectory(directory);
}
