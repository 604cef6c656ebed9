// The terms that orders of records share. The first copy of an album in an order stands for all its copies.
import { joinSql, rawSql, sql, type Sql } from "../../store/file/sql.ts";
import { buildRecordSource, type PlayScope } from "./play-counts.ts";

export type OrderingTerm = readonly [expression: Sql, direction: "ASC" | "DESC"];

export const addedAt: OrderingTerm = [rawSql("record.added_uts"), "DESC"];
export const recordId: OrderingTerm = [rawSql("record.id"), "ASC"];
/** The last play ever, even with a span. */
export const lastPlayed: OrderingTerm = [rawSql("match.last_played_uts"), "DESC"];

export function getPlaysTerm(scope: PlayScope): OrderingTerm {
  return [buildRecordSource(scope).plays, "DESC"];
}

/** The default order. It is that of the copies of an album, too, wherever no other order is asked for. */
export function getMostPlayedTerms(scope: PlayScope): readonly OrderingTerm[] {
  return [getPlaysTerm(scope), lastPlayed, addedAt, recordId];
}

/** NULL comes last in either direction. */
export function buildOrderSql(terms: readonly OrderingTerm[], reverse = false): Sql {
  return joinSql(
    terms.map(([expression, direction]) => {
      const way = rawSql((direction === "ASC") !== reverse ? "ASC" : "DESC");
      return sql`${expression} ${way} NULLS LAST`;
    }),
    ", ",
  );
}
