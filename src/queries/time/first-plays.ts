// The records added in each year, by how long it took until they were first played.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { eachRow, plain } from "../conditions/sql.ts";
import { fromRecords, type RecordFilter } from "../filters/record-filter.ts";

/** In the order of the delay. A month is 30 days, a year 365. */
export const firstPlays = ["before", "month", "year", "later", "never"] as const;
export type FirstPlay = (typeof firstPlays)[number];

export interface YearOfRecords {
  /** The year of the date in the collection. */
  readonly year: number;
  readonly records: number;
  readonly counts: Readonly<Record<FirstPlay, number>>;
}

/** Oldest first. Records without a date are left out. Logged plays count. */
export function firstPlaysByYear(database: Database, filter: RecordFilter): YearOfRecords[] {
  const columns = plain(`record.added_uts AS addedUts, nullif(min(
    coalesce((SELECT min((SELECT min(uts) FROM scrobble WHERE track_id = track.id AND uts > 0))
      FROM credit JOIN track USING (album_id) WHERE credit.record_id = record.id), 9e15),
    coalesce((SELECT min(start_uts) FROM noted_play WHERE release_id = record.release_id), 9e15)), 9e15) AS firstUts`);
  const dated = plain("AND record.added_uts IS NOT NULL");
  const years = new Map<number, { records: number; counts: Record<FirstPlay, number> }>();
  const rows = eachRow<{ addedUts: number; firstUts: number | null }>(database)`
    ${fromRecords(database, filter, columns, dated)}`;
  for (const { addedUts, firstUts } of rows) {
    const year = new Date(addedUts * 1000).getFullYear();
    const counts = { before: 0, month: 0, year: 0, later: 0, never: 0 };
    const yearFigures = years.get(year) ?? { records: 0, counts };
    yearFigures.records += 1;
    yearFigures.counts[firstPlayOf(addedUts, firstUts)] += 1;
    years.set(year, yearFigures);
  }
  return [...years].map(([year, figures]) => ({ year, ...figures })).toSorted((a, b) => a.year - b.year);
}

function firstPlayOf(addedUts: number, firstUts: number | null): FirstPlay {
  if (firstUts === null) return "never";
  const days = (firstUts - addedUts) / daySeconds;
  if (days < 0) return "before";
  return days <= 30 ? "month" : days <= 365 ? "year" : "later";
}
