// The tables behind a list of records, and SQL expressions for the figures of a record.
import { joinSql, plain, sql, type Sql } from "../conditions/sql.ts";
import { heardTable, playedTable, spunTable } from "./play-counts.ts";
import type { Span } from "../conditions/span.ts";

/** The plays that count: of all time, or of a span. */
export interface PlayScope {
  readonly during?: Span;
  /** With a span, last plays are still those of all time, as the documented JSON requires. */
  readonly isLastOfAllTime?: true;
}

export interface RecordSource {
  /** Common table expressions that the tables need. withThese() puts them at the start of a statement. */
  readonly definitions: readonly Sql[];
  /**
   * match, record and release; with a span also heard and spun. Every record has a match once both sides are published.
   */
  readonly tables: Sql;
}

/** With a span, only plays within it count. */
export function recordSource({ during }: PlayScope): RecordSource {
  // Outer joins let SQLite skip tables that the query does not use.
  const tables = `match LEFT JOIN record ON record.id = match.record_id
    LEFT JOIN release ON release.id = record.release_id`;
  if (during === undefined) return { definitions: [], tables: plain(tables) };
  return {
    definitions: [playedTable(during), heardTable(during), spunTable(during)],
    tables: plain(`${tables} LEFT JOIN heard ON heard.record_id = match.record_id
      LEFT JOIN spun ON spun.record_id = match.record_id`),
  };
}

/** The start of a statement with common table expressions; empty if there are none. */
export function withThese(definitions: readonly Sql[]): Sql {
  return definitions.length === 0 ? plain("") : sql`WITH ${joinSql(definitions, ", ")}`;
}

/** A record's scrobbles; never NULL. */
export function playsOf({ during }: PlayScope): Sql {
  return plain(during === undefined ? "match.play_count" : "coalesce(heard.plays, 0)");
}

/** Whether the record was played at all, scrobbled or logged. This is what "listened" means everywhere. Never NULL. */
export function isHeard({ during }: PlayScope): Sql {
  return plain(
    during === undefined
      ? "(match.play_count > 0 OR match.noted_plays > 0)"
      : "(coalesce(heard.plays, 0) > 0 OR coalesce(heard.noted, 0) > 0)",
  );
}

/** The last play; NULL if there is none or its time is unknown. */
export function lastPlayedOf({ during, isLastOfAllTime }: PlayScope): Sql {
  const isOfSpan = during !== undefined && isLastOfAllTime !== true;
  return plain(isOfSpan ? "heard.last_played_uts" : "match.last_played_uts");
}

/** What a spin of the record cost so far, in hundredths of its currency; NULL without a price or a spin. */
export const costPerSpin = plain("round(record.paid_cents * 1.0 / nullif(match.spins, 0))");
/** The same for each play of a track. */
export const costPerPlay = plain("round(record.paid_cents * 1.0 / nullif(match.play_count, 0))");

/** The record's spins; NULL if too few tracks are known. */
export function spinsOf({ during }: PlayScope): Sql {
  return plain(
    during === undefined ? "match.spins" : "iif(match.spins IS NULL, NULL, coalesce(spun.spins, 0))",
  );
}
