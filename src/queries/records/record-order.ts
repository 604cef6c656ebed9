// The orders of records. Each is total, so that all pages joined are the whole list.
import {
  costPerPlay,
  costPerSpin,
  lastPlayedOf,
  playsOf,
  spinsOf,
  type PlayScope,
} from "../figures/record-source.ts";
import type { HistoryFact } from "../figures/readiness.ts";

/** An SQL expression, its direction, and whether it may be NULL. */
type OrderingTerm = readonly [expression: string, direction: "ASC" | "DESC", nulls?: "last"];

interface Order {
  keys(this: void, scope: PlayScope): readonly OrderingTerm[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
  /** The SQL expression of the column, if only this order shows it. */
  readonly brings?: string;
}

const added: OrderingTerm = ["record.added_uts", "DESC", "last"];
const id: OrderingTerm = ["record.id", "ASC"];
const artist: OrderingTerm = ["sort_key(release.artist)", "ASC"];
const title: OrderingTerm = ["sort_key(release.title)", "ASC"];
const year: OrderingTerm = ["release.year", "ASC", "last"];

/** Amounts of different currencies are never compared, so each currency is a group of its own. */
const currency: OrderingTerm = [
  "iif(record.paid_cents IS NULL, NULL, coalesce(record.currency, '~'))",
  "ASC",
  "last",
];

const lastPlayed = (scope: PlayScope): OrderingTerm => [lastPlayedOf(scope), "DESC", "last"];
const plays = (scope: PlayScope): OrderingTerm => [playsOf(scope), "DESC"];
const mostPlayed = (scope: PlayScope): readonly OrderingTerm[] => [
  plays(scope),
  lastPlayed(scope),
  added,
  id,
];

/**
 * In the order of the help. A new order is a row here. plays and added follow the hosted API. Titles and names ascend,
 * years ascend, everything else descends.
 */
const table = {
  plays: { column: "play_count", keys: mostPlayed },
  added: { column: "added_at", keys: () => [added, id] },
  artist: { column: "artist", keys: () => [artist, year, title, id] },
  title: { column: "title", keys: () => [title, artist, year, id] },
  year: { column: "year", keys: () => [year, artist, title, id] },
  "original-year": {
    column: "original_year",
    keys: () => [["release.original_year", "ASC", "last"], artist, year, title, id],
  },
  rating: { column: "rating", keys: (scope) => [["record.rating", "DESC"], ...mostPlayed(scope)] },
  "last-played": {
    column: "last_played",
    keys: (scope) => [lastPlayed(scope), plays(scope), added, id],
    needs: "Last plays",
  },
  confidence: {
    column: "match_confidence",
    keys: (scope) => [["match.confidence", "DESC"], ...mostPlayed(scope)],
  },
  "artist-plays": {
    column: "artist_plays",
    keys: () => [["match.artist_plays", "DESC", "last"], artist, year, title, id],
    brings: "match.artist_plays",
  },
  spins: {
    column: "spins",
    keys: (scope) => [[spinsOf(scope), "DESC", "last"], ...mostPlayed(scope)],
    needs: "Spins",
  },
  paid: {
    column: "paid",
    keys: (scope) => [currency, ["record.paid_cents", "DESC", "last"], ...mostPlayed(scope)],
  },
  "cost-per-spin": {
    column: "cost_per_spin",
    keys: (scope) => [
      [`iif(${costPerSpin} IS NULL, NULL, ${currency[0]})`, "ASC", "last"],
      [costPerSpin, "DESC", "last"],
      ...mostPlayed(scope),
    ],
    needs: "Spins",
  },
  "cost-per-play": {
    column: "cost_per_play",
    keys: (scope) => [
      [`iif(${costPerPlay} IS NULL, NULL, ${currency[0]})`, "ASC", "last"],
      [costPerPlay, "DESC", "last"],
      ...mostPlayed(scope),
    ],
  },
} as const satisfies Readonly<Record<string, Order>>;

type Table = typeof table;
export type RecordSort = keyof Table;

export const recordOrders: Readonly<Record<RecordSort, Order>> = table;
export const recordSorts = Object.keys(table) as RecordSort[];

/** Orders without a column of their own. */
export type PlainSort = {
  [Sort in RecordSort]: Table[Sort] extends { brings: string } ? never : Sort;
}[RecordSort];
export const plainSorts = recordSorts.filter(
  (sort): sort is PlainSort => recordOrders[sort].brings === undefined,
);

/** For albums that were not played for a while. asleep: the longest pause first. */
export type SleeperSort = "asleep" | PlainSort;
export const sleeperSorts: readonly SleeperSort[] = ["asleep", ...plainSorts];

const asleep: Order = { column: "last_spin", keys: () => [["match.last_spin_uts", "ASC"], id] };

/** Unknown values come last in either direction. */
export interface RecordOrder<Sort = RecordSort> {
  readonly sort: Sort;
  readonly reverse?: boolean;
}

/** Uses the tables of recordSource(). */
export function orderBy(
  { sort, reverse = false }: RecordOrder<RecordSort | SleeperSort>,
  scope: PlayScope,
): string {
  const order = sort === "asleep" ? asleep : recordOrders[sort];
  return order
    .keys(scope)
    .map(([expression, direction, nulls]) => {
      const way = (direction === "ASC") !== reverse ? "ASC" : "DESC";
      return `${expression} ${way}${nulls === undefined ? "" : " NULLS LAST"}`;
    })
    .join(", ");
}
