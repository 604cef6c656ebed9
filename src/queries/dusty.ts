// What was loved once and sleeps: albums with many spins, the last of them long ago.
import type { Database } from "../store/database.ts";
import { albumKey } from "./album-key.ts";
import { recordById, type RecordRow } from "./cross-reference.ts";
import { condition, type RecordFilter } from "./filters/record-filter.ts";
import { orderBy, type RecordSort } from "./record-order.ts";
import { recordSource, spinsOf } from "./record-source.ts";
import { lastSpinOf } from "./spin-facts.ts";

export interface DustyQuestion {
  readonly filter: RecordFilter;
  /** Spins from here on make it no sleeper. */
  readonly idleFromUts: number;
  /** asleep: the longest first. */
  readonly sort: "asleep" | Exclude<RecordSort, "artist-plays">;
  readonly reverse: boolean;
}

export interface Sleeper {
  /** The first of its copies. */
  readonly recordId: number;
  readonly copies: number;
  readonly spins: number;
  readonly lastSpinUts: number;
}

interface Row {
  readonly recordId: number;
  readonly artist: string;
  readonly title: string;
  readonly spins: number;
  readonly lastSpinUts: number;
}

/** Each album once, in a total order. */
export function findSleepers(
  database: Database,
  { filter, idleFromUts, sort, reverse }: DustyQuestion,
): Sleeper[] {
  const source = recordSource(filter);
  const where = condition(database, filter);
  const way = reverse ? "DESC" : "ASC";
  const order =
    sort === "asleep" ? `lastSpinUts ${way}, record.id ${way}` : orderBy(database, { sort, reverse }, filter);
  const rows = database
    .prepare<unknown[], Row>(
      `WITH ${source.definitions} asleep AS MATERIALIZED (
         SELECT record.id AS record_id, ${spinsOf} AS spins, ${lastSpinOf} AS last_spin_uts
         FROM ${source.tables} WHERE ${where.sql})
       SELECT record.id AS recordId, release.artist AS artist, release.title AS title, asleep.spins AS spins,
         asleep.last_spin_uts AS lastSpinUts
       FROM ${source.tables} JOIN asleep ON asleep.record_id = record.id
       WHERE asleep.spins > 0 AND asleep.last_spin_uts < ? ORDER BY ${order}`,
    )
    .iterate(...source.parameters, ...where.parameters, idleFromUts);
  const sleepers = new Map<string, Sleeper>();
  for (const { artist, title, ...row } of rows) {
    const key = albumKey(artist, title);
    const known = sleepers.get(key);
    sleepers.set(key, known === undefined ? { ...row, copies: 1 } : { ...known, copies: known.copies + 1 });
  }
  return [...sleepers.values()];
}

export function withRecords(
  database: Database,
  sleepers: readonly Sleeper[],
): (Sleeper & { readonly record: RecordRow })[] {
  return sleepers.flatMap((sleeper) => {
    const record = recordById(database, sleeper.recordId);
    return record === undefined ? [] : [{ ...sleeper, record }];
  });
}
