// Reads records with their plays, filtered, ordered and in pages.
import type { Database } from "../../store/file/database.ts";
import { condition, type RecordFilter } from "../filters/record-filter.ts";
import type { Paging } from "../documents/paging.ts";
import { orderBy, recordOrders, type RecordOrder } from "./record-order.ts";
import {
  briefColumns,
  fromRow,
  otherColumns,
  withOthers,
  type RecordBrief,
  type RecordRow,
  type StoredRow,
} from "./record-row.ts";
import { playsOf, recordSource, withThese } from "../figures/record-source.ts";

export interface RecordQuery {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  /** null: everything. */
  readonly paging: Paging | null;
  /** Exactly these records in this order; filter, order and page are ignored. */
  readonly ids?: readonly number[];
}

/**
 * Records in a total order. Only the rows of the page are read in full, so a page of a large shelf is as fast as one of
 * a small shelf. Without paging, the rows are read one at a time.
 */
export function* listRecords(database: Database, query: RecordQuery): Generator<RecordRow> {
  const columns = `${briefColumns(query.filter)}, ${otherColumns}`;
  for (const row of select<StoredRow>(database, query, columns, withOthers)) yield fromRow(row);
}

/** Like listRecords, with only the columns that a table line needs. */
export function listBriefs(database: Database, query: RecordQuery): IterableIterator<RecordBrief> {
  return select<RecordBrief>(database, query, briefColumns(query.filter), "");
}

function select<Result>(
  database: Database,
  { filter, order, paging, ids }: RecordQuery,
  columns: string,
  joins: string,
): IterableIterator<Result> {
  const source = recordSource(filter);
  const others = recordOrders[order.sort].brings ?? "NULL";
  const selected = `${columns}, ${playsOf(filter)} AS playCount, ${others} AS artistPlays`;
  if (ids !== undefined) {
    return database
      .prepare<unknown[], Result>(
        `${withThese(source.definitions)}
         SELECT ${selected} FROM json_each(?) AS wanted JOIN ${source.tables} ${joins}
         WHERE match.record_id = wanted.value ORDER BY wanted.key`,
      )
      .iterate(...source.parameters, JSON.stringify(ids));
  }
  const where = condition(database, filter);
  const keys = orderBy(order, filter);
  const parameters = [...source.parameters, ...where.parameters];
  if (paging === null) {
    return database
      .prepare<unknown[], Result>(
        `${withThese(source.definitions)}
         SELECT ${selected} FROM ${source.tables} ${joins} WHERE ${where.sql} ORDER BY ${keys}`,
      )
      .iterate(...parameters);
  }
  // The order appears twice, so that only the rows of the page are read in full.
  const page = `page AS MATERIALIZED (SELECT match.record_id AS page_id FROM ${source.tables}
    WHERE ${where.sql} ORDER BY ${keys} LIMIT ? OFFSET ?)`;
  return database
    .prepare<unknown[], Result>(
      `${withThese([...source.definitions, page])}
       SELECT ${selected} FROM page JOIN ${source.tables} ${joins}
       WHERE match.record_id = page.page_id ORDER BY ${keys}`,
    )
    .iterate(...parameters, paging.limit, (paging.page - 1) * paging.limit);
}
