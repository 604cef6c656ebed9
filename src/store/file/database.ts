// The door to SQLite: connections to the cache. Nothing else imports the library.
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CacheError } from "../../model/errors.ts";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import Library from "better-sqlite3";
import { explainStoreFailure } from "./cache-errors.ts";

export type Database = Library.Database;
export type Statement<Parameters extends unknown[] = unknown[], Row = unknown> = Library.Statement<
  Parameters,
  Row
>;

// The driver, better-sqlite3, has compiled code for one version of Node.

const requireInstalled = createRequire(import.meta.url);

/**
 * The version that package.json pins. Its JavaScript is bundled with the program, which saves 10 ms of the 120 of
 * `rewind xref --json` on Node 20; its compiled code is not.
 */
const pinnedVersion = "12.11.1";

/** The user may have installed another version. JavaScript and compiled code must be of the same one. */
const isOther = readInstalledVersion() !== pinnedVersion;
const Sqlite = isOther ? (requireInstalled("better-sqlite3") as typeof Library) : Library;

function open(file: string | Buffer, options: Library.Options = {}): Database {
  return new Sqlite(file, isOther ? options : { ...options, nativeBinding: getDriverPath() });
}

/** How long a reader or writer waits for another one's transaction. */
const busyTimeoutMs = 5000;

/** Opens a connection that can write. In mode "read" the file must exist. */
export function connect(path: string, mode: "read" | "write"): Database {
  const isNew = !existsSync(path);
  try {
    const database = open(path, { timeout: busyTimeoutMs, fileMustExist: mode === "read" });
    database.pragma("schema_version");
    // SQLite may be compiled with another default.
    database.pragma("foreign_keys = ON");
    if (isNew) chmodSync(path, 0o600);
    return database;
  } catch (error) {
    if (mode === "write") throw error;
    return openCopy(path, error);
  }
}

/** Opens a second, read-only connection to an open cache. */
export function connectReadonly(path: string): Database {
  try {
    const database = open(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    database.pragma("schema_version");
    return database;
  } catch (error) {
    return openCopy(path, error);
  }
}

export function openScratch(): Database {
  return open(":memory:");
}

/** An empty database in a file that SQLite removes by itself: for more rows than fit in memory. */
export function openTemporary(): Database {
  return open("");
}

/** Opens the file that a sync locks while it runs, without waiting. */
export function openLockFile(path: string): Database {
  const isNew = !existsSync(path);
  const file = open(path, { timeout: 0 });
  if (isNew) chmodSync(path, 0o600);
  return file;
}

/**
 * SQLite can't read a WAL file if it can't create its companion files. On a read-only disk, open a copy in memory. Throws
 * any other error.
 */
function openCopy(path: string, error: unknown): Database {
  const isUnwritable = isSqliteError(error) && /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(error.code);
  if (!isUnwritable || existsSync(`${path}-wal`)) throw explainStoreFailure(error, path);
  const bytes = readFileSync(path);
  // Bytes 18 and 19 of the header say "WAL"; a database in memory has none.
  bytes[18] = 1;
  bytes[19] = 1;
  return open(bytes, { readonly: true });
}

export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Sqlite.SqliteError;
}

export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && error.code.startsWith("SQLITE_BUSY");
}

/** Runs `work` on one state of the cache, so that no answer of a server shows half a sync. */
export async function withSnapshot<Result>(
  database: Database,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  // The driver's own limit is 16 MB; the system has the file in memory as well.
  database.pragma("cache_size = -8000");
  database.exec("BEGIN");
  try {
    return await work();
  } finally {
    if (database.inTransaction) database.exec("ROLLBACK");
  }
}

/** Keeps `megabytes` of pages in memory, and 4 MB of temporary tables, instead of 16 MB each as the driver does. */
export function limitPageCache(database: Database, megabytes = 8): void {
  database.pragma(`cache_size = -${megabytes * 1000}`);
  database.pragma("temp.cache_size = -4000");
}

/** Runs work that fails at once where another process is writing, instead of waiting for its end. */
export async function runWithoutWaiting<Result>(
  database: Database,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  database.pragma("busy_timeout = 0");
  try {
    return await work();
  } finally {
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

/** Runs work in one transaction that takes the write lock at once. Translates its errors for people. */
export function transact<Result>(database: Database, work: () => Result): Result {
  try {
    return database.transaction(work).immediate();
  } catch (error) {
    throw explainStoreFailure(error, database.name);
  }
}

/** The path where npm puts the compiled code. The library would search a dozen places, with two more packages. */
function getDriverPath(): string {
  const directory = dirname(requireInstalled.resolve("better-sqlite3/package.json"));
  return join(directory, "build", "Release", "better_sqlite3.node");
}

/** Version 13 crashes an older Node without a message, so it must not be loaded there. */
export function checkDriver(node = process.versions.node, driver = readInstalledVersion): void {
  if (isBefore(node, [22, 14]) && !isBefore(driver(), [13, 0])) {
    throw new CacheError(
      `better-sqlite3 ${driver()} crashes Node ${node}`,
      `Where rewind is installed, run: npm install --no-save better-sqlite3@${pinnedVersion}\nOr use Node 22.14 or newer.`,
    );
  }
}

function readInstalledVersion(): string {
  const manifest: unknown = requireInstalled("better-sqlite3/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
