// The product's question: which of my records do I play, how often, when last, and which never.
import type { Database } from "../store/database.ts";
import {
  contractPagination,
  contractRow,
  contractSummary,
  paginationKeys,
  rowKeys,
  type ContractPagination,
  type ContractRow,
  type ContractSummary,
} from "./contract.ts";
import {
  countByKind,
  countFiltered,
  listBriefs,
  listRecords,
  summarize,
  type RecordBrief,
  type RecordQuery,
  type RecordRow,
  type Summary,
} from "./cross-reference.ts";
import type { Keys } from "./document.ts";
import { needsOf } from "./filters/record-filter.ts";
import { readPublications } from "../store/listings.ts";
import { historyState, requireHistory, syncedUts, type HistoryState } from "./readiness.ts";
import { recordOrders } from "./record-order.ts";

export type XrefQuestion = RecordQuery;

/** Its lists are read when they are gone through, its counts when they are asked for: no door needs all of them. */
export interface XrefAnswer {
  readonly question: XrefQuestion;
  readonly history: HistoryState;
  /** Unix seconds: how old the answer is. */
  readonly syncedUts: number;
  /** In full; spins are null while the history is not there. */
  readonly records: Iterable<RecordRow>;
  /** The same records in brief. */
  readonly briefs: Iterable<XrefBrief>;
  /** Records that the filter leaves. */
  readonly total: number;
  readonly summary: Summary;
  /** Of the albums alone. */
  readonly albumSummary: Summary;
  /** How many records of each kind the filter would leave if it were not for the kind. */
  readonly recordsByKind: ReadonlyMap<string, number>;
}

interface XrefBrief extends RecordBrief {
  /** Plays of near misses; only on a page in the order of the artist's plays. */
  readonly closePlays?: number;
}

/** Throws NotReadyError for what only a complete listening history can answer. */
export async function ask(database: Database, question: XrefQuestion): Promise<XrefAnswer> {
  const published = readPublications(database);
  const { filter, order } = question;
  const { needs, brings } = recordOrders[order.sort];
  requireHistory(database, published, ...needsOf(filter), needs);
  await brings?.prepare(database);
  const history = historyState(published);
  const span = filter.during === undefined ? {} : { during: filter.during };
  const total = once(() => countFiltered(database, filter));
  const withClosePlays = await closePlaysAdder(database, question);
  return {
    question,
    history,
    syncedUts: syncedUts(published),
    records: repeatable(function* records() {
      for (const row of listRecords(database, question)) {
        yield history === "complete" ? row : { ...row, spins: null };
      }
    }),
    briefs: repeatable(() => withClosePlays(listBriefs(database, question))),
    get total() {
      return total();
    },
    get summary() {
      return summarize(database, span);
    },
    get albumSummary() {
      return summarize(database, { ...span, onlyKind: "album" });
    },
    get recordsByKind() {
      const { kind: _kind, notKind: _notKind, ...others } = filter;
      return new Map(countByKind(database, others).map(({ kind, records }) => [kind, records] as const));
    },
  };
}

/** Near misses take the whole matcher, so they are looked up for a page of records only. */
async function closePlaysAdder(
  database: Database,
  { order, paging }: XrefQuestion,
): Promise<(rows: Iterable<RecordBrief>) => Iterable<XrefBrief>> {
  if (order.sort !== "artist-plays" || paging === null) return (rows) => rows;
  const { closePlaysCounter } = await import("./artist-plays.ts");
  const closePlays = closePlaysCounter(database);
  return (rows) =>
    [...rows].map((row) => ({
      ...row,
      closePlays: row.decidedBy === "user" ? 0 : closePlays(row.releaseId),
    }));
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function repeatable<Row>(read: () => Iterable<Row>): Iterable<Row> {
  return { [Symbol.iterator]: () => read()[Symbol.iterator]() };
}

interface XrefDocument {
  /** Made row by row. */
  readonly data: Iterable<ContractRow>;
  readonly summary: ContractSummary;
  readonly pagination: ContractPagination;
}

export const keys: Keys<XrefDocument> = {
  data: {
    meaning: "the records of the page",
    each: {
      collection: { ...rowKeys.collection, isBrief: false },
      listening: { ...rowKeys.listening, isBrief: false },
    },
  },
  summary: {
    meaning: "of the whole collection, whatever the filter and page",
    keys: {
      total_matches: "records whose album, or at least artist, is known to Last.fm",
      listen_rate: "share of the records with a play, to four decimals",
      unlistened_count: "records without one",
    },
  },
  pagination: { ...paginationKeys, isBrief: false },
};

export function document({ question, records, summary, total }: XrefAnswer): XrefDocument {
  return {
    data: repeatable(function* rows() {
      for (const record of records) yield contractRow(record);
    }),
    summary: contractSummary(summary),
    pagination: contractPagination(question.paging, total),
  };
}
