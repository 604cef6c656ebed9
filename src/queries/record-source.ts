// Where the records of a listing come from, and what is worked out about each as an SQL expression.
import { heardTable, playedTable } from "./play-counts.ts";
import type { Span } from "./filters/span.ts";

export interface RecordSource {
  /** Common table expressions that the tables need: withThese() makes them the beginning of a statement. */
  readonly definitions: readonly string[];
  /** match, record and release; heard too where a span is given. Every record has a match once both sides are published. */
  readonly tables: string;
  /** Of the definitions. */
  readonly parameters: readonly unknown[];
}

/** Only plays within the span count, where one is given. */
export function recordSource({ during }: { readonly during?: Span }): RecordSource {
  // Every match has its record and that its release; outer joins let SQLite leave unread what nothing asks for.
  const tables = `match LEFT JOIN record ON record.id = match.record_id
    LEFT JOIN release ON release.id = record.release_id`;
  if (during === undefined) return { definitions: [], tables, parameters: [] };
  const played = playedTable(during);
  return {
    definitions: [played.sql, heardTable],
    tables: `${tables} LEFT JOIN heard ON heard.record_id = match.record_id`,
    parameters: played.parameters,
  };
}

/** Common table expressions as the beginning of a statement; "" where there are none. */
export function withThese(definitions: readonly string[]): string {
  return definitions.length === 0 ? "" : `WITH ${definitions.join(", ")}`;
}

/** A record's plays; never NULL. */
export function playsOf({ during }: { readonly during?: Span }): string {
  return during === undefined ? "match.play_count" : "coalesce(heard.plays, 0)";
}
