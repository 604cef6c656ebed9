// The shelf divided by a dimension, with totals, and with the plays of each part per year, quarter or month.
import type {
  BreakdownDocument,
  ContractPeriod,
  OverTimeDocument,
} from "../documents/statistics-documents.ts";
import type { Database } from "../../store/file/database.ts";
import {
  breakDown,
  dimensions,
  orderedParts,
  playsByPeriod,
  type Part,
  type PartSort,
  type DimensionName,
  shelfTotals,
} from "../figures/breakdown.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import type { ListRequest } from "../records/record-order.ts";
import type { Span } from "../conditions/span.ts";
import { playedPeriods, type PeriodUnit } from "../figures/periods.ts";
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

export interface PartOverTime extends Part {
  /** One number per period. They add up to the part's plays. */
  readonly byPeriod: readonly number[];
}

export interface OverTimeQuestion extends BreakdownQuestion {
  readonly over: PeriodUnit;
}

export type OverTimeAnswer = ReturnType<typeof askOverTime>;

/** Plays without a date are in no period. Throws NotReadyError without a complete listening history. */
export function askOverTime(database: Database, question: OverTimeQuestion) {
  const { by, over, span, sort, reverse = false, paging } = question;
  requireHistory(database, "Plays within a span");
  const periods = playedPeriods(database, over, span);
  const plays = playsByPeriod(database, by, periods);
  const dated = span ?? { fromUts: null, toUts: null };
  const parts = orderedParts(
    breakDown(database, by, dated).map((part): PartOverTime => ({
      ...part,
      byPeriod: plays.ofParts.get(part.value) ?? periods.map(() => 0),
    })),
    { sort: sort ?? (dimensions[by].order === undefined ? "plays" : null), reverse },
  );
  return {
    question,
    periods,
    /** On the page. */
    rows: pageOf(parts, paging),
    /** On all pages. */
    total: parts.length,
    /** Each album counts once. */
    totals: plays.ofAll,
    /** True if the parts of some period add up to more than its total. */
    isCountedTwice: sum(parts.map((part) => sum(part.byPeriod))) > sum(plays.ofAll),
    syncedUts: syncedUts(database),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function overTimeDocument({
  question,
  periods,
  rows,
  total,
  totals,
  ...rest
}: OverTimeAnswer): OverTimeDocument {
  const contractPeriods = (plays: readonly number[]): ContractPeriod[] =>
    periods.map(({ name }, at) => ({ period: name, plays: plays[at] ?? 0 }));
  return {
    by: question.by,
    over: question.over,
    data: rows.map(({ byPeriod, ...part }) => ({ ...part, by_period: contractPeriods(byPeriod) })),
    totals: { plays: sum(totals), by_period: contractPeriods(totals) },
    during: contractSpan(question.span),
    synced_at: isoSeconds(rest.syncedUts),
    pagination: contractPagination(question.paging, total),
  };
}
