// The number of records on the shelf, by kind and in all.
import type { Kind } from "../../model/release-kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { plain, rowsOf, sql, tuplesOf } from "../conditions/sql.ts";
import type { Span } from "../conditions/span.ts";
import { isHeard, recordSource, withThese } from "../figures/record-source.ts";
import { fromRecords, type RecordFilter } from "../filters/record-filter.ts";

export interface Summary {
  readonly records: number;
  /** Records whose match type is not none. */
  readonly matched: number;
  readonly unlistened: number;
}

/** The number of records of each kind that pass the filter, the largest first. */
export function countByKind(database: Database, filter: RecordFilter): ReadonlyMap<string, number> {
  const columns = plain("release.kind, count(*)");
  const rest = plain("GROUP BY release.kind ORDER BY 2 DESC, 1");
  return new Map(tuplesOf<[string, number]>(database, fromRecords(database, filter, columns, rest)));
}

/**
 * Covers the whole collection, or its records of one kind, whatever the filter and page. With a span, plays are those
 * of the span.
 */
export function summarize(
  database: Database,
  scope: { readonly during?: Span; readonly onlyKind?: Kind } = {},
): Summary {
  const { definitions, tables } = recordSource(scope);
  const where = scope.onlyKind === undefined ? plain("true") : sql`release.kind = ${scope.onlyKind}`;
  const [row] = rowsOf<Summary>(
    database,
    sql`${withThese(definitions)}
        SELECT count(*) AS records, coalesce(sum(match.type <> 'none'), 0) AS matched,
          coalesce(sum(NOT ${isHeard(scope)}), 0) AS unlistened
        FROM ${tables} WHERE ${where}`,
  );
  return row ?? { records: 0, matched: 0, unlistened: 0 };
}
