// SQL together with its parameters.
import { createHash } from "node:crypto";
import type { Database, Statement } from "./database.ts";

/** Only the functions of this file make SQL: an object from outside that has the same keys stays a parameter. */
const trustedSql = Symbol("sql");

export interface Sql {
  readonly [trustedSql]: true;
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Composes SQL. Another piece of SQL in braces is inserted; any other value becomes a parameter. */
export function sql(texts: TemplateStringsArray, ...values: readonly unknown[]): Sql {
  const parts = values.map((value) => (isSql(value) ? value : { sql: "?", parameters: [value] }));
  return {
    [trustedSql]: true,
    sql: texts.reduce((text, next, at) => `${text}${parts[at - 1]?.sql ?? ""}${next}`),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function isSql(value: unknown): value is Sql {
  return typeof value === "object" && value !== null && trustedSql in value;
}

/** Text of the program itself as SQL. Never pass text from outside. */
export function plain(text: string): Sql {
  return { [trustedSql]: true, sql: text, parameters: [] };
}

/** A subquery that returns the values. */
export function list(values: readonly unknown[]): Sql {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return {
    [trustedSql]: true,
    sql: parts.map((part) => part.sql).join(separator),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

export function anyOf<Value>(values: readonly Value[], conditionOf: (value: Value) => Sql): Sql {
  return sql`(${joinSql(values.map(conditionOf), " OR ")})`;
}

export function allOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? plain("true") : joinSql(conditions, " AND ");
}

type Query = Parameters<typeof sql>;
type Ask<Answer> = (...query: Query) => Answer;

function prepared<Row>(database: Database, query: Query): Statement<unknown[], Row> {
  const { sql: text, parameters } = sql(...query);
  return database.prepare<unknown[], Row>(text).bind(...parameters);
}

/** rowsOf(database)`SELECT …`. Braces take what sql takes. */
export function rowsOf<Row>(database: Database): Ask<Row[]> {
  return (...query) => prepared<Row>(database, query).all();
}

/** For a query that always has one row, such as sums over a table. */
export function oneRowOf<Row>(database: Database): Ask<[Row]> {
  return (...query) => rowsOf<Row>(database)(...query) as [Row];
}

/** Reads the rows one at a time. */
export function eachRow<Row>(database: Database): Ask<IterableIterator<Row>> {
  return (...query) => prepared<Row>(database, query).iterate();
}

/** Each row as a tuple of its columns. */
export function tuplesOf<Tuple>(database: Database): Ask<Tuple[]> {
  return (...query) => prepared<Tuple>(database, query).raw().all();
}

/** The first column. */
export function valuesOf<Value>(database: Database): Ask<Value[]> {
  return (...query) => prepared<Value>(database, query).pluck().all();
}

/** The first column of the first row; `otherwise` if there is no row. */
export function valueOf<Value>(database: Database, otherwise: Value): Ask<Value> {
  return (...query) => prepared<Value>(database, query).pluck().get() ?? otherwise;
}

/** Runs a statement that writes. Returns how many rows it changed. */
export function change(database: Database): Ask<number> {
  return (...query) => prepared(database, query).run().changes;
}

/** A hash of the first column of all rows. It differs as soon as one of them does. */
export function hashRows(database: Database): Ask<string> {
  return (...query) => {
    const rows = sql`SELECT NULL AS row UNION ALL ${sql(...query)}`;
    const text = valueOf(database, "")`SELECT group_concat(row, char(10)) FROM (${rows})`;
    return createHash("sha256").update(text).digest("base64url").slice(0, 22);
  };
}
