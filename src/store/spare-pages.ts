// What a sync needs only while it runs, the disk has back afterwards: more than half of a new cache was staged rows.
import { statfsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Database } from "./database.ts";

/** Values of PRAGMA auto_vacuum: in files of before, free pages can't be given back one by one. */
const incremental = 2;

/** Up to this share of free pages is kept: the next sync stages its rows in them. */
const keptShare = 0.1;
/** At once: others who write wait no longer than this takes. */
const pagesAtOnce = 2000;

/**
 * Gives free pages back; a file of before is written anew for it, once, where the disk has room. Part of a sync: no
 * reading command waits for it. What can't be done now is left to the next sync.
 */
export function giveBackSpace(database: Database, bytesFree = bytesFreeBeside): void {
  try {
    if (numberOf(database, "auto_vacuum") === incremental) return giveBackPages(database);
    // Room for the copy, and for the log that it is written back by.
    if (database.memory || bytesFree(database.name) < 2 * statSync(database.name).size) return;
    database.pragma("auto_vacuum = INCREMENTAL");
    database.exec("VACUUM");
  } catch (error) {
    if (!isOfTheMoment(error)) throw error;
  }
}

/** What a sync would give back; 0 where that isn't worth it. */
export function spareBytes(database: Database): number {
  const free = numberOf(database, "freelist_count");
  const isWorthIt = free > keptShare * numberOf(database, "page_count");
  return isWorthIt ? free * numberOf(database, "page_size") : 0;
}

function giveBackPages(database: Database): void {
  const free = numberOf(database, "freelist_count");
  if (free <= keptShare * numberOf(database, "page_count")) return;
  for (let left = free; left > 0; left -= pagesAtOnce) {
    database.pragma(`incremental_vacuum(${pagesAtOnce})`);
  }
}

function bytesFreeBeside(path: string): number {
  const { bavail, bsize } = statfsSync(dirname(path));
  return bavail * bsize;
}

function numberOf(database: Database, pragma: string): number {
  return Number(database.pragma(pragma, { simple: true }));
}

/** A full disk, another one at work on the file. */
function isOfTheMoment(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && /^SQLITE_(?:FULL|IOERR|BUSY|LOCKED)/.test(String(error.code))
  );
}
