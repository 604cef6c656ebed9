// Records by their numbers, in full.
import type { Database } from "../../store/file/database.ts";
import {
  briefColumns,
  fromRow,
  otherColumns,
  withOthers,
  type RecordRow,
  type StoredRow,
} from "./record-row.ts";
import { recordSource } from "../figures/record-source.ts";

export function recordById(database: Database, id: number): RecordRow | undefined {
  return recordsById(database, [id]).get(id);
}

/** In one statement; those that are not on the shelf are left out. */
export function recordsById(database: Database, ids: readonly number[]): ReadonlyMap<number, RecordRow> {
  const rows = database
    .prepare<[string], StoredRow>(
      `SELECT ${briefColumns({})}, ${otherColumns}, match.play_count AS playCount, NULL AS artistPlays
       FROM json_each(?) AS wanted JOIN ${recordSource({}).tables} ${withOthers} WHERE match.record_id = wanted.value`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

const chunk = 500;

/** Each item with its record in full, a chunk at a time: a shelf of 100 000 records needn't fit in memory. */
export function recordsOf<Item extends { readonly recordId: number }>(
  database: Database,
  items: readonly Item[],
): Iterable<Item & { readonly record: RecordRow }> {
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < items.length; from += chunk) {
        const some = items.slice(from, from + chunk);
        const records = recordsById(
          database,
          some.map(({ recordId }) => recordId),
        );
        for (const item of some) {
          const record = records.get(item.recordId);
          if (record !== undefined) yield { ...item, record };
        }
      }
    },
  };
}
