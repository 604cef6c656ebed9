// Damaged caches. The file is examined only after a failure. If it is damaged, the crash is reported as damage,
// otherwise as a bug. A damaged cache can be set aside; the user's decisions are copied into a new one.
import { createDamageError, explainStoreFailure } from "./file/cache-errors.ts";
import { connectReadonly, openScratch, transact, type Database } from "./file/database.ts";
import { openDatabase, openForQueries } from "./open-cache.ts";
import { execute, listSql, rawSql, queryTuples, queryValue, queryValues } from "./file/sql.ts";
import { createTables, currentFormat, readFormat } from "./file/schema.ts";
import { existsSync, renameSync } from "node:fs";
import { join, parse } from "node:path";
import { markAllDue, sourceTables } from "./plays/source-plays.ts";
import { copyRows, userTables } from "./decisions/saved-decisions.ts";

/** Translates errors caused by SQLite or by the cache file; returns any other error unchanged. */
export function explainCrash(error: unknown, path: string): unknown {
  const cause = explainStoreFailure(error, path);
  if (cause !== error) return cause;
  const damage = findDamage(path);
  return damage === null ? error : createDamageError(path, damage, { cause: error });
}

/** Says what is wrong with the file. Returns null if it is sound. */
export function findDamage(path: string): string | null {
  let database: Database | undefined;
  try {
    database = openForQueries(path);
    return findPageFault(database) ?? findSchemaFault(database) ?? findValueFault(database);
  } catch (error) {
    return error instanceof Error ? getFirstLine(error.message) : "it can't be read";
  } finally {
    database?.close();
  }
}

function findPageFault(database: Database): string | null {
  const report = queryValue(database, "")`PRAGMA integrity_check(1)`;
  return report === "ok" ? null : getFirstLine(report.replace(/^\*\*\* in database main \*\*\*\n/, ""));
}

function findSchemaFault(database: Database): string | null {
  const format = readFormat(database);
  if (format !== currentFormat) return `its format is ${format}`;
  const scratch = openScratch();
  try {
    createTables(scratch);
    const foundParts = readSchemaParts(database);
    const missing = readSchemaParts(scratch).find((part) => !foundParts.includes(part));
    return missing === undefined ? null : `${missing} is missing`;
  } finally {
    scratch.close();
  }
}

/** The parts of a schema: "table record", "record.rating", "index record_release". */
function readSchemaParts(database: Database): string[] {
  return queryValues<string>(database)`
    SELECT type || ' ' || name FROM sqlite_schema WHERE name NOT LIKE 'sqlite#_%' ESCAPE '#'
    UNION ALL SELECT o.name || '.' || c.name FROM sqlite_schema AS o, pragma_table_xinfo(o.name) AS c
    WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite#_%' ESCAPE '#'`;
}

function getFirstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

/** Columns that hold JSON. */
const jsonColumns = [
  ["release", "genres"],
  ["release", "styles"],
  ["release_format", "descriptions"],
  ["publication", "detail"],
  ["checkpoint", "state"],
  ["staged_record", "field_values"],
  ["staged_record", "release"],
  ["staged_want", "release"],
  ["tracklist", "list"],
  ["former_match", "albums"],
] as const;

function findValueFault(database: Database): string | null {
  const fault = jsonColumns.find(([table, column]) => {
    const condition = rawSql(`${table} WHERE NOT json_valid(${column})`);
    return queryValue(database, 0)`SELECT 1 FROM ${condition} LIMIT 1` === 1;
  });
  if (fault !== undefined) return `${fault.join(".")} holds a value that rewind never writes`;
  return queryValue<string | null>(database, null)`
    SELECT 'a row of ' || "table" || ' belongs to no ' || parent FROM pragma_foreign_key_check LIMIT 1`;
}

interface SalvageResult {
  /** The new name of the damaged cache. */
  readonly path: string;
  /** How many rows of the user's decisions were copied. */
  readonly salvaged: number;
  /** false: some of them could not be read. */
  readonly isComplete: boolean;
}

/**
 * Replaces the damaged cache with an empty one that has the user's decisions. The damaged file is renamed, never
 * deleted.
 */
export function setAside(path: string, day: string): SalvageResult {
  const aside = findFreeName(path, day);
  for (const companion of ["", "-wal", "-shm"]) {
    if (existsSync(path + companion)) renameSync(path + companion, aside + companion);
  }
  const fresh = openDatabase(path, { mode: "write" });
  if (fresh === undefined) return { path: aside, salvaged: 0, isComplete: false };
  try {
    return { path: aside, ...salvageDecisions(aside, fresh) };
  } finally {
    fresh.close();
  }
}

/** rewind.damaged-2026-03-14.db, then …-2.db */
function findFreeName(path: string, day: string): string {
  const { dir, name, ext } = parse(path);
  for (let at = 1; ; at += 1) {
    const aside = join(dir, `${name}.damaged-${day}${at === 1 ? "" : `-${at}`}${ext}`);
    if (!existsSync(aside)) return aside;
  }
}

function salvageDecisions(from: string, into: Database): Omit<SalvageResult, "path"> {
  let damaged: Database;
  try {
    damaged = connectReadonly(from);
  } catch {
    return { salvaged: 0, isComplete: false };
  }
  try {
    const copied = userTables.map((table) => copyRows(damaged, into, table));
    reserveRecordIds(damaged, into);
    // Programs know artists by their ids.
    copyRows(damaged, into, "artist");
    // A sync does not read files again.
    transact(into, () => {
      for (const table of sourceTables) copyRows(damaged, into, table);
      markAllDue(into);
    });
    return {
      salvaged: copied.reduce<number>((sum, rows) => sum + (rows ?? 0), 0),
      isComplete: !copied.includes(null),
    };
  } finally {
    damaged.close();
  }
}

/** Buries all records, so that the next sync gives them their old ids and no other record gets one of these. */
function reserveRecordIds(from: Database, into: Database): void {
  try {
    const ids = queryTuples<[number, number]>(from)`
      SELECT instance_id, id FROM record UNION ALL SELECT instance_id, record_id FROM tombstone`;
    transact(into, () => {
      execute(into)`INSERT OR IGNORE INTO tombstone (instance_id, record_id)
        SELECT value ->> 0, value ->> 1 FROM ${listSql(ids)}`;
      execute(into)`INSERT INTO sqlite_sequence (name, seq)
        SELECT 'record', max(record_id) FROM tombstone HAVING count(*) > 0`;
    });
  } catch {
    // The records can't be read: they get new ids.
  }
}
