// Albums with many spins, none of them recent.
import type { Database } from "../../store/file/database.ts";
import { rawSql } from "../../store/file/sql.ts";
import { parsePeriod, suggestAge } from "../conditions/period.ts";
import { dustySchema, type DustyDocument } from "../documents/album-documents.ts";
import { toJsonPagination, selectPage } from "../documents/paging.ts";
import { groupIntoLists } from "../../model/grouping.ts";
import { requireHistory } from "../statistics/readiness.ts";
import { buildOrderSql, getMostPlayedTerms, type OrderingTerm } from "../statistics/record-terms.ts";
import { explainEmptyList, type RecordFilter } from "../filters/record-filter.ts";
import { toJsonRow, toIsoOrNull } from "../records/json-rows.ts";
import { readCollectionCopies, toCopyLine } from "../records/copies.ts";
import { joinRecords } from "../records/read-records.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { InvalidValueError, orderParameters, type Parameter } from "../parameters/parameter.ts";
import {
  buildRecordOrderSql,
  plainSorts,
  type ListRequest,
  type PlainSort,
} from "../records/record-order.ts";

export type DustySort = "asleep" | PlainSort;
/** asleep: the longest pause first. */
const dustySorts: readonly DustySort[] = ["asleep", ...plainSorts];

const idlePattern = /^\d{1,4}(d|w|mo|y)$/;
export const defaultIdle = "12mo";

export interface DustyParameters extends ListRequest<DustySort> {
  /** Default: albums with at least 5 spins. */
  readonly filter: RecordFilter;
  /** An album spun within this time is left out. */
  readonly idle: string;
  readonly nowUts: number;
}

/** An album without a spin since this second is asleep. */
function computeIdleSinceUts({ idle, nowUts }: DustyParameters): number {
  return parsePeriod("--idle", idle, nowUts).fromUts ?? nowUts;
}

/** The order is total. */
function findDustyAlbums(database: Database, question: DustyParameters) {
  const { filter, sort, reverse } = question;
  const idleFromUts = computeIdleSinceUts(question);
  const copies = readCollectionCopies<{ spins: number; lastSpinUts: number }>(database, filter, {
    only: rawSql("match.spins > 0"),
    order:
      sort === "asleep" ? buildOrderSql(pauseOrder, reverse) : buildRecordOrderSql({ sort, reverse }, filter),
    columns: rawSql("match.spins AS spins, match.last_spin_uts AS lastSpinUts"),
  });
  return (
    groupIntoLists(copies, ({ key }) => key)
      // A logged play belongs to one pressing, but counts for all copies of the album.
      .filter((album) => album.every(({ lastSpinUts }) => lastSpinUts < idleFromUts))
      .map((album) => ({
        ...toCopyLine(album),
        spins: album[0].spins,
        lastSpinUts: album[0].lastSpinUts,
      }))
  );
}

const pauseOrder: readonly OrderingTerm[] = [
  [rawSql("match.last_spin_uts"), "ASC"],
  ...getMostPlayedTerms({}),
];

export type DustyResult = ReturnType<typeof queryDusty>;
export type DustyRow = DustyResult["rows"][number];

function withSpins(filter: RecordFilter): RecordFilter & Required<Pick<RecordFilter, "spins">> {
  return { spins: [{ min: 5, max: null }], ...filter };
}

/** Throws NotReadyError without a complete listening history. */
export function queryDusty(database: Database, { filter: asked, ...rest }: DustyParameters) {
  requireHistory(database, "Spins");
  const question = { ...rest, filter: withSpins(asked) };
  const sleepers = findDustyAlbums(database, question);
  return {
    question,
    idleFromUts: computeIdleSinceUts(question),
    /** The total of all pages. */
    total: sleepers.length,
    rows: [...joinRecords(database, selectPage(sleepers, question.paging))],
    emptied: () =>
      explainEmptyList(
        asked,
        (filter) => findDustyAlbums(database, { ...question, filter: withSpins(filter) }).length,
      ),
  };
}

function buildDustyDocument({ question, rows, total }: DustyResult): DustyDocument {
  return {
    data: rows.map((row) => ({
      ...toJsonRow(row),
      copies: row.copies,
      spins: row.spins,
      last_spin: toIsoOrNull(row.lastSpinUts),
    })),
    summary: { total },
    pagination: toJsonPagination(question.paging, total),
  };
}

const idle: Parameter<string> = {
  meaning: "no spin for at least this long",
  placeholder: "duration",
  schema: { type: "string", pattern: idlePattern.source, default: defaultIdle, examples: ["90d", "2y"] },
  read(name, [text = defaultIdle]) {
    if (idlePattern.test(text)) return text;
    throw new InvalidValueError(
      name,
      "a time like 90d, 12mo or 2y",
      suggestAge(name, text) ?? `Try: ${name} 12mo`,
    );
  },
};

export const dustyQuery = createListQuery({
  noun: "album",
  subject: "records",
  parameters: { idle, ...orderParameters(dustySorts, "asleep") },
  schema: dustySchema,
  ask: queryDusty,
  buildDocument: buildDustyDocument,
});
