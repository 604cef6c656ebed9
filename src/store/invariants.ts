// What must hold of a cache beyond its schema: what is worked out from other rows agrees with them.
import type { Database } from "./database.ts";

interface Invariant {
  /** What is wrong where rows are found: "3 records …". */
  readonly fault: string;
  readonly sql: string;
}

/** All of it is derived: a match anew makes it right. */
const derived: readonly Invariant[] = [
  {
    fault: "without a match",
    sql: `SELECT count(*) FROM record WHERE EXISTS (SELECT 1 FROM match)
          AND NOT EXISTS (SELECT 1 FROM match WHERE match.record_id = record.id)`,
  },
  {
    fault: "with other plays than their albums have",
    sql: `SELECT count(*) FROM match WHERE play_count <> coalesce(
            (SELECT sum(album.play_count) FROM credit JOIN album ON album.id = credit.album_id
             WHERE credit.record_id = match.record_id), 0)`,
  },
];

export interface DerivedFault {
  readonly fault: string;
  readonly records: number;
}

/** What of the matches doesn't agree with what they were made from. */
export function derivedFaults(database: Database): DerivedFault[] {
  return derived
    .map(({ fault, sql }) => ({
      fault,
      records: database.prepare<[], number>(sql).pluck().get() ?? 0,
    }))
    .filter(({ records }) => records > 0);
}
