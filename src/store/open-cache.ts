// Opens the cache: creates it if it is missing, refuses what is not ours, and brings it to the format of this version.
import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { CacheError } from "../model/errors.ts";
import {
  connect,
  connectReadonly,
  isBusy,
  isSqliteError,
  isUnwritable,
  openScratch,
  type Database,
  checkDriver,
} from "./file/database.ts";
import { damagedCache, explainFileFailure, explainStoreFailure, shellQuoted } from "./file/cache-errors.ts";
import { saveDecisions } from "./decisions/saved-decisions.ts";
import {
  applicationId,
  createTables,
  currentFormat,
  firstFormat,
  formatOf,
  migrations,
} from "./file/schema.ts";
import { refreshViews, standInViews } from "./sql-views.ts";

export interface OpenOptions {
  /** "read": the file must exist and is never created. "write": created with its directory where missing. */
  readonly mode: "read" | "write";
}

/**
 * Opens a cache and brings its tables up to date.
 * Returns undefined in mode "read" where there is no cache yet.
 * Throws CacheError for another program's file, for a format that is newer or was never released, for a damaged file
 * and for one that may not be written.
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
    migrate(database);
    bringViews(database, mode);
    // With WAL this loses at most the last transactions on a power cut, never the file.
    database.pragma("synchronous = NORMAL");
    return database;
  } catch (error) {
    database?.close();
    throw explainOpening(error, path);
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
  const format = formatOf(database);
  if (format > currentFormat) {
    throw new CacheError(
      `the cache ${path} was made by a newer rewind (format ${format}, this one knows ${currentFormat})`,
      "It was not changed. Update rewind, or use another cache with --db PATH.",
    );
  }
  if (isOfDevelopment(format)) throw developmentCache(path, format, saveDecisions(database, path));
}

/** Whether a development version, which was never released, made a file of this format. */
export function isOfDevelopment(format: number): boolean {
  return format > 0 && format < firstFormat;
}

function developmentCache(path: string, format: number, saved: string | null): CacheError {
  return new CacheError(
    `the cache ${path} was made by a development version of rewind (format ${format}), which this one can't read`,
    saved === null
      ? "It holds no decisions of yours and was not changed. Move it away, then run: rewind sync"
      : `It was not changed; your decisions were saved. Move it away, then make a new cache that has them:\n` +
          `rewind links import ${shellQuoted(saved)} && rewind sync`,
  );
}

/**
 * Makes the tables of a new cache, and brings a cache of an earlier format to this one. Only reads if there is nothing to
 * do; otherwise the user's decisions are saved first.
 */
export function migrate(database: Database, since: readonly string[] = migrations): void {
  const latest = firstFormat + since.length;
  const found = formatOf(database);
  if (found === latest) return;
  if (found > 0) saveDecisions(database, database.name);
  const run = database.transaction(() => {
    // Another process may have migrated while this one waited for the lock.
    const format = formatOf(database);
    if (format === 0) createTables(database);
    else for (const sql of since.slice(format - firstFormat)) database.exec(sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${latest}`);
  });
  run.immediate();
}

/** A cache in memory with nothing in it, for questions that are asked before the first sync. */
export function emptyCache(): Database {
  const database = openScratch();
  migrate(database);
  return database;
}

/** A statement of ours that fails while a cache is opened met a file that isn't what it says it is. */
function explainOpening(error: unknown, path: string): unknown {
  const told = explainStoreFailure(error, path);
  if (told !== error) return told;
  return isSqliteError(error)
    ? damagedCache(path, error.message, { cause: error })
    : explainFileFailure(error, path);
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
