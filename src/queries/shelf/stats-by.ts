// The shelf divided by a dimension, with totals.
import type { BreakdownDocument } from "../documents/statistics-documents.ts";
import type { Database } from "../../store/file/database.ts";
import {
  breakDown,
  orderedParts,
  type PartSort,
  type DimensionName,
  shelfTotals,
} from "../figures/breakdown.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import type { ListRequest } from "../records/record-order.ts";
import type { Span } from "../conditions/span.ts";
import { playDestinations } from "../figures/play-counts.ts";
import { historyState, requireHistory, syncedUts } from "../figures/readiness.ts";
import { contractSpent, spentByPart, spentInAll } from "../figures/money.ts";

/** Sort null: the dimension's own order. */
export interface BreakdownQuestion extends ListRequest<PartSort | null> {
  readonly by: DimensionName;
  /** null: all time. */
  readonly span: Span | null;
}

export type BreakdownAnswer = ReturnType<typeof ask>;
export type PricedPart = BreakdownAnswer["rows"][number];

/** Throws NotReadyError for a span without a complete listening history. */
export function ask(database: Database, question: BreakdownQuestion) {
  const { by, span, sort, reverse = false, paging } = question;
  if (span !== null) requireHistory(database, "Plays within a span");
  const parts = orderedParts(breakDown(database, by, span), { sort, reverse });
  const { records, scrobbled } = shelfTotals(database, span);
  const spent = spentByPart(database, by);
  const { owned: ownedPlays } = playDestinations(database, span);
  return {
    question,
    /** On the page, each with what its records cost, whenever they were played. */
    rows: pageOf(parts, paging).map((part) => ({ ...part, paid: spent.get(part.value) ?? [] })),
    /** On all pages. */
    total: parts.length,
    /** Over all pages. A record in two parts counts twice. */
    sums: {
      records: parts.reduce((sum, part) => sum + part.records, 0),
      plays: parts.reduce((sum, part) => sum + part.plays, 0),
    },
    /** Each record and album counts once. */
    totals: { records, scrobbled, plays: ownedPlays, paid: spentInAll(database) },
    syncedUts: syncedUts(database),
    history: historyState(database),
  };
}

export function document({ question, rows, total, totals, ...state }: BreakdownAnswer): BreakdownDocument {
  return {
    by: question.by,
    data: rows.map((part) => ({ ...part, paid: contractSpent(part.paid) })),
    totals: { ...totals, paid: contractSpent(totals.paid) },
    during: contractSpan(question.span),
    synced_at: isoSeconds(state.syncedUts),
    history: state.history,
    pagination: contractPagination(question.paging, total),
  };
}
