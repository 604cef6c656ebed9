// Opening the cache: made where it is missing, checked, and brought to today's tables.
import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { CacheError } from "../errors.ts";
import {
  connect,
  connectReadonly,
  isBusy,
  isSqliteError,
  isUnwritable,
  openScratch,
  type Database,
} from "./database.ts";
import { checkDriver } from "./driver.ts";
import { damagedCache, explainStoreFailure } from "./failures.ts";
import { applicationId, currentFormat } from "./schema.ts";
import { formatOf, migrate } from "./upgrade.ts";
import { refreshViews, standInViews } from "./views.ts";

export interface OpenOptions {
  /** "read": the file must exist and is never created. "write": created with its directory where missing. */
  readonly mode: "read" | "write";
}

/**
 * Opens a cache and brings its tables up to date.
 * Returns undefined in mode "read" where there is no cache yet.
 * Throws CacheError: another program's file, a newer rewind's, a damaged one, one that may not be written.
 */
export function openDatabase(path: string, { mode }: OpenOptions): Database | undefined {
  if (mode === "read" && (!existsSync(path) || statSync(path).size === 0)) return undefined;
  let database: Database | undefined;
  try {
    checkDriver();
    if (mode === "write") prepareFile(path);
    database = connect(path, mode);
    checkOwner(database, path);
    checkFormat(database, path);
    if (mode === "write") prepareWriting(database);
    migrate(database, openScratch);
    bringViews(database, mode);
    // With WAL this loses at most the last transactions on a power cut, never the file.
    database.pragma("synchronous = NORMAL");
    return database;
  } catch (error) {
    database?.close();
    throw explainFileFailure(explainOpening(error, path), path);
  }
}

function prepareFile(path: string): void {
  const directory = dirname(path);
  if (!existsSync(directory)) mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Empty, but closed to others before anything is in it.
  if (!existsSync(path)) closeSync(openSync(path, "a", 0o600));
}

/** Writes to the file: done only to one that is ours. */
function prepareWriting(database: Database): void {
  // A file takes this only before anything is in it.
  if (database.pragma("page_count", { simple: true }) === 0) database.pragma("auto_vacuum = INCREMENTAL");
  database.pragma("journal_mode = WAL");
}

/** A second connection to a cache that is open already, for questions that anybody may make up: none of them can write. */
export function openForAsking(path: string): Database {
  const database = connectReadonly(path);
  standInViews(database);
  database.pragma("query_only = ON");
  return database;
}

function checkOwner(database: Database, path: string): void {
  const id = database.pragma("application_id", { simple: true });
  if (id === applicationId) return;
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (id === 0 && tables === 0) return;
  throw new CacheError(
    `${path} is another program's SQLite file`,
    "It was not changed. Move it away, or use another cache with --db PATH.",
  );
}

function checkFormat(database: Database, path: string): void {
  const version = formatOf(database);
  if (version <= currentFormat) return;
  throw new CacheError(
    `the cache ${path} was made by a newer rewind (format ${version}, this one knows ${currentFormat})`,
    "It was not changed. Update rewind, or use another cache with --db PATH.",
  );
}

/** A statement of ours that fails while a cache is opened met a file that isn't what it says it is. */
function explainOpening(error: unknown, path: string): unknown {
  const told = explainStoreFailure(error, path);
  return told === error && isSqliteError(error) ? damagedCache(path, error.message, { cause: error }) : told;
}

/** The views are for rewind sql alone: a reader who can't write them now does without. */
function bringViews(database: Database, mode: "read" | "write"): void {
  if (database.readonly) return;
  try {
    refreshViews(database);
  } catch (error) {
    if (mode === "write" || !(isUnwritable(error) || isBusy(error))) throw error;
  }
}

function explainFileFailure(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !("code" in error)) return error;
  if (error.code === "EACCES" || error.code === "EPERM" || error.code === "EROFS") {
    return new CacheError(
      `no permission to use the cache ${path}`,
      "Check who owns it, or use another cache with --db PATH.",
      {
        cause: error,
      },
    );
  }
  if (error.code === "ENOSPC") {
    return new CacheError(`the disk is full (writing ${path})`, "Free some space, then try again.", {
      cause: error,
    });
  }
  if (error.code === "EISDIR") {
    return new CacheError(`the cache ${path} is a directory`, "Name a file in it: --db PATH", {
      cause: error,
    });
  }
  if (error.code === "ENOTDIR" || error.code === "EEXIST") {
    return new CacheError(
      `the cache ${path} can't be created: part of its path is a file`,
      "Choose another place with --db PATH.",
      {
        cause: error,
      },
    );
  }
  return error;
}
