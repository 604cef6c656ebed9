// Damaged caches. The file is examined only after a failure. If it is damaged, the crash is reported as damage,
// otherwise as a bug. A damaged cache can be set aside; the user's decisions are copied into a new one.
import { latestUts } from "../model/times.ts";
import { damagedCache, explainStoreFailure } from "./file/cache-errors.ts";
import { connectReadonly, openScratch, transact, type Database } from "./file/database.ts";
import { openDatabase, openForAsking } from "./open-cache.ts";
import { createTables, currentFormat, formatOf } from "./file/schema.ts";
import { existsSync, renameSync } from "node:fs";
import { join, parse } from "node:path";
import { markAllDue, sourceTables } from "./plays/source-plays.ts";
import { copyRows, userTables } from "./decisions/saved-decisions.ts";

/** Translates errors caused by SQLite or by the cache file; returns any other error unchanged. */
export function explainCrash(error: unknown, path: string): unknown {
  const cause = explainStoreFailure(error, path);
  if (cause !== error) return cause;
  const damage = damageOf(path);
  return damage === null ? error : damagedCache(path, damage, { cause: error });
}

/** Says what is wrong with the file. Returns null if it is sound. */
export function damageOf(path: string): string | null {
  let database: Database | undefined;
  try {
    database = openForAsking(path);
    return faultOfPages(database) ?? faultOfSchema(database) ?? faultOfValues(database);
  } catch (error) {
    return error instanceof Error ? firstLine(error.message) : "it can't be read";
  } finally {
    database?.close();
  }
}

function faultOfPages(database: Database): string | null {
  const report = database.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get();
  return report === "ok" ? null : firstLine(String(report).replace(/^\*\*\* in database main \*\*\*\n/, ""));
}

function faultOfSchema(database: Database): string | null {
  const format = formatOf(database);
  if (format !== currentFormat) return `its format is ${format}`;
  const scratch = openScratch();
  try {
    createTables(scratch);
    const foundParts = new Set(partsOf(database));
    const missing = partsOf(scratch).find((part) => !foundParts.has(part));
    return missing === undefined ? null : `${missing} is missing`;
  } finally {
    scratch.close();
  }
}

/** The parts of a schema: "table record", "record.rating", "index record_release". */
function partsOf(database: Database): string[] {
  return database
    .prepare<[], string>(
      `SELECT type || ' ' || name FROM sqlite_schema WHERE type <> 'view' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'
       UNION ALL SELECT o.name || '.' || c.name FROM sqlite_schema AS o, pragma_table_xinfo(o.name) AS c
       WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite#_%' ESCAPE '#'`,
    )
    .pluck()
    .all();
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}

/** Columns that hold JSON, with its type. */
const jsonColumns = [
  { table: "release", column: "genres", shape: "array" },
  { table: "release", column: "styles", shape: "array" },
  { table: "release_format", column: "descriptions", shape: "array" },
  { table: "publication", column: "detail", shape: "object" },
  { table: "walk", column: "state", shape: "object" },
  { table: "staged_record", column: "field_values", shape: "array" },
  { table: "staged_record", column: "release", shape: "object" },
  { table: "staged_want", column: "release", shape: "object" },
  { table: "former_match", column: "albums", shape: "array" },
] as const;

function faultOfValues(database: Database): string | null {
  for (const { table, column, shape } of jsonColumns) {
    // Only the lists of a release are read without a check of each element.
    const elements =
      shape === "array" && table.startsWith("release")
        ? `OR EXISTS (SELECT 1 FROM json_each(${column}) WHERE type <> 'text')`
        : "";
    const isWrong = `json_type(${column}) <> '${shape}' ${elements}`;
    if (holds(database, table, `iif(json_valid(${column}), ${isWrong}, true)`)) return foreign(table, column);
  }
  for (const { table, column } of integerColumns(database)) {
    const most = column.endsWith("_uts") ? latestUts : Number.MAX_SAFE_INTEGER;
    if (holds(database, table, `${column} NOT BETWEEN ${-most} AND ${most}`)) return foreign(table, column);
  }
  const orphan = database.prepare<[], { table: string; parent: string }>("PRAGMA foreign_key_check").get();
  return orphan === undefined ? null : `a row of ${orphan.table} belongs to no ${orphan.parent}`;
}

function foreign(table: string, column: string): string {
  return `${table}.${column} holds a value that rewind never writes`;
}

function holds(database: Database, table: string, condition: string): boolean {
  return database.prepare(`SELECT 1 FROM ${table} WHERE ${condition} LIMIT 1`).get() !== undefined;
}

function integerColumns(database: Database): { table: string; column: string }[] {
  return database
    .prepare<[], { table: string; column: string }>(
      `SELECT o.name AS "table", c.name AS "column" FROM sqlite_schema AS o, pragma_table_info(o.name) AS c
       WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite#_%' ESCAPE '#' AND c.type = 'INTEGER'`,
    )
    .all();
}

interface SetAside {
  /** The new name of the damaged cache. */
  readonly path: string;
  /** How many rows of the user's decisions were copied. */
  readonly salvaged: number;
  /** Tables that could not be read to their end. */
  readonly lost: readonly string[];
}

/**
 * Replaces the damaged cache with an empty one that has the user's decisions. The damaged file is renamed, never
 * deleted.
 */
export function setAside(path: string, day: string): SetAside {
  const aside = freeName(path, day);
  for (const companion of ["", "-wal", "-shm"]) {
    if (existsSync(path + companion)) renameSync(path + companion, aside + companion);
  }
  const fresh = openDatabase(path, { mode: "write" });
  if (fresh === undefined) return { path: aside, salvaged: 0, lost: userTables };
  try {
    const carried = carryOver(aside, fresh);
    if (damageOf(path) === null) return { path: aside, ...carried };
    // The copied rows are damaged as well.
    const tables = [...userTables, "tombstone", "artist", "sqlite_sequence"];
    transact(fresh, () => fresh.exec(tables.map((table) => `DELETE FROM ${table};`).join(" ")));
    return { path: aside, salvaged: 0, lost: userTables };
  } finally {
    fresh.close();
  }
}

/** rewind.damaged-2026-03-14.db, then …-2.db */
function freeName(path: string, day: string): string {
  const { dir, name, ext } = parse(path);
  for (let at = 1; ; at += 1) {
    const aside = join(dir, `${name}.damaged-${day}${at === 1 ? "" : `-${at}`}${ext}`);
    if (!existsSync(aside)) return aside;
  }
}

function carryOver(from: string, into: Database): Pick<SetAside, "salvaged" | "lost"> {
  let damaged: Database;
  try {
    damaged = connectReadonly(from);
  } catch {
    return { salvaged: 0, lost: userTables };
  }
  try {
    const copied = userTables.map((table) => ({ table, rows: copyRows(damaged, into, table) }));
    keepRecordIds(damaged, into);
    // Programs know artists by their ids.
    copyRows(damaged, into, "artist");
    // A sync does not read files again.
    transact(into, () => {
      for (const table of sourceTables) copyRows(damaged, into, table);
      markAllDue(into);
    });
    return {
      salvaged: copied.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
      lost: copied.filter(({ rows }) => rows === null).map(({ table }) => table),
    };
  } finally {
    damaged.close();
  }
}

/** Buries all records, so that the next sync gives them their old ids and no other record gets one of these. */
function keepRecordIds(from: Database, into: Database): void {
  const copy = into.prepare(
    "INSERT OR IGNORE INTO tombstone (instance_id, record_id, removed_uts) VALUES (?, ?, 0)",
  );
  const raise = into.prepare(
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'record', max(record_id) FROM tombstone HAVING count(*) > 0",
  );
  try {
    transact(into, () => {
      const ids = from.prepare<[], [number, number]>(
        "SELECT instance_id, id FROM record UNION ALL SELECT instance_id, record_id FROM tombstone",
      );
      for (const row of ids.raw().iterate()) copy.run(...row);
      raise.run();
    });
  } catch {
    // The records can't be read: they get new ids.
  }
}
