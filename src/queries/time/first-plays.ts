// The records added in each year, by how long it took until they were first played.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { rawSql, queryRows } from "../../store/file/sql.ts";
import { buildRecordsSql, type RecordFilter } from "../filters/record-filter.ts";

/** Ordered by the delay. A month is 30 days, a year 365. */
export const firstPlays = ["before", "month", "year", "later", "never"] as const;
export type FirstPlay = (typeof firstPlays)[number];

export interface YearOfRecords {
  /** The year of the date in the collection. */
  readonly year: number;
  readonly records: number;
  readonly counts: Readonly<Record<FirstPlay, number>>;
}

/** Oldest first. Records without a date are left out. Logged plays count. */
export function countFirstPlaysByYear(database: Database, filter: RecordFilter): YearOfRecords[] {
  const columns = rawSql(`record.added_uts AS addedUts, nullif(min(
    coalesce((SELECT min(uts) FROM album_match JOIN first_heard USING (album_id) WHERE album_match.record_id = record.id), 9e15),
    coalesce((SELECT min(start_uts) FROM logged_play WHERE release_id = record.release_id), 9e15)), 9e15) AS firstUts`);
  const dated = rawSql("AND record.added_uts IS NOT NULL");
  const rows = queryRows<Record<FirstPlay | "records", number> & { added: string }>(database)`
    WITH first_heard AS MATERIALIZED (
      SELECT album_id, min((SELECT min(uts) FROM scrobble WHERE track_id = track.id AND uts > 0)) AS uts
      FROM track GROUP BY album_id)
    SELECT local_year(addedUts) AS added, count(*) AS records, count(*) FILTER (WHERE days < 0) AS before,
      count(*) FILTER (WHERE days BETWEEN 0 AND 30) AS month,
      count(*) FILTER (WHERE days > 30 AND days <= 365) AS year,
      count(*) FILTER (WHERE days > 365) AS later, count(*) FILTER (WHERE days IS NULL) AS never
    FROM (SELECT addedUts, 1.0 * (firstUts - addedUts) / ${daySeconds} AS days
      FROM (${buildRecordsSql(database, filter, columns, dated)}))
    GROUP BY added ORDER BY added`;
  return rows.map(({ added, records, ...counts }) => ({ year: Number(added), records, counts }));
}
