// Albums that are owned more than once.
import { dupesSchema, type DupesDocument } from "../documents/album-documents.ts";
import { contractPagination, pageOf, mapped } from "../documents/paging.ts";
import { requireHistory } from "../figures/readiness.ts";
import { groupedByAlbum } from "../figures/same-album.ts";
import { emptiedBy, needsOf, type RecordFilter } from "../filters/record-filter.ts";
import { contractRow } from "../records/contract.ts";
import { copiesOnShelf } from "../records/copies.ts";
import { recordsOf } from "../records/read-records.ts";
import {
  orderBy,
  plainSorts,
  recordOrders,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";
import { listQuery } from "../parameters/list-query.ts";
import { orderParameter } from "../parameters/parameter.ts";
import type { Database } from "../../store/file/database.ts";

export type DupeSort = "copies" | PlainSort;
/** copies: the most copies first. Others: by the first copy, as for records. */
const dupeSorts: readonly DupeSort[] = ["copies", ...plainSorts];

interface DupesQuestion extends ListRequest<DupeSort> {
  /** The records that may be copies. */
  readonly filter: RecordFilter;
}

export type DupesAnswer = ReturnType<typeof ask>;
export type DupesRow = DupesAnswer["rows"] extends Iterable<infer Row> ? Row : never;

function ask(database: Database, question: DupesQuestion) {
  const { filter, sort, reverse } = question;
  const order = sort === "copies" ? ({ sort: "plays" } as const) : { sort, reverse };
  requireHistory(database, ...needsOf(filter), recordOrders[order.sort].needs);
  const ownedTwice = (copiesFilter: RecordFilter) =>
    groupedByAlbum(copiesOnShelf(database, copiesFilter, { order: orderBy(order, copiesFilter) })).filter(
      ({ length }) => length > 1,
    );
  const albums = ownedTwice(filter).map((copies) => copies.toSorted((a, b) => a.id - b.id));
  const inOrder =
    sort === "copies" ? albums.toSorted((a, b) => (b.length - a.length) * (reverse ? -1 : 1)) : albums;
  const page = pageOf(inOrder, question.paging).map((copies) => ({
    recordId: copies[0]?.id ?? 0,
    copies: copies.length,
    /** The numbers of all copies, ascending. */
    recordIds: copies.map(({ id }) => id),
    /** The form of each copy, in the same order. */
    forms: copies.map(({ form }) => form),
  }));
  return {
    question,
    /** On all pages. */
    total: albums.length,
    records: albums.reduce((sum, { length }) => sum + length, 0),
    rows: recordsOf(database, page),
    emptied: () => emptiedBy(filter, (each) => ownedTwice(each).length),
  };
}

function document({ question, rows, total, records }: DupesAnswer): DupesDocument {
  return {
    data: mapped(rows, (row) => ({
      ...contractRow(row),
      copies: row.copies,
      record_ids: row.recordIds,
      forms: row.forms,
    })),
    summary: { total, records },
    pagination: contractPagination(question.paging, total),
  };
}

export const dupesQuery = listQuery({
  noun: "album",
  subject: "records",
  parameters: orderParameter(dupeSorts, "copies"),
  schema: dupesSchema,
  ask,
  document,
});
