// The shelf divided by a dimension, with the plays of each part per year, quarter or month.
import type { ContractPeriod, OverTimeDocument } from "../documents/statistics-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { breakDown, orderedParts, playsByPeriod, type Part, dimensions } from "../figures/breakdown.ts";
import { contractSpan, isoSeconds } from "../records/contract.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { playedPeriods, type PeriodUnit } from "../figures/periods.ts";
import { requireHistory, syncedUts } from "../figures/readiness.ts";
import type { BreakdownQuestion } from "./stats-by.ts";

export interface PartOverTime extends Part {
  /** One number per period. They add up to the part's plays. */
  readonly byPeriod: readonly number[];
}

export interface OverTimeQuestion extends BreakdownQuestion {
  readonly over: PeriodUnit;
}

export type OverTimeAnswer = ReturnType<typeof ask>;

/** Plays without a date are in no period. Throws NotReadyError without a complete listening history. */
export function ask(database: Database, question: OverTimeQuestion) {
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

export function document({
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
