// The door to SQLite: connections to the cache, as it is. Nothing else imports the library.
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

// The driver, better-sqlite3, has compiled code that fits one version of Node and not another.

const installed = createRequire(import.meta.url);

/** The one that package.json pins: the program comes with a copy of what of it is no compiled code. */
const pinnedVersion = "12.11.1";

/** Another version has other code of both kinds, which fit each other alone. */
const isOther = isOtherDriver();
const Sqlite = isOther ? (installedDriver() as typeof Library) : Library;

function open(file: string | Buffer, options: Library.Options = {}): Database {
  return new Sqlite(file, isOther ? options : { ...options, nativeBinding: compiledDriver() });
}

/** How long a reader or writer waits for another one's transaction. */
const busyTimeoutMs = 5000;

/** A connection that may write; of mode "read" where the file must be there. */
export function connect(path: string, mode: "read" | "write"): Database {
  const isNew = !existsSync(path);
  try {
    const database = open(path, { timeout: busyTimeoutMs, fileMustExist: mode === "read" });
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

/** A second connection to a cache that is open already, which can't write. */
export function connectReadonly(path: string): Database {
  try {
    const database = open(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
    database.pragma("schema_version");
    return database;
  } catch (error) {
    if (!isUnwritable(error) || existsSync(`${path}-wal`)) throw explainStoreFailure(error, path);
    return connectCopy(path);
  }
}

/** An empty database in memory, to work a schema out in. */
export function openScratch(): Database {
  return open(":memory:");
}

/** Opens the file that a sync locks while it runs. Waits for nobody. */
export function openLockFile(path: string): Database {
  const isNew = !existsSync(path);
  const file = open(path, { timeout: 0 });
  if (isNew) chmodSync(path, 0o600);
  return file;
}

/** SQLite can't read a WAL file where it may not create its companions: on a read-only disk, read a copy in memory. */
function connectCopy(path: string): Database {
  const bytes = readFileSync(path);
  // Bytes 18 and 19 of the header say "WAL"; a database in memory has none.
  bytes[18] = 1;
  bytes[19] = 1;
  return open(bytes, { readonly: true });
}

export function isSqliteError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Sqlite.SqliteError;
}

export function isUnwritable(error: unknown): boolean {
  return isSqliteError(error) && /^SQLITE_(CANTOPEN|READONLY|FULL|IOERR)/.test(error.code);
}

export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && error.code.startsWith("SQLITE_BUSY");
}

/** Runs work in one transaction that takes the write lock at once; what it threw is explained for people. */
export function transact<Result>(database: Database, work: () => Result): Result {
  try {
    return database.transaction(work).immediate();
  } catch (error) {
    throw explainStoreFailure(error, database.name);
  }
}

/** Whether what was installed is something else, by somebody's own will. */
function isOtherDriver(): boolean {
  return installedVersion() !== pinnedVersion;
}

/** The library as it was installed. */
function installedDriver(): unknown {
  return installed("better-sqlite3");
}

/** The compiled code, where npm puts it: the library would look for it in a dozen places, with two more libraries. */
function compiledDriver(): string {
  const directory = dirname(installed.resolve("better-sqlite3/package.json"));
  return join(directory, "build", "Release", "better_sqlite3.node");
}

/** Version 13 ends an older Node by a memory fault, without a word: it must not even be loaded there. */
export function checkDriver(node = process.versions.node, driver = installedVersion): void {
  if (isBefore(node, [22, 14]) && !isBefore(driver(), [13, 0])) {
    throw new CacheError(
      `better-sqlite3 ${driver()} crashes Node ${node}`,
      `Where rewind is installed, run: npm install --no-save better-sqlite3@${pinnedVersion}\nOr use Node 22.14 or newer.`,
    );
  }
}

function installedVersion(): string {
  const manifest: unknown = installed("better-sqlite3/package.json");
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "";
}

function isBefore(version: string, [major, minor]: readonly [number, number]): boolean {
  const [ownMajor = 0, ownMinor = 0] = version.split(".").map(Number);
  return ownMajor < major || (ownMajor === major && ownMinor < minor);
}
