// Where the records of a listing come from, and what is worked out about each as an SQL expression.
import { heardTable, playedTable } from "./play-counts.ts";
import type { Span } from "./filters/span.ts";

export interface RecordSource {
  /** Common table expressions, each followed by a comma; "" where none is needed. */
  readonly definitions: string;
  /** record, release and match; heard too where a span is given. Every record has a match once both sides are published. */
  readonly tables: string;
  /** Of the definitions. */
  readonly parameters: readonly unknown[];
}

/** Only plays within the span count, where one is given. */
export function recordSource({ during }: { readonly during?: Span }): RecordSource {
  // Every record has its release; the outer join lets SQLite leave it unread where nothing asks for it.
  const tables = `record JOIN match ON match.record_id = record.id LEFT JOIN release ON release.id = record.release_id`;
  if (during === undefined) return { definitions: "", tables, parameters: [] };
  const played = playedTable(during);
  return {
    definitions: `${played.sql}, ${heardTable}, `,
    tables: `${tables} LEFT JOIN heard ON heard.record_id = record.id`,
    parameters: played.parameters,
  };
}

/** A record's plays; never NULL. */
export function playsOf({ during }: { readonly during?: Span }): string {
  return during === undefined ? "match.play_count" : "coalesce(heard.plays, 0)";
}

/** A record's spins, over all its credited entries; NULL where none has enough known tracks to tell. */
export const spinsOf = `(SELECT sum(album_spin.spins) FROM credit JOIN album_spin USING (album_id)
  WHERE credit.record_id = record.id)`;

/** When the last spin of a record began; NULL where there is none, or where it can't be told. */
export const lastSpinOf = `(SELECT max(album_spin.last_spin_uts) FROM credit JOIN album_spin USING (album_id)
  WHERE credit.record_id = record.id)`;
