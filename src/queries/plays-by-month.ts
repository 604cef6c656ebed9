// Plays in each of the last whole months, as the person's calendar has them.
import type { Database } from "../store/database.ts";

export interface MonthOfPlays {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly plays: number;
}

/** The whole months before the one that holds `untilUts`, oldest first. */
export function playsByMonth(database: Database, untilUts: number, count = 24): MonthOfPlays[] {
  const until = new Date(untilUts * 1000);
  const inSpan = database
    .prepare<[number, number], number>("SELECT count(*) FROM scrobble WHERE uts >= ? AND uts < ?")
    .pluck();
  return Array.from({ length: count }, (_, at) => {
    const start = new Date(until.getFullYear(), until.getMonth() - count + at, 1);
    const end = new Date(until.getFullYear(), until.getMonth() - count + at + 1, 1);
    return {
      year: start.getFullYear(),
      month: start.getMonth() + 1,
      plays: inSpan.get(start.getTime() / 1000, end.getTime() / 1000) ?? 0,
    };
  });
}
