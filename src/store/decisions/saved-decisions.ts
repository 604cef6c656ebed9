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
  "review_answer",
  "logged_play",
  // The value can't be fetched again.
  "collection_value",
  "logged_track",
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
      const isThere = findRowSources(database, table).length > 0;
      if (isThere && copyRows(database, scratch, table) === null) {
        throw createDamageError(cachePath, `table ${table} can't be read`);
      }
    }
    return buildExportDocument(scratch);
  } finally {
    scratch.close();
  }
}

/** A table that holds the rows of a table of this version. */
interface RowSource {
  readonly table: string;
  /** The SQL of the columns that have another name or value there. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The place of the rows of `current` in an earlier format, if `table` has the column `marker`. */
interface FormerSource extends RowSource {
  readonly current: string;
  readonly marker: string;
}

const formerSources: readonly FormerSource[] = [
  {
    current: "logged_play",
    table: "noted_play",
    marker: "noted_uts",
    columns: { comment: "note", logged_uts: "noted_uts" },
  },
  { current: "logged_track", table: "noted_track", marker: "uuid", columns: {} },
  {
    current: "review_answer",
    table: "review_note",
    marker: "noted_uts",
    columns: { answered_uts: "noted_uts" },
  },
  {
    current: "recognised_track",
    table: "recognised_track",
    marker: "is_settled",
    columns: { is_final: "is_settled" },
  },
  // A row without a state is not to be sent; the constraint of the column leaves it out.
  {
    current: "sending",
    table: "noted_track",
    marker: "lastfm_state",
    columns: { target: "'lastfm'", state: "lastfm_state", reason: "lastfm_reason" },
  },
  {
    current: "sending",
    table: "noted_track",
    marker: "is_given",
    columns: { target: "'lastfm'", state: "iif(is_given = 1, state, NULL)" },
  },
  {
    current: "sending",
    table: "noted_track",
    marker: "listenbrainz_state",
    columns: { target: "'listenbrainz'", state: "listenbrainz_state", reason: "listenbrainz_reason" },
  },
];

function findRowSources(database: Database, table: string): readonly RowSource[] {
  const former = formerSources.filter(
    (source) => source.current === table && readColumns(database, source.table).includes(source.marker),
  );
  if (former.length > 0) return former;
  return readColumns(database, table).length > 0 ? [{ table, columns: {} }] : [];
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Copies the columns that both tables have. Returns how many rows were copied, or null if the table is missing or can't be
 * read to its end; the rows before that point are kept.
 */
export function copyRows(from: Database, into: Database, table: string): number | null {
  try {
    const sources = findRowSources(from, table);
    if (sources.length === 0) return null;
    return sources.reduce((copied, source) => copied + copyFrom(from, source, into, table), 0);
  } catch {
    return null;
  }
}

function copyFrom(from: Database, source: RowSource, into: Database, table: string): number {
  const formerColumns = new Map(Object.entries(source.columns));
  const sourceColumns = readColumns(from, source.table);
  const columns = readColumns(into, table).filter(
    (name) => formerColumns.has(name) || sourceColumns.includes(name),
  );
  const values = columns.map((name) => `@${name}`).join(", ");
  const insert = into.prepare<[Row]>(
    `INSERT OR IGNORE INTO ${table} (${columns.join(", ")}) VALUES (${values})`,
  );
  const expressions = columns.map((name) => `${formerColumns.get(name) ?? name} AS ${name}`).join(", ");
  let copied = 0;
  for (const row of from.prepare<[], Row>(`SELECT ${expressions} FROM ${source.table}`).iterate()) {
    copied += insert.run(row).changes;
  }
  return copied;
}

function readColumns(database: Database, table: string): string[] {
  return database.prepare<[string], string>("SELECT name FROM pragma_table_info(?)").pluck().all(table);
}
