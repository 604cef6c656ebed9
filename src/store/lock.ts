// One sync a cache: a transaction held on a file beside it. The system lets go of it when the process dies.
import { existsSync } from "node:fs";
import { CacheError } from "../errors.ts";
import type { Database } from "./database.ts";
import { openLockFile } from "./database.ts";
import { explainStoreFailure } from "./failures.ts";

export interface SyncLock {
  release(): void;
}

/** Throws CacheError at once where another sync holds the lock. A cache in memory needs none. */
export function lockSync(cachePath: string): SyncLock {
  if (cachePath === "" || cachePath === ":memory:") return { release: () => {} };
  const path = `${cachePath}.lock`;
  let file: Database | undefined;
  try {
    file = openLockFile(path);
    file.exec("BEGIN IMMEDIATE");
    // The holder's name has to be committed to be read by others; the lock is taken again at once.
    file.exec("CREATE TABLE IF NOT EXISTS holder (pid INTEGER NOT NULL, since TEXT NOT NULL)");
    file.exec("DELETE FROM holder");
    file.prepare("INSERT INTO holder VALUES (?, ?)").run(process.pid, new Date().toISOString());
    file.exec("COMMIT");
    file.exec("BEGIN IMMEDIATE");
  } catch (error) {
    const failure = isBusy(error) ? alreadyRunning(file) : explainStoreFailure(error, path);
    file?.close();
    throw failure;
  }
  const held = file;
  return {
    release: () => {
      if (held.open) held.close();
    },
  };
}

/** Whether a sync of this cache is running now. */
export function isSyncing(cachePath: string): boolean {
  const path = `${cachePath}.lock`;
  if (cachePath === "" || cachePath === ":memory:" || !existsSync(path)) return false;
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

function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}

function alreadyRunning(file: Database | undefined): CacheError {
  let who = "";
  try {
    const holder = file?.prepare("SELECT pid, since FROM holder").get() as
      | { pid: number; since: string }
      | undefined;
    if (holder) who = ` (process ${holder.pid}, since ${holder.since})`;
  } catch {
    // Not yet written: the message does without.
  }
  return new CacheError(
    `another sync of this cache is running${who}`,
    "Wait until it has finished. Reading commands work meanwhile.",
  );
}
