// Which sync the cache belongs to while it is filled, told in the cache itself: the lock beside it can be removed by hand.
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { realpathSync } from "node:fs";
import { CacheError } from "../errors.ts";
import { type Database, transact } from "./database.ts";
import { alreadyRunning, identityOf, isInMemory, type SyncLock } from "./lock.ts";

export interface SyncHolder {
  /** One transaction of this sync. Throws LostCache, and writes nothing, where another sync took the cache over. */
  write<Result>(work: () => Result): Result;
  release(): void;
}

/** Another sync works on the cache now: nothing more may be written to it. */
export class LostCache extends CacheError {
  constructor() {
    super(
      "another sync of this cache has taken over",
      "This one has stopped. Once the other has finished, run: rewind sync",
    );
  }
}

interface HolderRow {
  readonly pid: number;
  readonly host: string;
  readonly cacheFile: string;
  readonly lockFile: string;
  readonly sinceUts: number;
}

/** No sync takes so long: a process with the number of one that began before is another program. */
const longestSeconds = 86_400;

/** Makes the cache this sync's. Throws CacheError where another one is at work, though its lock is gone. */
export function holdCache(database: Database, lock: SyncLock): SyncHolder {
  const token = randomUUID();
  const cacheFile = isInMemory(database.name) ? "" : identityOf(realpathSync(database.name));
  const nowUts = Math.floor(Date.now() / 1000);
  transact(database, () => {
    const holder = readHolder(database);
    if (holder && isAtWork(holder, { cacheFile, lockFile: lock.file, nowUts })) {
      throw alreadyRunning({ pid: holder.pid, since: new Date(holder.sinceUts * 1000).toISOString() });
    }
    database
      .prepare("INSERT OR REPLACE INTO sync_holder VALUES (1, ?, ?, ?, ?, ?, ?)")
      .run(token, process.pid, hostname(), cacheFile, lock.file, nowUts);
  });
  const holds = database.prepare("SELECT 1 FROM sync_holder WHERE token = ?");
  return {
    write: (work) =>
      transact(database, () => {
        if (holds.get(token) === undefined) throw new LostCache();
        return work();
      }),
    release: () => {
      if (!database.open) return;
      try {
        database.prepare("DELETE FROM sync_holder WHERE token = ?").run(token);
      } catch {
        // A full disk: the lock file, free again, tells the next sync that nobody is at work.
      }
    },
  };
}

function readHolder(database: Database): HolderRow | undefined {
  return database
    .prepare<[], HolderRow>(
      `SELECT pid, host, cache_file AS cacheFile, lock_file AS lockFile, since_uts AS sinceUts FROM sync_holder`,
    )
    .get();
}

/** Whoever held the lock file that is ours now is dead. Of another lock file only the process can tell. */
function isAtWork(
  holder: HolderRow,
  now: { readonly cacheFile: string; readonly lockFile: string; readonly nowUts: number },
): boolean {
  if (holder.host !== hostname() || holder.cacheFile !== now.cacheFile) return false;
  if (holder.lockFile === now.lockFile) return false;
  return Math.abs(now.nowUts - holder.sinceUts) < longestSeconds && isAlive(holder.pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
