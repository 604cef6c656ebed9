// Years, quarters and months with plays, in the computer's time zone. A new unit is a row here.
import type { Database } from "../../store/file/database.ts";
import { spanCondition, type Span } from "../conditions/span.ts";

interface Unit {
  readonly months: number;
  readonly name: (year: number, month: number) => string;
}

const units = {
  year: { months: 12, name: (year) => String(year) },
  quarter: { months: 3, name: (year, month) => `${year}-Q${month / 3 + 1}` },
  month: { months: 1, name: (year, month) => `${year}-${String(month + 1).padStart(2, "0")}` },
} as const satisfies Readonly<Record<string, Unit>>;

export type PeriodUnit = keyof typeof units;
export const periodUnits = Object.keys(units) as PeriodUnit[];

export interface Period {
  /** "2025", "2025-Q1", "2025-01" */
  readonly name: string;
  /** Unix seconds, included. */
  readonly fromUts: number;
  /** Unix seconds, excluded. */
  readonly toUts: number;
}

/** Drop empty periods if there are more, because one wrong clock can add decades of them. */
const mostEmpty = 30;

/** The last moment that a Date can hold, in seconds. */
const lastUts = 8_640_000_000_000;

/** Oldest first, from the first play within the span to the last. The first and last period are cut at the span. */
export function playedPeriods(database: Database, unit: PeriodUnit, span: Span | null): Period[] {
  const within = spanCondition("uts", span ?? { fromUts: null, toUts: null });
  const nextPlay = database
    .prepare<unknown[], number | null>(`SELECT min(uts) FROM scrobble WHERE uts >= ? AND ${within.sql}`)
    .pluck();
  const found: Period[] = [];
  let playUts = nextPlay.get(0, ...within.parameters) ?? null;
  while (playUts !== null && playUts < lastUts) {
    const period = periodOf(new Date(playUts * 1000), unit);
    const last = found.at(-1);
    const between = last === undefined ? [] : periodsBetween(last, period, unit);
    if (between.length <= mostEmpty) for (const empty of between) found.push(empty);
    found.push(period);
    playUts = nextPlay.get(period.toUts, ...within.parameters) ?? null;
  }
  return found.map((period) => ({
    ...period,
    fromUts: Math.max(period.fromUts, span?.fromUts ?? -Infinity),
    toUts: Math.min(period.toUts, span?.toUts ?? Infinity),
  }));
}

function periodOf(moment: Date, unit: PeriodUnit): Period {
  const { months, name } = units[unit];
  const month = Math.floor(moment.getMonth() / months) * months;
  const year = moment.getFullYear();
  return {
    name: name(year, month),
    fromUts: new Date(year, month, 1).getTime() / 1000,
    toUts: new Date(year, month + months, 1).getTime() / 1000,
  };
}

function periodsBetween({ toUts }: Period, next: Period, unit: PeriodUnit): Period[] {
  const between: Period[] = [];
  for (let fromUts = toUts; fromUts < next.fromUts && between.length <= mostEmpty;) {
    const period = periodOf(new Date(fromUts * 1000), unit);
    between.push(period);
    fromUts = period.toUts;
  }
  return between;
}
