// The orders of records. Each is total, so that all pages joined are the whole list.
import { joinSql, plain, sql, type Sql } from "../../store/file/sql.ts";
import type { Paging } from "../documents/paging.ts";
import { costPerPlay, costPerSpin, recordSource, type PlayScope } from "../figures/play-counts.ts";
import type { HistoryFact } from "../figures/readiness.ts";

export type OrderingTerm = readonly [expression: Sql, direction: "ASC" | "DESC"];

interface Order {
  keys(this: void, scope: PlayScope): readonly OrderingTerm[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
  /** The part of the listening history that the order needs. */
  readonly needs?: HistoryFact;
}

const up = (expression: string): OrderingTerm => [plain(expression), "ASC"];
const down = (expression: string): OrderingTerm => [plain(expression), "DESC"];

const addedAt = down("record.added_uts");
const id = up("record.id");
const artist = up("sort_key(release.artist)");
const title = up("sort_key(release.title)");
const year = up("release.year");

/** Amounts of different currencies are never compared, so each currency is a group of its own. */
const byCurrency = (amount: Sql): readonly OrderingTerm[] => [
  [sql`iif(${amount} IS NULL, NULL, coalesce(record.currency, '~'))`, "ASC"],
  [amount, "DESC"],
];

/** Of all time: with a span, too, last-played is the last play ever. */
const lastPlayed = down("match.last_played_uts");
const plays = (scope: PlayScope): OrderingTerm => [recordSource(scope).plays, "DESC"];
const mostPlayed = (scope: PlayScope): readonly OrderingTerm[] => [plays(scope), lastPlayed, addedAt, id];

/**
 * In the order of the help. A new order is a row here. plays and added follow the hosted API. Titles and names ascend,
 * years ascend, everything else descends.
 */
const table = {
  plays: { column: "play_count", keys: mostPlayed },
  added: { column: "added_at", keys: () => [addedAt, id] },
  artist: { column: "artist", keys: () => [artist, year, title, id] },
  title: { column: "title", keys: () => [title, artist, year, id] },
  year: { column: "year", keys: () => [year, artist, title, id] },
  "original-year": {
    column: "original_year",
    keys: () => [up("release.original_year"), artist, year, title, id],
  },
  rating: { column: "rating", keys: (scope) => [down("record.rating"), ...mostPlayed(scope)] },
  "last-played": {
    column: "last_played",
    keys: (scope) => [lastPlayed, plays(scope), addedAt, id],
    needs: "Last plays",
  },
  confidence: {
    column: "match_confidence",
    keys: (scope) => [down("match.confidence"), ...mostPlayed(scope)],
  },
  "artist-plays": {
    column: "artist_plays",
    keys: () => [down("match.artist_plays"), artist, year, title, id],
  },
  spins: {
    column: "spins",
    keys: (scope) => [[recordSource(scope).spins, "DESC"], ...mostPlayed(scope)],
    needs: "Spins",
  },
  paid: {
    column: "paid",
    keys: (scope) => [...byCurrency(plain("record.paid_cents")), ...mostPlayed(scope)],
  },
  "cost-per-spin": {
    column: "cost_per_spin",
    keys: (scope) => [...byCurrency(costPerSpin), ...mostPlayed(scope)],
    needs: "Spins",
  },
  "cost-per-play": {
    column: "cost_per_play",
    keys: (scope) => [...byCurrency(costPerPlay), ...mostPlayed(scope)],
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

/** Uses the tables of recordSource(). */
export function orderBy({ sort, reverse }: Omit<ListRequest<RecordSort>, "paging">, scope: PlayScope): Sql {
  return orderingSql(recordOrders[sort].keys(scope), reverse);
}

/** NULL comes last in either direction. */
export function orderingSql(terms: readonly OrderingTerm[], reverse = false): Sql {
  return joinSql(
    terms.map(([expression, direction]) => {
      const way = plain((direction === "ASC") !== reverse ? "ASC" : "DESC");
      return sql`${expression} ${way} NULLS LAST`;
    }),
    ", ",
  );
}
