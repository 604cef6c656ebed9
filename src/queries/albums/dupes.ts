// Albums that are owned more than once.
import { dupesSchema, type DupesDocument } from "../documents/album-documents.ts";
import { toJsonPagination, selectPage, mapLazily } from "../documents/paging.ts";
import { requireHistory } from "../statistics/readiness.ts";
import { groupByAlbum } from "../statistics/same-album.ts";
import { explainEmptyList, getHistoryNeeds, type RecordFilter } from "../filters/record-filter.ts";
import { toJsonRow } from "../records/json-rows.ts";
import { readCollectionCopies } from "../records/copies.ts";
import { joinRecords } from "../records/read-records.ts";
import {
  buildRecordOrderSql,
  plainSorts,
  recordOrders,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { orderParameters } from "../parameters/parameter.ts";
import type { Database } from "../../store/file/database.ts";

export type DupeSort = "copies" | PlainSort;
/** copies: the most copies first. Others: by the first copy, as for records. */
const dupeSorts: readonly DupeSort[] = ["copies", ...plainSorts];

interface DupesParameters extends ListRequest<DupeSort> {
  /** The records that may be copies. */
  readonly filter: RecordFilter;
}

export type DupesResult = ReturnType<typeof queryDupes>;
export type DupesRow = DupesResult["rows"] extends Iterable<infer Row> ? Row : never;

function queryDupes(database: Database, question: DupesParameters) {
  const { filter, sort, reverse } = question;
  const order = sort === "copies" ? ({ sort: "plays" } as const) : { sort, reverse };
  requireHistory(database, ...getHistoryNeeds(filter), recordOrders[order.sort].needs);
  const ownedTwice = (copiesFilter: RecordFilter) =>
    groupByAlbum(
      readCollectionCopies(database, copiesFilter, { order: buildRecordOrderSql(order, copiesFilter) }),
    ).filter(({ length }) => length > 1);
  const albums = ownedTwice(filter).map((copies) => copies.toSorted((a, b) => a.id - b.id));
  const inOrder =
    sort === "copies" ? albums.toSorted((a, b) => (b.length - a.length) * (reverse ? -1 : 1)) : albums;
  const page = selectPage(inOrder, question.paging).map((copies) => ({
    recordId: copies[0]?.id ?? 0,
    copies: copies.length,
    /** The numbers of all copies, ascending. */
    recordIds: copies.map(({ id }) => id),
    /** The form of each copy, in the same order. */
    forms: copies.map(({ form }) => form),
  }));
  return {
    question,
    /** The total of all pages. */
    total: albums.length,
    records: albums.reduce((sum, { length }) => sum + length, 0),
    rows: joinRecords(database, page),
    emptied: () => explainEmptyList(filter, (each) => ownedTwice(each).length),
  };
}

function buildDupesDocument({ question, rows, total, records }: DupesResult): DupesDocument {
  return {
    data: mapLazily(rows, (row) => ({
      ...toJsonRow(row),
      copies: row.copies,
      record_ids: row.recordIds,
      forms: row.forms,
    })),
    summary: { total, records },
    pagination: toJsonPagination(question.paging, total),
  };
}

export const dupesQuery = createListQuery({
  noun: "album",
  subject: "records",
  parameters: orderParameters(dupeSorts, "copies"),
  schema: dupesSchema,
  ask: queryDupes,
  buildDocument: buildDupesDocument,
});
