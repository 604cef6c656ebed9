// The door to SQLite: opens, checks and migrates the cache. Nothing else imports the library.
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { CacheError } from "../errors.ts";
import { checkDriver } from "./driver.ts";
import { damagedCache, explainStoreFailure } from "./failures.ts";
import { applicationId, currentFormat } from "./schema.ts";
import { formatOf, migrate } from "./upgrade.ts";
import { refreshViews, standInViews } from "./views.ts";

export type Database = Sqlite.Database;
export type Statement<Parameters extends unknown[] = unknown[], Row = unknown> = Sqlite.Statement<
  Parameters,
  Row
>;

/** How long a reader or writer waits for another one's transaction. */
const busyTimeoutMs = 5000;

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

function connect(path: string, mode: "read" | "write"): Database {
  const isNew = !existsSync(path);
  try {
    const database = new Sqlite(path, { timeout: busyTimeoutMs, fileMustExist: mode === "read" });
    database.pragma("schema_version");
    // What belongs to a removed row goes with it: said here, whatever SQLite was compiled with.
    database.pragma("foreign_keys = ON");
    if (isNew) chmodSync(path, 0o600);
    return database;
  } catch (error) {
    if (mode === "read" && isUnwritable(error) && !existsSync(`${path}-wal`)) return connectCopy(path);
    throw error;
  }
}

/** A second connection to a cache that is open already: it reads, and nothing that it is asked can write. */
export function openForAsking(path: string): Database {
  let database: Database;
  try {
    database = new Sqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    database.pragma("schema_version");
  } catch (error) {
    if (!isUnwritable(error) || existsSync(`${path}-wal`)) throw explainStoreFailure(error, path);
    database = connectCopy(path);
  }
  standInViews(database);
  database.pragma("query_only = ON");
  return database;
}

/** An empty database in memory, to work a schema out in. */
export function openScratch(): Database {
  return new Sqlite(":memory:");
}

/** Opens the file that a sync locks while it runs. Waits for nobody. */
export function openLockFile(path: string): Database {
  const isNew = !existsSync(path);
  const file = new Sqlite(path, { timeout: 0 });
  if (isNew) chmodSync(path, 0o600);
  return file;
}

/** SQLite can't read a WAL file where it may not create its companions: on a read-only disk, read a copy in memory. */
function connectCopy(path: string): Database {
  const bytes = readFileSync(path);
  // Bytes 18 and 19 of the header say "WAL"; a database in memory has none.
  bytes[18] = 1;
  bytes[19] = 1;
  return new Sqlite(bytes, { readonly: true });
}

function isUnwritable(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(error.code);
}

function checkOwner(database: Database, path: string): void {
  const id = database.pragma("application_id", { simple: true });
  if (id === applicationId) return;
  const tables = database.prepare("SELECT count(*) FROM sqlite_schema").pluck().get();
  if (id === 0 && tables === 0) return;
  throw new CacheError(
    `${path} is another program's SQLite file`,
    "It was left as it is. Move it away, or use another cache with --db PATH.",
  );
}

function checkFormat(database: Database, path: string): void {
  const version = formatOf(database);
  if (version <= currentFormat) return;
  throw new CacheError(
    `the cache ${path} was made by a newer rewind (format ${version}, this one knows ${currentFormat})`,
    "It was left as it is. Update rewind, or use another cache with --db PATH.",
  );
}

/** A statement of ours that fails while a cache is opened met a file that isn't what it says it is. */
function explainOpening(error: unknown, path: string): unknown {
  const told = explainStoreFailure(error, path);
  return told === error && error instanceof Sqlite.SqliteError
    ? damagedCache(path, error.message, { cause: error })
    : told;
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

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith("SQLITE_BUSY");
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
    return new CacheError(`the disk is full (writing ${path})`, "Make room, then try again.", {
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

/** Runs work in one transaction that takes the write lock at once; what it threw is explained for people. */
export function transact<Result>(database: Database, work: () => Result): Result {
  try {
    return database.transaction(work).immediate();
  } catch (error) {
    throw explainStoreFailure(error, database.name);
  }
}
