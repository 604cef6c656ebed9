// How likely a silence is without a hole: by how often the listener leaves out a day, how often a weekend, and at which time of
// a day the plays begin and end.
import { habitDays, type Silence } from "./silences.ts";

/** A day with plays, and when the first and the last of them began: seconds after midnight. */
export interface ListenedDay {
  readonly day: number;
  readonly firstSeconds: number;
  readonly lastSeconds: number;
}

/** Weekends away are rare, so a year on each side shows how often they come. */
const weekendHabitDays = 366;
/** Longer silences are no weekend away. */
const maxWeekendDays = 4;
// Days are numbers since 1970, which began on a Thursday.
const [friday, saturday, sunday, monday] = [1, 2, 3, 4];

/** Returns a function that estimates the chance of a silence. `listened` is in order; `endDay` is the day after the record. */
export function createChanceEstimator(
  listened: readonly ListenedDay[],
  endDay: number,
): (silence: Pick<Silence, "beforeDay" | "afterDay">) => number {
  const places = new Map(listened.map(({ day }, at) => [day, at]));
  const isListened = (day: number): boolean => places.has(day);
  const [firstDay, lastDay] = [listened[0]?.day ?? 0, listened.at(-1)?.day ?? 0];

  /** The share of single days that are left out among working days, or among the days of weekends. */
  function computeDayShare(around: DayWindow, ofWeekend: boolean): number {
    let [leftOut, all] = [0, 0];
    for (const day of listDays(around)) {
      if (isWeekend(day) !== ofWeekend) continue;
      const isLeftOut = !isListened(day) && isListened(day - 1) && isListened(day + 1);
      if (isLeftOut) leftOut += 1;
      if (isLeftOut || isListened(day)) all += 1;
    }
    return (leftOut + 1) / (all + 1);
  }

  /** The share of weekends without plays, and of these the share without plays on the Friday or the Monday beside it. */
  function computeWeekendShares(around: DayWindow) {
    let [weekends, silent, withFriday, withMonday] = [0, 0, 0, 0];
    for (const day of listDays(around)) {
      if (day % 7 !== saturday) continue;
      if (!isListened(day) && !isListened(day + 1)) {
        if (countSilentDays(day) > maxWeekendDays) continue;
        silent += 1;
        if (!isListened(day - 1)) withFriday += 1;
        if (!isListened(day + 2)) withMonday += 1;
      }
      weekends += 1;
    }
    return {
      silent: (silent + 1) / (weekends + 1),
      friday: (withFriday + 1) / (silent + 2),
      monday: (withMonday + 1) / (silent + 2),
    };
  }

  function countSilentDays(day: number): number {
    let [from, to] = [day, day];
    while (from > firstDay && !isListened(from - 1)) from -= 1;
    while (to < lastDay && !isListened(to + 1)) to += 1;
    return to - from + 1;
  }

  return ({ beforeDay, afterDay }) => {
    const toDay = afterDay ?? endDay;
    const place = places.get(beforeDay) ?? 0;
    const near = listened.slice(Math.max(0, place - habitDays), place + 2 + habitDays);
    const silence = { beforeDay, toDay };
    const nearby = { firstDay: near[0]?.day ?? 0, lastDay: near.at(-1)?.day ?? 0, silence };
    const workday = computeDayShare(nearby, false);
    const weekendDay = computeDayShare(nearby, true);
    const weekend = computeWeekendShares({
      firstDay: Math.max(firstDay, beforeDay - weekendHabitDays),
      lastDay: Math.min(lastDay - 2, toDay + weekendHabitDays),
      silence,
    });
    let chance = 1;
    for (let day = beforeDay + 1; day < toDay; day += 1) {
      const hasWeekendAfter = day % 7 === friday && day + 2 < toDay;
      const hasWeekendBefore = day % 7 === monday && day - 2 > beforeDay;
      if (day % 7 === saturday && day + 1 < toDay) {
        chance *= weekend.silent;
        day += 1;
      } else if (isWeekend(day)) chance *= weekendDay;
      else if (hasWeekendAfter) chance *= Math.max(workday, weekend.friday);
      else if (hasWeekendBefore) chance *= Math.max(workday, weekend.monday);
      else chance *= workday;
    }
    const others = near.filter(({ day }) => day !== beforeDay && day !== afterDay);
    const last = listened[place]?.lastSeconds ?? 0;
    const ends = computeShare(others, ({ lastSeconds }) => lastSeconds <= last);
    if (afterDay === null) return chance * ends;
    const first = listened[place + 1]?.firstSeconds ?? 0;
    return (
      chance *
      combineShares(
        ends,
        computeShare(others, ({ firstSeconds }) => firstSeconds >= first),
      )
    );
  };
}

/** Days that show a habit: those of a silence are left out. */
interface DayWindow {
  readonly firstDay: number;
  readonly lastDay: number;
  readonly silence: { readonly beforeDay: number; readonly toDay: number };
}

function listDays({ firstDay, lastDay, silence: { beforeDay, toDay } }: DayWindow): number[] {
  return Array.from({ length: Math.max(0, lastDay - firstDay) }, (_, at) => firstDay + at).filter(
    (day) => day < beforeDay || day >= toDay,
  );
}

function isWeekend(day: number): boolean {
  return day % 7 === saturday || day % 7 === sunday;
}

function computeShare(days: readonly ListenedDay[], isIncluded: (day: ListenedDay) => boolean): number {
  return (days.filter(isIncluded).length + 1) / (days.length + 1);
}

/** The chance that the product of two independent shares is as small as this one (Fisher's method). */
function combineShares(one: number, other: number): number {
  const product = one * other;
  return product * (1 - Math.log(product));
}
