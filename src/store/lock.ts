// One sync a cache, whatever name it goes by: a transaction held on a file beside the real cache. The system lets go of
// it when the process dies.
import { existsSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { CacheError } from "../errors.ts";
import { type Database, openLockFile } from "./database.ts";
import { explainStoreFailure } from "./failures.ts";

export interface SyncLock {
  /** Device and inode of the file that is locked; "" for a cache in memory. */
  readonly file: string;
  release(): void;
}

/** Whoever only asks whether a sync is running lets go of the lock before this. */
const askingMs = 50;

/** Throws CacheError where another sync holds the lock. A cache in memory needs none. */
export function lockSync(cachePath: string): SyncLock {
  if (isInMemory(cachePath)) return { file: "", release: () => {} };
  refuseSecondName(cachePath);
  const path = lockPath(cachePath);
  let file: Database | undefined;
  try {
    file = openLockFile(path);
    file.pragma(`busy_timeout = ${askingMs}`);
    file.exec("BEGIN IMMEDIATE");
    // The holder's name has to be committed to be read by others; the lock is taken again at once.
    file.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL)");
    file.exec("DELETE FROM holder");
    file.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, new Date().toISOString());
    file.exec("COMMIT");
    file.exec("BEGIN IMMEDIATE");
    const held = file;
    return {
      file: identityOf(path),
      release: () => {
        if (held.open) held.close();
      },
    };
  } catch (error) {
    const failure = isBusy(error) ? alreadyRunning(holderOf(file)) : explainStoreFailure(error, path);
    file?.close();
    throw failure;
  }
}

/** Whether a sync of this cache is running now. */
export function isSyncing(cachePath: string): boolean {
  if (isInMemory(cachePath)) return false;
  const path = lockPath(cachePath);
  if (!existsSync(path)) return false;
  let file: Database | undefined;
  try {
    file = openLockFile(path);
    file.exec("BEGIN IMMEDIATE; ROLLBACK");
    return false;
  } catch (error) {
    return isBusy(error);
  } finally {
    file?.close();
  }
}

/** Tells one file from another, whatever they are called; "" where there is none. */
export function identityOf(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.dev}:${stat.ino}`;
}

export function isInMemory(cachePath: string): boolean {
  return cachePath === "" || cachePath === ":memory:";
}

/** Beside the file itself, not beside a link to it. */
function lockPath(cachePath: string): string {
  if (existsSync(cachePath)) return `${realpathSync(cachePath)}.lock`;
  const directory = dirname(cachePath);
  return existsSync(directory)
    ? `${join(realpathSync(directory), basename(cachePath))}.lock`
    : `${cachePath}.lock`;
}

/** SQLite keeps a log beside each name of a file: written through two hard links, the file would be torn. */
function refuseSecondName(cachePath: string): void {
  const names = statSync(cachePath, { throwIfNoEntry: false })?.nlink ?? 1;
  if (names < 2) return;
  throw new CacheError(
    `the cache ${cachePath} has ${names} names (hard links): syncing it under two names could damage it`,
    `Make it a file of its own: ${ownFileRemedy(cachePath, process.platform)}; a symbolic link does no harm`,
  );
}

/** How a person makes one file of a name among several. */
export function ownFileRemedy(path: string, platform: NodeJS.Platform): string {
  return platform === "win32"
    ? "copy it, then put the copy in its place"
    : `cp ${path} COPY && mv COPY ${path}`;
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}

export interface LockHolder {
  readonly pid: number;
  /** ISO 8601. */
  readonly since: string;
}

function holderOf(file: Database | undefined): LockHolder | undefined {
  try {
    return file?.prepare<[], LockHolder>("SELECT pid, since FROM holder").get();
  } catch {
    // Not yet written: the message does without.
    return undefined;
  }
}

const runningWords = "another sync of this cache is running";

/** Whether that was told, be it by another process. */
export function isAlreadyRunning({ message }: Error): boolean {
  return message.startsWith(runningWords);
}

export function alreadyRunning(holder: LockHolder | undefined): CacheError {
  const who =
    holder === undefined ? "" : ` (process ${holder.pid}, since ${holder.since.replace(/\.\d+Z$/, "Z")})`;
  return new CacheError(`${runningWords}${who}`, "Wait for it to finish; reading commands work meanwhile.");
}
