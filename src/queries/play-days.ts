// How much was played on each day. Days are local days.
import type { Database } from "../store/database.ts";
import { spanCondition, type Span } from "./filters/span.ts";

export interface DayOfPlays {
  /** Its first moment, in unix seconds. */
  readonly fromUts: number;
  readonly year: number;
  readonly plays: number;
}

/** The last moment that has a date. */
const lastUts = 8_640_000_000_000;

/** Those on which something was played, oldest first. */
export function playsByDay(database: Database, span: Span | null): DayOfPlays[] {
  const within = spanCondition("uts", span ?? { fromUts: null, toUts: null });
  // A day is two looks at an index, and its plays are counted without being read.
  const firstFrom = database
    .prepare<unknown[], number | null>(`SELECT min(uts) FROM scrobble WHERE uts >= ? AND ${within.sql}`)
    .pluck();
  const count = database
    .prepare<unknown[], number>(`SELECT count(*) FROM scrobble WHERE uts >= ? AND uts < ? AND ${within.sql}`)
    .pluck();
  const days: DayOfPlays[] = [];
  let playUts = firstFrom.get(0, ...within.parameters) ?? null;
  while (playUts !== null && playUts < lastUts) {
    const date = new Date(playUts * 1000);
    const [year, month, day] = [date.getFullYear(), date.getMonth(), date.getDate()];
    const [fromUts, toUts] = [day, day + 1].map((each) => new Date(year, month, each).getTime() / 1000);
    if (fromUts === undefined || toUts === undefined) break;
    days.push({ fromUts, year, plays: count.get(fromUts, toUts, ...within.parameters) ?? 0 });
    playUts = firstFrom.get(toUts, ...within.parameters) ?? null;
  }
  return days;
}
