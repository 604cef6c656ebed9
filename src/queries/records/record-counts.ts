// The number of records on the shelf, and of those that pass a filter.
import type { Kind } from "../../model/release-kinds.ts";
import type { Database } from "../../store/file/database.ts";
import { condition, type RecordFilter } from "../filters/record-filter.ts";
import type { Span } from "../conditions/span.ts";
import { isHeard, recordSource, withThese } from "../figures/record-source.ts";

export interface Summary {
  readonly records: number;
  /** Records whose match type is not none. */
  readonly matched: number;
  readonly unlistened: number;
}

/** The number of records that pass the filter. */
export function countFiltered(database: Database, filter: RecordFilter): number {
  const source = recordSource(filter);
  const where = condition(database, filter);
  const count = database
    .prepare<unknown[], number>(
      `${withThese(source.definitions)} SELECT count(*) FROM ${source.tables} WHERE ${where.sql}`,
    )
    .pluck()
    .get(...source.parameters, ...where.parameters);
  return count ?? 0;
}

/** The number of records of each kind that pass the filter, the largest first. */
export function countByKind(
  database: Database,
  filter: RecordFilter,
): { readonly kind: string; readonly records: number }[] {
  const source = recordSource(filter);
  const where = condition(database, filter);
  return database
    .prepare<unknown[], { kind: string; records: number }>(
      `${withThese(source.definitions)}
       SELECT release.kind AS kind, count(*) AS records FROM ${source.tables}
       WHERE ${where.sql} GROUP BY release.kind ORDER BY records DESC, kind`,
    )
    .all(...source.parameters, ...where.parameters);
}

/**
 * Covers the whole collection, or its records of one kind, whatever the filter and page. With a span, plays are those
 * of the span.
 */
export function summarize(
  database: Database,
  scope: { readonly during?: Span; readonly onlyKind?: Kind } = {},
): Summary {
  const source = recordSource(scope);
  const unlistened = `NOT ${isHeard(scope)}`;
  const kind = scope.onlyKind === undefined ? [] : [scope.onlyKind];
  const row = database
    .prepare<unknown[], Summary>(
      `${withThese(source.definitions)}
       SELECT count(*) AS records, coalesce(sum(match.type <> 'none'), 0) AS matched,
         coalesce(sum(${unlistened}), 0) AS unlistened
       FROM ${source.tables} WHERE ${kind.length === 0 ? "true" : "release.kind = ?"}`,
    )
    .get(...source.parameters, ...kind);
  return row ?? { records: 0, matched: 0, unlistened: 0 };
}
