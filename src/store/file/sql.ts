// SQL together with its parameters.
import { createHash } from "node:crypto";
import type { Database, Statement } from "./database.ts";

/** The functions of this file alone make SQL: an object from outside that has the same keys stays a parameter. */
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
export function rawSql(text: string): Sql {
  return { [trustedSql]: true, sql: text, parameters: [] };
}

/** A subquery that returns the values. */
export function listSql(values: readonly unknown[]): Sql {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}

export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return {
    [trustedSql]: true,
    sql: parts.map((part) => part.sql).join(separator),
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

export function joinOr<Value>(values: readonly Value[], buildCondition: (value: Value) => Sql): Sql {
  return sql`(${joinSql(values.map(buildCondition), " OR ")})`;
}

export function joinAnd(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? rawSql("true") : joinSql(conditions, " AND ");
}

type Query = Parameters<typeof sql>;
type RunQuery<Answer> = (...query: Query) => Answer;

function prepareQuery<Row>(database: Database, query: Query): Statement<unknown[], Row> {
  const { sql: text, parameters } = sql(...query);
  return database.prepare<unknown[], Row>(text).bind(...parameters);
}

/** rowsOf(database)`SELECT …`. Braces take what sql takes. */
export function queryRows<Row>(database: Database): RunQuery<Row[]> {
  return (...query) => prepareQuery<Row>(database, query).all();
}

/** Runs a query that always has one row, such as sums over a table. */
export function queryOneRow<Row>(database: Database): RunQuery<[Row]> {
  return (...query) => queryRows<Row>(database)(...query) as [Row];
}

/** Reads the rows one at a time. */
export function iterateRows<Row>(database: Database): RunQuery<IterableIterator<Row>> {
  return (...query) => buildRows<Row>(prepareQuery(database, query));
}

/** The driver's own objects take longer to make, and much longer to read and copy. */
function* buildRows<Row>(statement: Statement): Generator<Row> {
  const names = statement.columns().map(({ name }) => name);
  for (const values of statement.raw().iterate() as IterableIterator<unknown[]>) {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < names.length; at += 1) row[names[at] as string] = values[at];
    yield row as Row;
  }
}

/** Each row as a tuple of its columns. */
export function queryTuples<Tuple>(database: Database): RunQuery<Tuple[]> {
  return (...query) => prepareQuery<Tuple>(database, query).raw().all();
}

/** Reads the rows one at a time, each as a tuple of its columns: for many rows, half the time of objects. */
export function iterateTuples<Tuple>(database: Database): RunQuery<IterableIterator<Tuple>> {
  return (...query) => prepareQuery<Tuple>(database, query).raw().iterate();
}

/** The first column. */
export function queryValues<Value>(database: Database): RunQuery<Value[]> {
  return (...query) => prepareQuery<Value>(database, query).pluck().all();
}

/** The first column of the first row; `otherwise` if there is no row. */
export function queryValue<Value>(database: Database, otherwise: Value): RunQuery<Value> {
  return (...query) => prepareQuery<Value>(database, query).pluck().get() ?? otherwise;
}

/** Runs a statement that writes. Returns how many rows it changed. */
export function execute(database: Database): RunQuery<number> {
  return (...query) => prepareQuery(database, query).run().changes;
}

/** A hash of the first column of all rows. It differs as soon as one of them does. */
export function hashRows(database: Database): RunQuery<string> {
  return (...query) => {
    const rows = sql`SELECT NULL AS row UNION ALL ${sql(...query)}`;
    const text = queryValue(database, "")`SELECT group_concat(row, char(10)) FROM (${rows})`;
    return createHash("sha256").update(text).digest("base64url").slice(0, 22);
  };
}
