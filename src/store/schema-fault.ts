// Whether a cache has the tables that its format number promises.
import type { Database } from "./database.ts";
import { formerMigrations } from "./former-formats.ts";
import { baseFormat, baseTables, currentFormat, migrations } from "./schema.ts";

/** What stands in a schema: "table record", "record.rating", "index record_release". */
type Parts = ReadonlySet<string>;

function partsOf(database: Database): Parts {
  const parts = new Set<string>();
  const objects = database
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_schema WHERE type <> 'view' AND name NOT LIKE 'sqlite#_%' ESCAPE '#'",
    )
    .all();
  for (const { type, name } of objects) parts.add(`${type} ${name}`);
  const columns = database
    .prepare<[], string>(
      `SELECT o.name || '.' || c.name FROM sqlite_schema AS o, pragma_table_xinfo(o.name) AS c
       WHERE o.type = 'table' AND o.name NOT LIKE 'sqlite#_%' ESCAPE '#'`,
    )
    .pluck()
    .all();
  for (const column of columns) parts.add(column);
  return parts;
}

/** What makes the tables of a format. */
function makingOf(format: number): readonly string[] {
  if (format < baseFormat) return formerMigrations.slice(0, format);
  return [baseTables, ...migrations.slice(0, format - baseFormat)];
}

/** What stands in a cache of a format, by what makes it. */
function partsIn(format: number, openScratch: () => Database): Parts {
  const scratch = openScratch();
  try {
    for (const sql of makingOf(format)) scratch.exec(sql);
    return partsOf(scratch);
  } finally {
    scratch.close();
  }
}

/** Whether the tables are those that the file's format promises: none is missing, and none of a later format is there. */
export function faultOfSchema(database: Database, openScratch: () => Database): string | null {
  const format = Number(database.pragma("user_version", { simple: true }));
  const found = partsOf(database);
  const promised = partsIn(Math.min(format, currentFormat), openScratch);
  for (const part of promised) if (!found.has(part)) return `${part} is missing`;
  if (format >= currentFormat) return null;
  for (const part of partsIn(currentFormat, openScratch)) {
    if (!promised.has(part) && found.has(part)) return `${part} is of a later format than ${format}`;
  }
  return null;
}
