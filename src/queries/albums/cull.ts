// Records you could sell: extra copies, records without plays, records rated low. Each has all of its reasons.
import { daySeconds } from "../../model/times.ts";
import { iterateTuples, sql } from "../../store/file/sql.ts";
import { cullSchema, type CullDocument } from "../documents/album-documents.ts";
import { toJsonPagination, selectPage, mapLazily } from "../documents/paging.ts";
import { requireHistory } from "../statistics/readiness.ts";
import { buildRecordSource } from "../statistics/play-counts.ts";
import { findBetterCopies, createGradeLookup } from "../statistics/same-album.ts";
import {
  buildRecordsSql,
  explainEmptyList,
  getHistoryNeeds,
  type RecordFilter,
} from "../filters/record-filter.ts";
import { toJsonRow } from "../records/json-rows.ts";
import { joinRecords } from "../records/read-records.ts";
import {
  buildRecordOrderSql,
  plainSorts,
  recordOrders,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { choices, orderParameters } from "../parameters/parameter.ts";
import type { Database } from "../../store/file/database.ts";

const cullReasons = ["copy", "never", "rating"] as const;
export type CullReason = (typeof cullReasons)[number];

export type CullSort = "reasons" | PlainSort;
/** reasons: the most reasons first, then the fewest plays. */
const cullSorts: readonly CullSort[] = ["reasons", ...plainSorts];

interface CullParameters extends ListRequest<CullSort> {
  readonly filter: RecordFilter;
  /** Records with any of these reasons. Empty: with any reason. */
  readonly why: readonly CullReason[];
  readonly nowUts: number;
}

const minGoodRating = 4;
/** A record bought less than a year ago may not have been played yet. */
const yearSeconds = 365 * daySeconds;

export type CullResult = ReturnType<typeof queryCull>;
export type CullRow = CullResult["rows"] extends Iterable<infer Row> ? Row : never;

function queryCull(database: Database, question: CullParameters) {
  const { filter, why, sort, reverse, paging } = question;
  const { withReasons, matches } = findCulled(database, question);
  const way = reverse ? -1 : 1;
  const inOrder =
    sort === "reasons" ? matches.toSorted((a, b) => (b.reasons.length - a.reasons.length) * way) : matches;
  const page = selectPage(inOrder, paging);
  const getGrades = createGradeLookup(
    database,
    page.map(({ recordId }) => recordId),
  );
  const countReason = (reason: CullReason): number =>
    matches.filter(({ reasons }) => reasons.includes(reason)).length;
  return {
    question,
    /** The total of all pages. */
    total: matches.length,
    /** The number of records with each reason. */
    byReason: { copy: countReason("copy"), never: countReason("never"), rating: countReason("rating") },
    /** Records left out because they are rated 4 or 5. */
    wellRated: withReasons.length - matches.length,
    rows: joinRecords(
      database,
      page.map((item) => ({ ...item, ...getGrades(item.recordId) })),
    ),
    emptied: () =>
      explainEmptyList(
        filter,
        (each) => findCulled(database, { ...question, filter: each }).matches.length,
        why.length === 0
          ? {}
          : { "--why": () => findCulled(database, { ...question, why: [] }).matches.length },
      ),
  };
}

/** Records with one of the reasons, and those of them that the rating leaves. */
function findCulled(database: Database, question: CullParameters) {
  const { filter, why } = question;
  const withReasons = readRecordsWithReasons(database, question).filter(
    ({ reasons }) => reasons.length > 0 && (why.length === 0 || reasons.some((each) => why.includes(each))),
  );
  return {
    withReasons,
    matches: withReasons.filter(({ rating }) => filter.rating !== undefined || rating < minGoodRating),
  };
}

/** Records that pass the filter, with their reasons, possibly none. */
function readRecordsWithReasons(database: Database, { filter, sort, reverse, nowUts }: CullParameters) {
  const order = sort === "reasons" ? ({ sort: "plays", reverse: true } as const) : { sort, reverse };
  requireHistory(database, ...getHistoryNeeds(filter), recordOrders[order.sort].needs);
  const { isHeard: heardSql } = buildRecordSource({});
  const columns = sql`record.id, record.rating, record.added_uts, ${heardSql}`;
  const inOrder = sql`ORDER BY ${buildRecordOrderSql(order, filter)}`;
  const better = findBetterCopies(database);
  const copies = iterateTuples<[id: number, rating: number, addedUts: number | null, isHeard: number]>(
    database,
  )`${buildRecordsSql(database, filter, columns, inOrder)}`;
  return Array.from(copies, ([id, rating, addedUts, isHeard]) => {
    /** The copy that would stay. */
    const copyOf = better.get(id) ?? null;
    const holds = { copy: copyOf !== null, never: isHeard === 0, rating: rating === 1 || rating === 2 };
    const isNew = addedUts === null || addedUts > nowUts - yearSeconds;
    const reasons = cullReasons.filter((reason) => holds[reason]);
    const isEnough = !isNew || reasons.some((reason) => reason !== "never");
    return { recordId: id, copyOf, rating, reasons: isEnough ? reasons : [] };
  });
}

function buildCullDocument({ question, rows, total, byReason }: CullResult): CullDocument {
  return {
    data: mapLazily(rows, (row) => ({
      ...toJsonRow(row),
      why: row.reasons,
      copy_of: row.copyOf,
      media: row.media,
      sleeve: row.sleeve,
      label: row.label,
      catalog_number: row.catalogNumber,
    })),
    summary: { total, ...byReason },
    pagination: toJsonPagination(question.paging, total),
  };
}

export const cullQuery = createListQuery({
  noun: "record",
  subject: "records",
  parameters: {
    why: {
      ...choices("only records with this reason: an extra copy, never played, or rated 1 or 2", cullReasons),
      placeholder: "reason",
    },
    ...orderParameters(cullSorts, "reasons"),
  },
  schema: cullSchema,
  ask: queryCull,
  buildDocument: buildCullDocument,
});
