// Opens the cache: creates it if it is missing, refuses other programs' files, and migrates it to the current format.
import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { CacheError } from "../model/errors.ts";
import { quoteForShell } from "../model/names.ts";
import {
  connect,
  connectReadonly,
  isSqliteError,
  openScratch,
  type Database,
  checkDriver,
} from "./file/database.ts";
import { createDamageError, explainStoreFailure, findExplanation } from "./file/cache-errors.ts";
import { saveDecisions } from "./decisions/saved-decisions.ts";
import {
  applicationId,
  createTables,
  currentFormat,
  firstFormat,
  readFormat,
  migrations,
} from "./file/schema.ts";
import { createViews } from "./sql-views.ts";

/**
 * Opens a cache and migrates its tables. In mode "write" a missing file is created, with its directory; in mode "read" the
 * answer is undefined then. Throws CacheError for another program's file, a format that is newer or was never released, a
 * damaged file, or one that can't be written.
 */
export function openDatabase(path: string, options: { readonly mode: "write" }): Database;
export function openDatabase(
  path: string,
  options: { readonly mode: "read" | "write" },
): Database | undefined;
export function openDatabase(
  path: string,
  { mode }: { readonly mode: "read" | "write" },
): Database | undefined {
  let database: Database | undefined;
  try {
    if (mode === "read" && (statSync(path, { throwIfNoEntry: false })?.size ?? 0) === 0) return undefined;
    checkDriver();
    if (mode === "write") prepareFile(path);
    database = connect(path, mode);
    checkOwner(database, path);
    checkFormat(database, path);
    if (mode === "write") prepareWriting(database);
    migrate(database);
    // A power cut loses the last transactions at most with WAL, never the file.
    database.pragma("synchronous = NORMAL");
    return database;
  } catch (error) {
    database?.close();
    throw explainOpenFailure(error, path);
  }
}

function prepareFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Nobody else may read the file before it has content. A directory fails here, where the error names it.
  const isFile = statSync(path, { throwIfNoEntry: false })?.isDirectory() === false;
  if (!isFile) closeSync(openSync(path, "a", 0o600));
}

/** Call it only for a cache of rewind: it writes to the file. */
function prepareWriting(database: Database): void {
  // SQLite accepts this only for an empty file.
  if (database.pragma("page_count", { simple: true }) === 0) database.pragma("auto_vacuum = INCREMENTAL");
  database.pragma("journal_mode = WAL");
}

/** Opens a second connection to an open cache, for queries that anybody may write: it can't write. */
export function openForQueries(path: string): Database {
  const database = connectReadonly(path);
  createViews(database);
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
  const format = readFormat(database);
  if (format > currentFormat) {
    throw new CacheError(
      `the cache ${path} was made by a newer rewind (format ${format}, this one knows ${currentFormat})`,
      "It was not changed. Update rewind, or use another cache with --db PATH.",
    );
  }
  if (format === 0 || format >= firstFormat) return;
  const copy = saveDecisions(database, path);
  throw new CacheError(
    `the cache ${path} was made by a development version of rewind (format ${format}), which this one can't read`,
    copy === null
      ? "It holds no decisions of yours and was not changed. Move it away, then run: rewind sync"
      : `It was not changed; your decisions were saved. Move it away, then make a new cache that has them:\n` +
          `rewind links import ${quoteForShell(copy)} && rewind sync`,
  );
}

/**
 * Makes the tables of a new cache, or migrates an older one. Only reads if there is nothing to do; otherwise it saves
 * the user's decisions first.
 */
export function migrate(database: Database, since: readonly string[] = migrations): void {
  const latest = firstFormat + since.length;
  const format = readFormat(database);
  if (format === latest) return;
  if (format > 0) saveDecisions(database, database.name);
  const run = database.transaction(() => {
    // Another process may have migrated while this one waited for the lock.
    const lockedFormat = readFormat(database);
    if (lockedFormat === 0) createTables(database, since);
    else for (const sql of since.slice(lockedFormat - firstFormat)) database.exec(sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${latest}`);
  });
  run.immediate();
}

/** An empty cache in memory, for questions before the first sync. */
export function createEmptyCache(): Database {
  const database = openScratch();
  migrate(database);
  return database;
}

/** If one of our statements fails while a cache is opened, the file is not what its header says. */
function explainOpenFailure(error: unknown, path: string): unknown {
  const explained = explainStoreFailure(error, path);
  if (explained !== error) return explained;
  if (isSqliteError(error)) return createDamageError(path, error.message, { cause: error });
  return findExplanation(error, path) ?? error;
}
