// The records that I play, how often, when last, and those that I never play.
import { readTotalSpending } from "../statistics/money.ts";
import { rawSql, queryTuples, queryValue } from "../../store/file/sql.ts";
import { mapLazily, toJsonPagination, selectPage } from "../documents/paging.ts";
import { crossReferenceSchema, type XrefDocument } from "../documents/record-documents.ts";
import { readCollectionTotals } from "../statistics/stats-by-dimension.ts";
import { readHistoryState, readPlaySources, requireHistory } from "../statistics/readiness.ts";
import {
  countFilteredRecords,
  explainEmptyList,
  buildRecordsSql,
  getHistoryNeeds,
} from "../filters/record-filter.ts";
import { toJsonRow, toJsonSummary } from "./json-rows.ts";
import { limitPerArtist, readCopyLines, type CopyLine } from "./copies.ts";
import {
  listBriefs,
  listRecords,
  type RecordBrief,
  type RecordIds,
  type RecordQuery,
} from "./read-records.ts";
import { recordOrders, recordSorts, type RecordSort } from "./record-order.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { orderParameters } from "../parameters/parameter.ts";
import type { Database } from "../../store/file/database.ts";

export interface XrefParameters extends RecordQuery {
  /** Copies of one album share a line, and pages count lines. */
  readonly isCollapsed?: boolean;
}

export type XrefResult = ReturnType<typeof queryXref>;

interface XrefLine extends Partial<Pick<CopyLine, "copies" | "formOfCopies">> {
  /** Plays of near misses; only on a page ordered by the artist's plays. */
  readonly closePlays?: number;
}

export type XrefBrief = RecordBrief & XrefLine;

const priceSorts: readonly RecordSort[] = ["paid", "cost-per-spin", "cost-per-play"];

/** Lists are read lazily, and counts of the whole shelf on demand. Throws NotReadyError if the question needs a complete listening history. */
export function queryXref(database: Database, question: XrefParameters) {
  const { filter, sort, paging } = question;
  const { needs } = recordOrders[sort];
  requireHistory(database, ...getHistoryNeeds(filter), needs);
  const history = readHistoryState(database);
  const { during: span = null } = filter;
  const allLines = readLimitedLines(database, question);
  const total = countListedRecords(database, question, allLines);
  const hasClosePlays = sort === "artist-plays" && paging !== null;
  const iterateRows = <Row extends RecordBrief>(list: (query: RecordQuery | RecordIds) => Iterable<Row>) => ({
    *[Symbol.iterator](): Generator<Row & XrefLine> {
      const lines = allLines && selectPage(allLines.lines, paging);
      let at = 0;
      const query =
        lines === undefined ? question : { filter, sort, ids: lines.map(({ recordId }) => recordId) };
      for (const row of list(query)) {
        const closePlays = hasClosePlays ? { closePlays: countNearMissPlays(database, row.id) } : {};
        const spins = history === "complete" ? row.spins : null;
        yield Object.assign(row, { spins }, lines?.[at], closePlays);
        at += 1;
      }
    },
  });
  return {
    question,
    ...readPlaySources(database),
    /** Full rows. Spins are null without the listening history. */
    rows: iterateRows((query) => listRecords(database, query)),
    /** The same records with fewer columns. */
    briefs: iterateRows((query) => listBriefs(database, query)),
    /** The number of lines on all pages. Copies may share a line. */
    lineTotal: allLines?.lines.length ?? total,
    /** Lines beyond the limit of records by one artist. */
    leftOut: allLines?.leftOut ?? [],
    /** Records that pass the filter, without those of `leftOut`. */
    total,
    /** The figures of the whole collection, whatever the filter and page. */
    get totals() {
      return readCollectionTotals(database, span);
    },
    /** The figures of albums only, without singles, compilations and boxes. */
    get albumTotals() {
      return readCollectionTotals(database, span, "album");
    },
    /** The value that the order goes by and that no record of the collection has; null: some have it. */
    get missingSortValue() {
      if (priceSorts.includes(sort) && readTotalSpending(database).length === 0) return "price";
      return sort === "original-year" && !hasOriginalYears(database) ? "original year" : null;
    },
    /** The number of records of each kind that pass the other filters, the largest first. */
    get recordsByKind(): ReadonlyMap<string, number> {
      const { kind: _kind, notKind: _notKind, ...others } = filter;
      const kindCounts = buildRecordsSql(
        database,
        others,
        rawSql("release.kind, count(*)"),
        rawSql("GROUP BY release.kind ORDER BY 2 DESC, 1"),
      );
      return new Map(queryTuples<[kind: string, records: number]>(database)`${kindCounts}`);
    },
    emptied: () =>
      explainEmptyList(filter, (each) => {
        const subset = { ...question, filter: each };
        return countListedRecords(database, subset, readLimitedLines(database, subset));
      }),
  };
}

type Lines = ReturnType<typeof limitPerArtist>;

/** Returns undefined if every record has a line of its own. */
function readLimitedLines(database: Database, question: XrefParameters): Lines | undefined {
  const { filter, isCollapsed = false } = question;
  const { perArtist = "all" } = filter;
  if (perArtist === "all" && !isCollapsed) return undefined;
  const lines = readCopyLines(database, { ...question, isCollapsed });
  return perArtist === "all" ? { lines, leftOut: [] } : limitPerArtist(database, lines, perArtist);
}

function countListedRecords(
  database: Database,
  { filter }: XrefParameters,
  lines: Lines | undefined,
): number {
  return lines === undefined ? countFilteredRecords(database, filter) : countRecordsOnLines(lines.lines);
}

/** The number of records that share the lines. */
export function countRecordsOnLines(lines: readonly { readonly copies?: number }[]): number {
  return lines.reduce((sum, { copies = 1 }) => sum + copies, 0);
}

/** The plays of near misses of a record. Without a known artist there are none. */
function countNearMissPlays(database: Database, recordId: number): number {
  return queryValue(database, 0)`SELECT coalesce(sum(album.play_count), 0)
    FROM match JOIN record ON record.id = match.record_id
      JOIN similar_album ON similar_album.release_id = record.release_id
      JOIN album ON album.id = similar_album.album_id
    WHERE match.record_id = ${recordId} AND match.decided_by = 'matcher'
      AND (match.type <> 'none' OR match.rule = 'tie')
      AND NOT EXISTS (SELECT 1 FROM album_match WHERE album_match.album_id = album.id)`;
}

function buildXrefDocument({ question, rows, totals, total }: XrefResult): XrefDocument {
  return {
    data: mapLazily(rows, toJsonRow),
    summary: toJsonSummary(totals),
    pagination: toJsonPagination(question.paging, total),
  };
}

export const crossReferenceQuery = createListQuery({
  noun: "record",
  subject: "cross-reference",
  hasPeriod: true,
  parameters: orderParameters(recordSorts, "plays"),
  schema: crossReferenceSchema,
  ask: queryXref,
  buildDocument: buildXrefDocument,
});

function hasOriginalYears(database: Database): boolean {
  return (
    queryValue(database, 0)`SELECT EXISTS (SELECT 1 FROM record
      JOIN release ON release.id = record.release_id WHERE original_year IS NOT NULL)` === 1
  );
}
