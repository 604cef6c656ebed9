// Brings a cache to today's format. One from before the first release goes through the formats that came after it, and
// what still differs from the base is made anew: no row is lost, and no id is used again.
import type { Database } from "./database.ts";
import { copyDecisions } from "./decision-copies.ts";
import { damagedCache } from "./failures.ts";
import { formerMigrations } from "./former-formats.ts";
import { faultOfSchema } from "./schema-fault.ts";
import { applicationId, baseFormat, baseTables, currentFormat, migrations } from "./schema.ts";

/** The format of a file; 0 for one with nothing in it. */
export function formatOf(database: Database): number {
  return Number(database.pragma("user_version", { simple: true }));
}

/**
 * Only reads where nothing is to do; else the user's decisions are copied first. Throws DamagedCache where the tables
 * aren't those of the file's format.
 */
export function migrate(database: Database, openScratch: () => Database): void {
  const format = formatOf(database);
  if (format === currentFormat) return;
  const fault = database.transaction(() => faultOfSchema(database, openScratch))();
  if (fault !== null) throw damagedCache(database.name, fault);
  if (format > 0) copyDecisions(database);
  if (format > 0 && format < baseFormat) adoptBase(database, openScratch);
  const run = database.transaction(() => {
    // Another process may have migrated while this one waited for the lock.
    const reached = formatOf(database);
    if (reached === 0) database.exec(baseTables);
    for (const sql of migrations.slice(Math.max(0, reached - baseFormat))) database.exec(sql);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${currentFormat}`);
  });
  run.immediate();
}

interface SchemaPart {
  readonly type: "table" | "index";
  readonly name: string;
  readonly sql: string;
}

/** One transaction. Another process may have done it while this one waited for the lock. */
function adoptBase(database: Database, openScratch: () => Database): void {
  const adopt = database.transaction(() => {
    const format = formatOf(database);
    if (format >= baseFormat) return;
    for (const sql of formerMigrations.slice(format)) database.exec(sql);
    conform(database, basePartsIn(openScratch));
    database.pragma(`user_version = ${baseFormat}`);
  });
  // A table that makes room for its new form must take nothing with it, and stay what the others refer to.
  database.pragma("foreign_keys = OFF");
  database.pragma("legacy_alter_table = ON");
  try {
    adopt.immediate();
  } finally {
    database.pragma("legacy_alter_table = OFF");
    database.pragma("foreign_keys = ON");
  }
}

function basePartsIn(openScratch: () => Database): SchemaPart[] {
  const scratch = openScratch();
  try {
    scratch.exec(baseTables);
    return partsOf(scratch);
  } finally {
    scratch.close();
  }
}

function partsOf(database: Database): SchemaPart[] {
  return database
    .prepare<[], SchemaPart>(
      `SELECT type, name, sql FROM sqlite_schema
       WHERE type IN ('table', 'index') AND sql IS NOT NULL AND name NOT LIKE 'sqlite#_%' ESCAPE '#'`,
    )
    .all();
}

function conform(database: Database, wanted: readonly SchemaPart[]): void {
  const found = new Map(partsOf(database).map(({ name, sql }) => [name, plain(sql)]));
  for (const { type, name, sql } of wanted) {
    if (type === "table" && found.get(name) !== plain(sql)) makeAnew(database, name, sql);
  }
  // What was made anew has lost its indexes.
  const left = new Set(partsOf(database).map(({ name }) => name));
  for (const { name, sql } of wanted) if (!left.has(name)) database.exec(sql);
}

/** Without comments and layout: those are no difference. */
function plain(sql: string): string {
  return sql.replace(/--[^\n]*/g, "").replace(/\s+/g, "");
}

function makeAnew(database: Database, name: string, sql: string): void {
  const before = `${name}_of_before`;
  database.exec(`ALTER TABLE ${name} RENAME TO ${before}; ${sql}`);
  const columnsOf = (table: string): string[] =>
    database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
  const known = new Set(columnsOf(before));
  const columns = columnsOf(name)
    .filter((column) => known.has(column))
    .join(", ");
  database.exec(`INSERT INTO ${name} (${columns}) SELECT ${columns} FROM ${before}`);
  keepSequence(database, before, name);
  database.exec(`DROP TABLE ${before}`);
}

/** The highest id that ever was may be higher than any row's. */
function keepSequence(database: Database, before: string, name: string): void {
  const highest = database
    .prepare<[string], number>("SELECT seq FROM sqlite_sequence WHERE name = ?")
    .pluck()
    .get(before);
  if (highest === undefined) return;
  database.prepare("DELETE FROM sqlite_sequence WHERE name = ?").run(name);
  database.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)").run(name, highest);
}
