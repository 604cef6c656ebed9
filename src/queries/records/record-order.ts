// The orders of records. Each is total, so that all pages joined are the whole list.
import { rawSql, sql, type Sql } from "../../store/file/sql.ts";
import type { Paging } from "../documents/paging.ts";
import {
  costPerPlaySql,
  costPerSpinSql,
  buildRecordSource,
  type PlayScope,
} from "../statistics/play-counts.ts";
import {
  addedAt,
  buildOrderSql,
  getMostPlayedTerms,
  getPlaysTerm,
  lastPlayed,
  recordId,
  type OrderingTerm,
} from "../statistics/record-terms.ts";
import type { HistoryFact } from "../statistics/readiness.ts";

interface Order {
  keys(this: void, scope: PlayScope): readonly OrderingTerm[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const ascending = (expression: string): OrderingTerm => [rawSql(expression), "ASC"];
const descending = (expression: string): OrderingTerm => [rawSql(expression), "DESC"];

const artist = ascending("sort_key(release.artist)");
const title = ascending("sort_key(release.title)");
const year = ascending("release.year");

/** Amounts of different currencies are never compared, so each currency is a group of its own. */
const getCurrencyTerms = (amount: Sql): readonly OrderingTerm[] => [
  [sql`iif(${amount} IS NULL, NULL, coalesce(record.currency, '~'))`, "ASC"],
  [amount, "DESC"],
];

/**
 * The orders, as the help lists them. A new order is a row here. plays and added follow the hosted API. Titles, names
 * and years ascend, everything else descends.
 */
const table = {
  plays: { column: "play_count", keys: getMostPlayedTerms },
  added: { column: "added_at", keys: () => [addedAt, recordId] },
  artist: { column: "artist", keys: () => [artist, year, title, recordId] },
  title: { column: "title", keys: () => [title, artist, year, recordId] },
  year: { column: "year", keys: () => [year, artist, title, recordId] },
  "original-year": {
    column: "original_year",
    keys: () => [ascending("release.original_year"), artist, year, title, recordId],
  },
  rating: { column: "rating", keys: (scope) => [descending("record.rating"), ...getMostPlayedTerms(scope)] },
  "last-played": {
    column: "last_played",
    keys: (scope) => [lastPlayed, getPlaysTerm(scope), addedAt, recordId],
    needs: "Last plays",
  },
  confidence: {
    column: "match_confidence",
    keys: (scope) => [descending("match.confidence"), ...getMostPlayedTerms(scope)],
  },
  "artist-plays": {
    column: "artist_plays",
    keys: () => [descending("match.artist_plays"), artist, year, title, recordId],
  },
  spins: {
    column: "spins",
    keys: (scope) => [[buildRecordSource(scope).spins, "DESC"], ...getMostPlayedTerms(scope)],
    needs: "Spins",
  },
  paid: {
    column: "paid",
    keys: (scope) => [...getCurrencyTerms(rawSql("record.paid_cents")), ...getMostPlayedTerms(scope)],
  },
  "cost-per-spin": {
    column: "cost_per_spin",
    keys: (scope) => [...getCurrencyTerms(costPerSpinSql), ...getMostPlayedTerms(scope)],
    needs: "Spins",
  },
  "cost-per-play": {
    column: "cost_per_play",
    keys: (scope) => [...getCurrencyTerms(costPerPlaySql), ...getMostPlayedTerms(scope)],
  },
} as const satisfies Readonly<Record<string, Order>>;

export type RecordSort = keyof typeof table;

export const recordOrders: Readonly<Record<RecordSort, Order>> = table;
export const recordSorts = Object.keys(table) as RecordSort[];

/** The orders of every list of records. Only rewind xref has the column of the other one. */
export type PlainSort = Exclude<RecordSort, "artist-plays">;
export const plainSorts = recordSorts.filter((sort) => sort !== "artist-plays");

/** The order and the page of a list. Unknown values come last in either direction. */
export interface ListRequest<Sort> {
  readonly sort: Sort;
  readonly reverse?: boolean | undefined;
  /** null: everything. */
  readonly paging: Paging | null;
}

/** Uses the tables of buildRecordSource(). */
export function buildRecordOrderSql(
  { sort, reverse }: Omit<ListRequest<RecordSort>, "paging">,
  scope: PlayScope,
): Sql {
  return buildOrderSql(recordOrders[sort].keys(scope), reverse);
}
