// Where the records of a listing come from, and what is worked out about each as an SQL expression.
import { heardTable, playedTable, spunTable } from "./play-counts.ts";
import type { Span } from "../conditions/span.ts";

/** What plays are told of a record: of all time, or of a span. */
export interface PlayScope {
  readonly during?: Span;
  /** Within a span, the last play is that of all time, as the documented JSON has it. */
  readonly isLastOfAllTime?: true;
}

export interface RecordSource {
  /** Common table expressions that the tables need: withThese() makes them the beginning of a statement. */
  readonly definitions: readonly string[];
  /** match, record and release; heard and spun too where a span is given. Every record has a match once both sides are published. */
  readonly tables: string;
  /** Of the definitions. */
  readonly parameters: readonly unknown[];
}

/** Only plays within the span count, where one is given. */
export function recordSource({ during }: PlayScope): RecordSource {
  // Every match has its record and that its release; outer joins let SQLite leave unread what nothing asks for.
  const tables = `match LEFT JOIN record ON record.id = match.record_id
    LEFT JOIN release ON release.id = record.release_id`;
  if (during === undefined) return { definitions: [], tables, parameters: [] };
  const played = playedTable(during);
  const heard = heardTable(during);
  const spun = spunTable(during);
  return {
    definitions: [played.sql, heard.sql, spun.sql],
    tables: `${tables} LEFT JOIN heard ON heard.record_id = match.record_id
      LEFT JOIN spun ON spun.record_id = match.record_id`,
    parameters: [...played.parameters, ...heard.parameters, ...spun.parameters],
  };
}

/** Common table expressions as the beginning of a statement; "" where there are none. */
export function withThese(definitions: readonly string[]): string {
  return definitions.length === 0 ? "" : `WITH ${definitions.join(", ")}`;
}

/** A record's scrobbles; never NULL. */
export function playsOf({ during }: PlayScope): string {
  return during === undefined ? "match.play_count" : "coalesce(heard.plays, 0)";
}

/** Whether it was played at all, scrobbled or noted: the one meaning of listened; never NULL. */
export function isHeard({ during }: PlayScope): string {
  return during === undefined
    ? "(match.play_count > 0 OR match.noted_plays > 0)"
    : "(coalesce(heard.plays, 0) > 0 OR coalesce(heard.noted, 0) > 0)";
}

/** When it was played last; NULL where it wasn't, or where that isn't known. */
export function lastPlayedOf({ during, isLastOfAllTime }: PlayScope): string {
  return during === undefined || isLastOfAllTime === true ? "match.last_played_uts" : "heard.last_played_uts";
}

/** Its sittings; NULL where too few tracks are known to tell. */
export function spinsOf({ during }: PlayScope): string {
  return during === undefined ? "match.spins" : "iif(match.spins IS NULL, NULL, coalesce(spun.spins, 0))";
}
