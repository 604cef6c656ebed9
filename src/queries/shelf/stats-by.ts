// The shelf divided by a dimension, with totals.
import type { BreakdownDocument } from "../documents/statistics-documents.ts";
import type { Database } from "../../store/file/database.ts";
import {
  breakDown,
  orderedParts,
  type Part,
  type PartSort,
  type DimensionName,
} from "../figures/breakdown.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import type { ListRequest } from "../records/record-order.ts";
import type { Span } from "../conditions/span.ts";
import { playDestinations } from "../figures/play-counts.ts";
import { historyState, requireHistory, syncedUts, type HistoryState } from "../figures/readiness.ts";
import { contractSpent, spentByPart, spentInAll, type Spent } from "../figures/money.ts";
import { shelfTotals } from "../figures/shelf-counts.ts";

/** Sort null: the dimension's own order. */
export interface BreakdownQuestion extends ListRequest<PartSort | null> {
  readonly by: DimensionName;
  /** null: all time. */
  readonly span: Span | null;
}

/** A part, and what its records cost, whenever they were played. */
export interface PricedPart extends Part {
  readonly paid: readonly Spent[];
}

interface Counts {
  readonly records: number;
  readonly plays: number;
}

export interface BreakdownAnswer {
  readonly question: BreakdownQuestion;
  /** On the page. */
  readonly parts: readonly PricedPart[];
  /** On all pages. */
  readonly total: number;
  /** Over all pages. A record in two parts counts twice. */
  readonly sums: Counts;
  /** Each record and album counts once. */
  readonly totals: Counts & { readonly scrobbled: number; readonly paid: readonly Spent[] };
  readonly syncedUts: number;
  readonly history: HistoryState;
}

/** Throws NotReadyError for a span without a complete listening history. */
export function ask(database: Database, question: BreakdownQuestion): BreakdownAnswer {
  const { by, span, sort, reverse, paging } = question;
  if (span !== null) requireHistory(database, "Plays within a span");
  const parts = orderedParts(breakDown(database, by, span), { sort, reverse });
  const { records, scrobbled } = shelfTotals(database, span);
  const spent = spentByPart(database, by);
  const { owned: ownedPlays } = playDestinations(database, { span, history: "complete" });
  return {
    question,
    parts: pageOf(parts, paging).map((part) => ({ ...part, paid: spent.get(part.value) ?? [] })),
    total: parts.length,
    sums: {
      records: parts.reduce((sum, part) => sum + part.records, 0),
      plays: parts.reduce((sum, part) => sum + part.plays, 0),
    },
    totals: { records, scrobbled, plays: ownedPlays, paid: spentInAll(database) },
    syncedUts: syncedUts(database),
    history: historyState(database),
  };
}

/** A part, with the value under the dimension's name. */
export type ContractPart<Name extends string> = Readonly<Record<Name, string | null>> & {
  readonly records: number;
  readonly scrobbled: number;
  readonly plays: number;
};

export function contractParts<Name extends string>(name: Name, parts: readonly Part[]): ContractPart<Name>[] {
  return parts.map(
    ({ value, records, scrobbled, plays }) =>
      ({ [name]: value, records, scrobbled, plays }) as unknown as ContractPart<Name>,
  );
}

export function document({ question, parts, total, totals, ...state }: BreakdownAnswer): BreakdownDocument {
  return {
    by: question.by,
    data: contractParts("value", parts).map((part, at) => ({
      ...part,
      paid: contractSpent(parts[at]?.paid ?? []),
    })),
    totals: { ...totals, paid: contractSpent(totals.paid) },
    during: contractSpan(question.span),
    synced_at: isoSeconds(state.syncedUts),
    history: state.history,
    pagination: contractPagination(question.paging, total),
  };
}
