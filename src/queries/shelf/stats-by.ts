// The shelf divided by a dimension, with totals, and with the plays of each part per year, quarter or month.
import type {
  StatsByDocument,
  JsonPeriodPlays,
  OverTimeDocument,
} from "../documents/statistics-documents.ts";
import type { Database } from "../../store/file/database.ts";
import {
  readParts,
  dimensions,
  sortParts,
  readPlaysByPeriod,
  type Part,
  type PartSort,
  type DimensionName,
  readCollectionTotals,
} from "../statistics/stats-by-dimension.ts";
import { toJsonPagination, selectPage } from "../documents/paging.ts";
import { toJsonPeriod, toIsoOrNull } from "../records/json-rows.ts";
import type { ListRequest } from "../records/record-order.ts";
import type { Period } from "../conditions/period.ts";
import { readPeriodSeries, type PeriodUnit } from "../statistics/calendar-periods.ts";
import { countPlaysByOwnership } from "../statistics/play-counts.ts";
import { readHistoryState, requireHistory, readSyncedUts } from "../statistics/readiness.ts";
import { toJsonSpending, readSpendingByPart, readTotalSpending } from "../statistics/money.ts";

/** Sort null: the dimension's own order. */
export interface StatsByParameters extends ListRequest<PartSort | null> {
  readonly by: DimensionName;
  /** null: all time. */
  readonly period: Period | null;
}

export type StatsByResult = ReturnType<typeof queryStatsBy>;
export type PricedPart = StatsByResult["rows"][number];

/** Throws NotReadyError for a span without a complete listening history. */
export function queryStatsBy(database: Database, question: StatsByParameters) {
  const { by, period: span, sort, reverse = false, paging } = question;
  if (span !== null) requireHistory(database, "Plays within a span");
  const parts = sortParts(readParts(database, by, span), { sort, reverse });
  const { records, scrobbled } = readCollectionTotals(database, span);
  const spent = readSpendingByPart(database, by);
  const { owned: ownedPlays } = countPlaysByOwnership(database, span);
  return {
    question,
    /** The parts on the page, each with what its records cost, whenever they were played. */
    rows: selectPage(parts, paging).map((part) => ({ ...part, paid: spent.get(part.value) ?? [] })),
    /** The total of all pages. */
    total: parts.length,
    /** The sums of all pages. A record in two parts counts twice. */
    sums: {
      records: parts.reduce((sum, part) => sum + part.records, 0),
      plays: parts.reduce((sum, part) => sum + part.plays, 0),
    },
    /** Each record and album counts once. */
    totals: { records, scrobbled, plays: ownedPlays, paid: readTotalSpending(database) },
    syncedUts: readSyncedUts(database),
    history: readHistoryState(database),
  };
}

export function buildStatsByDocument({
  question,
  rows,
  total,
  totals,
  ...state
}: StatsByResult): StatsByDocument {
  return {
    by: question.by,
    data: rows.map((part) => ({ ...part, paid: toJsonSpending(part.paid) })),
    totals: { ...totals, paid: toJsonSpending(totals.paid) },
    during: toJsonPeriod(question.period),
    synced_at: toIsoOrNull(state.syncedUts),
    history: state.history,
    pagination: toJsonPagination(question.paging, total),
  };
}

export interface PartOverTime extends Part {
  /** One number per period. They add up to the part's plays. */
  readonly byPeriod: readonly number[];
}

export interface OverTimeParameters extends StatsByParameters {
  readonly over: PeriodUnit;
}

export type OverTimeResult = ReturnType<typeof queryPartsOverTime>;

/** Plays without a date are in no period. Throws NotReadyError without a complete listening history. */
export function queryPartsOverTime(database: Database, question: OverTimeParameters) {
  const { by, over, period: span, sort, reverse = false, paging } = question;
  requireHistory(database, "Plays within a span");
  const periods = readPeriodSeries(database, over, span);
  const plays = readPlaysByPeriod(database, by, periods);
  const dated = span ?? { fromUts: null, toUts: null };
  const sums = new Map(Array.from(plays.ofParts, ([value, byPeriod]) => [value, sum(byPeriod)]));
  const parts = sortParts(
    readParts(database, by, dated, sums).map((part): PartOverTime => ({
      ...part,
      byPeriod: plays.ofParts.get(part.value) ?? periods.map(() => 0),
    })),
    { sort: sort ?? (dimensions[by].order === undefined ? "plays" : null), reverse },
  );
  return {
    question,
    periods,
    /** The rows on the page. */
    rows: selectPage(parts, paging),
    /** The total of all pages. */
    total: parts.length,
    /** Each album counts once. */
    totals: plays.ofAll,
    /** True if the parts of some period add up to more than its total. */
    isCountedTwice: sum(parts.map((part) => sum(part.byPeriod))) > sum(plays.ofAll),
    syncedUts: readSyncedUts(database),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

export function buildOverTimeDocument({
  question,
  periods,
  rows,
  total,
  totals,
  ...rest
}: OverTimeResult): OverTimeDocument {
  const toJsonPeriods = (plays: readonly number[]): JsonPeriodPlays[] =>
    periods.map(({ name }, at) => ({ period: name, plays: plays[at] ?? 0 }));
  return {
    by: question.by,
    over: question.over,
    data: rows.map(({ byPeriod, ...part }) => ({ ...part, by_period: toJsonPeriods(byPeriod) })),
    totals: { plays: sum(totals), by_period: toJsonPeriods(totals) },
    during: toJsonPeriod(question.period),
    synced_at: toIsoOrNull(rest.syncedUts),
    pagination: toJsonPagination(question.paging, total),
  };
}
