// Finds where somebody who plays on nearly every day fell silent.

export interface Silence {
  /** The last day with plays before it. Days are numbers: days since 1970 in the local calendar. */
  readonly beforeDay: number;
  /** The first day with plays after it; null: it has not ended. */
  readonly afterDay: number | null;
}

/** The days with plays on each side that show a habit, and how many there must be. */
export const habitDays = 60;
const minDaysBefore = 14;
const minDaysAfter = 7;
/** This many days left out in a row are a silence. */
const silentDays = 3;
/** Plays are a daily habit if more than this share of the days with plays are followed by another one. */
const dailyShare = 0.8;
/** Silences are themselves a habit if they follow more than this share of the days with plays. */
const maxSilentShare = 0.15;

/** A day with plays, and how many days were left out after it. */
export interface PlayedDay {
  readonly day: number;
  readonly gap: number;
}

/** `played` is in order; the last gap is of a silence that has not ended. Each silence is of `minGap` days or more. */
export function findSilences(played: readonly PlayedDay[], minGap: number): Silence[] {
  const gaps = played.map(({ gap }) => gap);
  const days = played.map(({ day }) => day);
  return played.flatMap(({ day: beforeDay, gap }, index) => {
    if (gap < minGap) return [];
    const before = gaps.slice(Math.max(0, index - habitDays), index);
    const after = gaps.slice(index + 1, -1).slice(0, habitDays);
    const afterDay = days[index + 1] ?? null;
    if (!isDaily(before, minDaysBefore) || !(afterDay === null || isDaily(after, minDaysAfter))) return [];
    return [{ beforeDay, afterDay }];
  });
}

function isDaily(gaps: readonly number[], minGaps: number): boolean {
  const silences = gaps.filter((gap) => gap >= silentDays).length;
  return (
    gaps.length >= minGaps &&
    count(gaps, 0) > (gaps.length - silences) * dailyShare &&
    silences <= Math.max(1, gaps.length * maxSilentShare)
  );
}

function count(gaps: readonly number[], length: number): number {
  return gaps.filter((gap) => gap === length).length;
}
