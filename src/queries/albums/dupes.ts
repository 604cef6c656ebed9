// Albums that are owned more than once.
import type { DupesDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf, mapped } from "../documents/paging.ts";
import { requireHistory } from "../figures/readiness.ts";
import { needsOf, type RecordFilter } from "../filters/record-filter.ts";
import { contractRow } from "../records/contract.ts";
import { albumsOnShelf } from "../records/copies.ts";
import { recordsOf, type RecordRow } from "../records/read-records.ts";
import {
  orderBy,
  plainSorts,
  recordOrders,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";
import type { Database } from "../../store/file/database.ts";

export type DupeSort = "copies" | PlainSort;
/** copies: the most copies first. Others: by the first copy, as for records. */
export const dupeSorts: readonly DupeSort[] = ["copies", ...plainSorts];

export interface DupesQuestion extends ListRequest<DupeSort> {
  /** The records that may be copies. */
  readonly filter: RecordFilter;
}

export interface DupesRow {
  /** The first of the copies. */
  readonly record: RecordRow;
  /** The numbers of all copies, ascending. */
  readonly recordIds: readonly number[];
  /** The form of each copy, in the same order. */
  readonly forms: readonly string[];
}

export interface DupesAnswer {
  readonly question: DupesQuestion;
  /** On all pages. */
  readonly total: number;
  readonly records: number;
  /** Read lazily. */
  readonly rows: Iterable<DupesRow>;
}

export function ask(database: Database, question: DupesQuestion): DupesAnswer {
  const { filter, sort, reverse } = question;
  const needs = sort === "copies" ? undefined : recordOrders[sort].needs;
  requireHistory(database, ...needsOf(filter), needs);
  const albums = albumsOnShelf(database, filter, {
    order: orderBy(sort === "copies" ? { sort: "plays" } : { sort, reverse }, filter),
  })
    .filter(({ length }) => length > 1)
    .map((copies) => copies.toSorted((a, b) => a.id - b.id));
  const inOrder =
    sort === "copies" ? albums.toSorted((a, b) => (b.length - a.length) * (reverse ? -1 : 1)) : albums;
  const page = pageOf(inOrder, question.paging).map((copies) => ({
    recordId: copies[0]?.id ?? 0,
    recordIds: copies.map(({ id }) => id),
    forms: copies.map(({ form }) => form),
  }));
  return {
    question,
    total: albums.length,
    records: albums.reduce((sum, { length }) => sum + length, 0),
    rows: recordsOf(database, page),
  };
}

export function document({ question, rows, total, records }: DupesAnswer): DupesDocument {
  return {
    data: mapped(rows, ({ record, recordIds, forms }) => ({
      ...contractRow(record),
      copies: recordIds.length,
      record_ids: recordIds,
      forms,
    })),
    summary: { total, records },
    pagination: contractPagination(question.paging, total),
  };
}
