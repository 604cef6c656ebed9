// Runs one read-only SQL statement, whole or as a limited page.
import { findNearestChoice, UsageError } from "../../model/errors.ts";
import type { Database, Statement } from "../../store/file/database.ts";
import { openForQueries } from "../../store/open-cache.ts";
import { explainStoreFailure } from "../../store/file/cache-errors.ts";
import { defineFunctions } from "../conditions/sql-functions.ts";
import { views } from "../../store/sql-views.ts";
import { sqlPageLimits, type SqlPage } from "../documents/statistics-documents.ts";

/** bigint: a whole number that a JavaScript number would round. */
type SqlValue = string | number | bigint | null;
export type SqlRow = readonly SqlValue[];

export interface SqlQuery {
  /** Unique names: a second "plays" is "plays_2". */
  readonly names: readonly string[];
  /** Runs the statement. All runs read the same state of the cache. */
  rows(): Generator<SqlRow>;
  close(): void;
}

/** Words that people use for a column of the views. */
const columnAliases: ReadonlyMap<string, string> = new Map([
  ["plays", "play_count"],
  ["playcount", "play_count"],
  ["name", "title"],
  ["played", "last_played"],
  ["last", "last_played"],
]);

const hint = "The views and their columns: rewind sql --schema";

/** Throws UsageError for anything but one valid statement that only reads. */
export function openSqlQuery(cachePath: string, sql: string): SqlQuery {
  const database = openForQueries(cachePath);
  try {
    defineFunctions(database);
    // All runs see the same state of the cache, even during a sync.
    database.exec("BEGIN");
    const statement = prepare(database, sql);
    return {
      names: deduplicateNames(statement.columns().map(({ name }) => name)),
      *rows() {
        try {
          for (const row of statement.iterate()) yield (row as unknown[]).map(toSqlValue);
        } catch (error) {
          throw translateError(error, cachePath, sql);
        }
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw translateError(error, cachePath, sql);
  }
}

function prepare(database: Database, sql: string): Statement {
  const onlyReads = new UsageError("rewind sql only runs statements that read (SELECT …)", hint);
  if (isChange(sql)) throw onlyReads;
  const statement = database.prepare(sql);
  if (!statement.readonly || !statement.reader) throw onlyReads;
  return statement.raw().safeIntegers();
}

/**
 * Returns true for a statement that begins with a verb that changes something. SQLite's own errors would speak of views,
 * and it says that a pragma only reads even if it changes the connection. The tables pragma_… read the same facts.
 */
function isChange(sql: string): boolean {
  const comments = /^(?:\s|;|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/;
  const verbs =
    /^(?:pragma|insert|replace|update|delete|drop|create|alter|attach|detach|vacuum|reindex|begin|commit)\b/i;
  return verbs.test(sql.replace(comments, ""));
}

function deduplicateNames(names: readonly string[]): string[] {
  const usedNames = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; usedNames.has(unique); count += 1) unique = `${name}_${count}`;
    usedNames.add(unique);
    return unique;
  });
}

/** Longer than any list of all names. A longer value might not fit in memory. */
const maxCharacters = 16 * 1024 * 1024;

/** Shows a blob as an SQL literal. Throws UsageError for a value that is too large. */
function toSqlValue(value: unknown): SqlValue {
  if (typeof value === "bigint") {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  const length = typeof value === "string" ? value.length : Buffer.isBuffer(value) ? 2 * value.length : 0;
  if (length > maxCharacters) {
    throw new UsageError(
      "SQL: a value of the answer is too large to show",
      "Ask for a part of it: substr(value, 1, 1000), or for its length: length(value)",
    );
  }
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  return Buffer.isBuffer(value) ? `x'${value.toString("hex")}'` : null;
}

/** Turns errors of the statement into UsageError, and explains errors of the file. */
function translateError(error: unknown, path: string, sql: string): unknown {
  if (!(error instanceof Error) || error instanceof UsageError) return error;
  const failure = explainStoreFailure(error, path);
  // The rest is about the statement: SQLite's own errors, and those of the library for none or several statements.
  if (failure !== error) return failure;
  const [, unknown] = /^no such column: (?:\w+\.)?(\w+)$/.exec(error.message) ?? [];
  const guess = unknown === undefined ? "" : suggestColumn(unknown.toLowerCase(), sql);
  return new UsageError(`SQL: ${error.message}${guess}`, hint, { cause: error });
}

/** Suggests a column of the views that the statement reads, or names the views that have this column. "" for neither. */
function suggestColumn(name: string, sql: string): string {
  const readViews = new Set(
    [...sql.matchAll(/\b(?:from|join)\s+(\w+)/gi)].map(([, view]) => view?.toLowerCase()),
  );
  const named = views.map((view) => ({ view: view.name, names: view.columns.map((column) => column.name) }));
  const columns = named.filter(({ view }) => readViews.has(view)).flatMap(({ names }) => names);
  const owners = named.filter(({ names }) => names.includes(name)).map(({ view }) => view);
  const alias = columnAliases.get(name) ?? "";
  if (!columns.includes(alias) && owners.length > 0) return `. Views with this column: ${owners.join(", ")}`;
  const meant = columns.includes(alias) ? alias : findNearestChoice(name, columns);
  return meant === undefined ? "" : `. Did you mean ${meant}?`;
}

/** A limited page of an SQL answer, for HTTP and MCP. Throws UsageError for a statement that is invalid or could write. */
export function readSqlPage(
  cachePath: string,
  sql: string,
  { page, limit }: { readonly page: number; readonly limit: number },
): SqlPage {
  const question = openSqlQuery(cachePath, sql);
  try {
    const rows: (string | number | null)[][] = [];
    let total = 0;
    let characters = 0;
    let isCut = false;
    for (const row of question.rows()) {
      if (total === sqlPageLimits.maxRows) {
        isCut = true;
        break;
      }
      if (total >= (page - 1) * limit && rows.length < limit) {
        const values = row.map(toPageValue);
        for (const value of values) characters += String(value).length;
        if (characters > sqlPageLimits.maxPageCharacters) {
          throw new UsageError(
            `SQL: the page has more than ${sqlPageLimits.maxPageCharacters} characters`,
            "Ask for fewer rows or columns, or for a part of a value: substr(value, 1, 200)",
          );
        }
        rows.push(values);
      }
      total += 1;
    }
    return { columns: question.names, rows, total, is_cut: isCut };
  } finally {
    question.close();
  }
}

function toPageValue(value: SqlValue): string | number | null {
  // Most JSON readers would round whole numbers of this size.
  if (typeof value === "bigint") return String(value);
  if (typeof value !== "string" || value.length <= sqlPageLimits.maxCharacters) return value;
  // A slice would keep the whole text in memory.
  const start = Buffer.from(value.slice(0, sqlPageLimits.maxCharacters), "utf16le").toString("utf16le");
  return `${start}…`;
}
