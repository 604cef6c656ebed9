// Saves the user's decisions from a cache that this version cannot use: one of another format, or a damaged one.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { getDecisionCopyPath } from "../../host/paths.ts";
import { createDamageError } from "../file/cache-errors.ts";
import { type Database, openScratch } from "../file/database.ts";
import { createTables } from "../file/schema.ts";
import { buildExportDocument } from "./decision-document.ts";

/** Tables that no sync can fetch again. A table comes after those that it refers to. */
export const userTables = [
  "decision",
  "decision_album",
  "alias",
  "hidden_album",
  "review_note",
  "noted_play",
  // It can't be fetched again.
  "collection_value",
  "noted_track",
  "sending",
  "recognised_track",
  "snooze",
] as const;

/**
 * Writes the decisions in a cache of any format to a new file beside it, as `rewind links export` does. Returns the path
 * of the file, or null if there are no decisions. A file that says the same already is not written twice.
 */
export function saveDecisions(database: Database, cachePath: string): string | null {
  const document = buildPortableDocument(database, cachePath);
  if (!Object.values(document).some((rows) => Array.isArray(rows) && rows.length > 0)) return null;
  const text = `${JSON.stringify(document, null, 2)}\n`;
  for (let nth = 1; ; nth += 1) {
    const path = getDecisionCopyPath(cachePath, nth);
    try {
      writeFileSync(path, text, { mode: 0o600, flag: "wx", flush: true });
      return path;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
        // A full disk leaves half a file.
        rmSync(path, { force: true });
        throw error;
      }
      if (readFileSync(path, "utf8") === text) return path;
    }
  }
}

/** Other formats may lack tables and columns, so the rows are read from tables of this version. */
function buildPortableDocument(
  database: Database,
  cachePath: string,
): ReturnType<typeof buildExportDocument> {
  const scratch = openScratch();
  try {
    createTables(scratch);
    for (const table of userTables) {
      const isThere = readColumns(database, table).length > 0;
      if (isThere && copyRows(database, scratch, table) === null) {
        throw createDamageError(cachePath, `table ${table} can't be read`);
      }
    }
    return buildExportDocument(scratch);
  } finally {
    scratch.close();
  }
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Copies the columns that both tables have. Returns how many rows were copied, or null if the table can't be read to its
 * end; the rows before that point are kept.
 */
export function copyRows(from: Database, into: Database, table: string): number | null {
  let copied = 0;
  try {
    const tableColumns = readColumns(into, table);
    const columns = readColumns(from, table).filter((name) => tableColumns.includes(name));
    const values = columns.map((name) => `@${name}`).join(", ");
    const insert = into.prepare<[Row]>(
      `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${values})`,
    );
    for (const row of from.prepare<[], Row>(`SELECT ${columns.join(", ")} FROM ${table}`).iterate()) {
      copied += insert.run(row).changes;
    }
    return copied;
  } catch {
    return null;
  }
}

function readColumns(database: Database, table: string): string[] {
  return database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
}
