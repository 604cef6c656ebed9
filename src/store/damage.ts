// Whether a cache is what rewind wrote. Looked at only when something has failed: then a crash that the file is to
// blame for is told as damage, and only what is left is a bug.
import { latestUts } from "../model/local-days.ts";
import { damagedCache, explainStoreFailure } from "./file/failures.ts";
import { openScratch, type Database } from "./file/database.ts";
import { openForAsking } from "./open.ts";
import { createTables, currentFormat, formatOf } from "./schema.ts";

/** The error as one for people where SQLite or the content of the cache is to blame for it; else as it is. */
export function explainCrash(error: unknown, path: string): unknown {
  const known = explainStoreFailure(error, path);
  if (known !== error) return known;
  const damage = damageOf(path);
  return damage === null ? error : damagedCache(path, damage, { cause: error });
}

/** What is wrong with the file; null where it is sound. */
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
  const found = database.prepare<[], string>("PRAGMA integrity_check(1)").pluck().get();
  return found === "ok" ? null : firstLine(String(found).replace(/^\*\*\* in database main \*\*\*\n/, ""));
}

function faultOfSchema(database: Database): string | null {
  const format = formatOf(database);
  if (format !== currentFormat) return `its format is ${format}`;
  const scratch = openScratch();
  try {
    createTables(scratch);
    const found = new Set(partsOf(database));
    const missing = partsOf(scratch).find((part) => !found.has(part));
    return missing === undefined ? null : `${missing} is missing`;
  } finally {
    scratch.close();
  }
}

/** What a schema consists of: "table record", "record.rating", "index record_release". */
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

/** Columns that hold JSON, with what it has to be. */
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
    // Only the lists of a release are taken apart without a look: lists of texts.
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
