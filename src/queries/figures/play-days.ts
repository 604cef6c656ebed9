// Plays per local day, and streaks of days with plays.
import { dayStartOf } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { spanCondition, type Span } from "../conditions/span.ts";
import { countScrobbles } from "./play-counts.ts";

export interface DayOfPlays {
  /** The day's first second, in unix seconds. */
  readonly fromUts: number;
  readonly year: number;
  readonly plays: number;
}

/** The last moment that a Date can hold, in seconds. */
const lastUts = 8_640_000_000_000;

/** Days with plays, oldest first. */
export function playsByDay(database: Database, span: Span | null): DayOfPlays[] {
  const within = spanCondition("uts", span ?? { fromUts: null, toUts: null });
  // Two index look-ups per day, and a count without reading the plays.
  const firstFrom = database
    .prepare<unknown[], number | null>(`SELECT min(uts) FROM scrobble WHERE uts >= ? AND ${within.sql}`)
    .pluck();
  const days: DayOfPlays[] = [];
  let playUts = firstFrom.get(0, ...within.parameters) ?? null;
  while (playUts !== null && playUts < lastUts) {
    const [fromUts, toUts] = [dayStartOf(playUts), dayStartOf(playUts, 1)];
    const plays = countScrobbles(database, {
      fromUts: Math.max(fromUts, span?.fromUts ?? 1),
      toUts: Math.min(toUts, span?.toUts ?? toUts),
    });
    days.push({ fromUts, year: new Date(playUts * 1000).getFullYear(), plays });
    playUts = firstFrom.get(toUts, ...within.parameters) ?? null;
  }
  return days;
}

const two = (value: number): string => String(value).padStart(2, "0");

/** "2026-02-15" */
export function dateOfDay(uts: number): string {
  const date = new Date(uts * 1000);
  return `${String(date.getFullYear()).padStart(4, "0")}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export interface RowOfDays {
  readonly days: number;
  /** The first seconds of its first and its last day. */
  readonly fromUts: number;
  readonly lastUts: number;
  readonly plays: number;
}

/** Streaks of days with plays, oldest first. */
export function rowsOfDays(database: Database, span: Span | null): RowOfDays[] {
  const rows: RowOfDays[] = [];
  for (const { fromUts, plays } of playsByDay(database, span)) {
    const last = rows.at(-1);
    if (last !== undefined && dayStartOf(last.lastUts, 1) === fromUts) {
      rows.pop();
      rows.push({ ...last, days: last.days + 1, lastUts: fromUts, plays: last.plays + plays });
    } else {
      rows.push({ days: 1, fromUts, lastUts: fromUts, plays });
    }
  }
  return rows;
}

/** Of several equally long streaks, the earliest. null if there is none. */
export function longestRow(rows: readonly RowOfDays[]): RowOfDays | null {
  return rows.reduce<RowOfDays | null>(
    (longest, row) => (longest === null || row.days > longest.days ? row : longest),
    null,
  );
}
