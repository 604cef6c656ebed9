// Whether a cache has the tables that its format number promises.
import type { Database } from "./database.ts";
import { migrations } from "./schema.ts";

/** What stands in a schema: "table record", "record.rating", "index record_release". */
type Parts = ReadonlySet<string>;

function partsOf(database: Database): Parts {
  const parts = new Set<string>();
  const objects = database
    .prepare<[], { type: string; name: string }>(
      "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite#_%' ESCAPE '#'",
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

/** What the first migrations make, by the migrations themselves. */
function partsAfter(count: number, openScratch: () => Database): Parts {
  const scratch = openScratch();
  try {
    for (const { sql } of migrations.slice(0, count)) scratch.exec(sql);
    return partsOf(scratch);
  } finally {
    scratch.close();
  }
}

/** Whether the tables are those that the file's format promises: none is missing, and none of a later format is there. */
export function faultOfSchema(database: Database, openScratch: () => Database): string | null {
  const format = Number(database.pragma("user_version", { simple: true }));
  const found = partsOf(database);
  const promised = partsAfter(Math.min(format, migrations.length), openScratch);
  for (const part of promised) if (!found.has(part)) return `${part} is missing`;
  if (format >= migrations.length) return null;
  for (const part of partsAfter(migrations.length, openScratch)) {
    if (!promised.has(part) && found.has(part)) return `${part} is of a later format than ${format}`;
  }
  return null;
}
