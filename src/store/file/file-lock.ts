// One lock for everything that must run alone: a transaction on a file of its own. The system releases it when the
// process dies, so a killed process leaves nothing behind.
import { existsSync, realpathSync, statSync } from "node:fs";
import { AlreadySyncing, CacheError } from "../../model/errors.ts";
import { type Database, isBusy, openLockFile } from "./database.ts";
import { explainStoreFailure } from "./cache-errors.ts";
import { execute, queryValue } from "./sql.ts";

/** Takes the lock, which lasts until the connection is closed. Throws SQLite's error if it is not free in time. */
export function takeLock(path: string, waitMs: number): Database {
  const file = openLockFile(path);
  try {
    file.pragma(`busy_timeout = ${waitMs}`);
    file.exec("BEGIN IMMEDIATE");
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

/** isSyncing() holds the lock for less time than this. */
const probeMs = 50;

/** Locks a cache for one sync, whatever name it goes by. Throws CacheError if another sync holds the lock. */
export function lockSync(cachePath: string): { release(): void } {
  refuseSecondName(cachePath);
  const path = getLockPath(cachePath);
  let lockFile: Database | undefined;
  try {
    lockFile = takeLock(path, probeMs);
    // Others can read the holder only once it is committed.
    lockFile.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL)");
    lockFile.exec("DELETE FROM holder");
    execute(lockFile)`INSERT INTO holder VALUES (${process.pid}, strftime('%Y-%m-%dT%H:%M:%SZ'))`;
    lockFile.exec("COMMIT; BEGIN IMMEDIATE");
    const lock = lockFile;
    return { release: () => void lock.close() };
  } catch (error) {
    lockFile?.close();
    throw isBusy(error) ? createAlreadySyncingError(describeHolder(path)) : explainStoreFailure(error, path);
  }
}

/** Returns true if a sync of this cache is running now. */
export function isSyncing(cachePath: string): boolean {
  const path = getLockPath(cachePath);
  if (!existsSync(path)) return false;
  try {
    takeLock(path, 0).close();
    return false;
  } catch (error) {
    return isBusy(error);
  }
}

/** Identifies a file by its inode, whatever its name. Returns "" if there is none. */
export function getFileIdentity(path: string): string {
  const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? "" : `${stat.dev}:${stat.ino}`;
}

/** The lock is beside the file itself, not beside a link to it. */
function getLockPath(cachePath: string): string {
  return `${existsSync(cachePath) ? realpathSync(cachePath) : cachePath}.lock`;
}

/** SQLite keeps a log for each name of a file. Writing through two hard links would damage the cache. */
function refuseSecondName(cachePath: string): void {
  const names = statSync(cachePath, { throwIfNoEntry: false })?.nlink ?? 1;
  if (names < 2) return;
  throw new CacheError(
    `the cache ${cachePath} has ${names} names (hard links): syncing it under two names could damage it`,
    "Copy it, then put the copy in its place. A symbolic link does no harm.",
  );
}

/** " (process 123, since …)"; "" if it can't be read yet. */
function describeHolder(path: string): string {
  const file = openLockFile(path);
  try {
    return queryValue(file, "")`SELECT ' (process ' || pid || ', since ' || since || ')' FROM holder`;
  } catch {
    return "";
  } finally {
    file.close();
  }
}

export function createAlreadySyncingError(who = ""): AlreadySyncing {
  return new AlreadySyncing(
    `another sync of this cache is running${who}`,
    "Wait for it to finish; reading commands work meanwhile.",
  );
}
