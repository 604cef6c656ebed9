// Pairs two lists of plays of one song, in the order of time.

import { daySeconds } from "../model/times.ts";

/** The seconds in which a play may have begun. */
export interface Interval {
  from: number;
  /** Included. */
  to: number;
  /** When it ended; null if it is known by its start. */
  endUts: number | null;
}

type Pair<One, Other> = readonly [One, Other];

/** How many seconds two plays are apart; more than `jitterSeconds` if they are not the same. */
export function computeSecondsApart(one: Interval, other: Interval): number {
  // Two ends are compared as such: the length of the play does not matter.
  if (one.endUts !== null && other.endUts !== null) return Math.abs(one.endUts - other.endUts);
  return Math.max(0, one.from - other.to, other.from - one.to);
}

/** How many seconds apart two clocks that agree may record one play. */
export const maxJitterSeconds = 10;

export function canBeSame(one: Interval, other: Interval): boolean {
  const areDays = one.to - one.from + 1 >= daySeconds && other.to - other.from + 1 >= daySeconds;
  return computeSecondsApart(one, other) <= (areDays ? 0 : maxJitterSeconds);
}

const maxGroupSize = 500;

/** The most pairs that keep the order of both lists, and of those the nearest. Both lists are sorted by `from`. */
export function pairPlays<One extends Interval, Other extends Interval>(
  ones: readonly One[],
  others: readonly Other[],
): Pair<One, Other>[] {
  const pairs: Pair<One, Other>[] = [];
  let oneAt = 0;
  let otherAt = 0;
  // Plays that reach into one another make a group; a group does not depend on the others. Larger ones only come from broken
  // data, and are cut.
  while (oneAt < ones.length && otherAt < others.length) {
    const oneFrom = oneAt;
    const otherFrom = otherAt;
    let reach = Number.NEGATIVE_INFINITY;
    while (oneAt - oneFrom < maxGroupSize && otherAt - otherFrom < maxGroupSize) {
      const one = ones[oneAt];
      const other = others[otherAt];
      // A group takes plays of the same second from both lists in turn.
      const isBalanced = oneAt - oneFrom <= otherAt - otherFrom;
      const isOne =
        one !== undefined &&
        (other === undefined || one.from < other.from || (one.from === other.from && isBalanced));
      const next = isOne ? one : other;
      if (next === undefined) break;
      if (reach !== Number.NEGATIVE_INFINITY && next.from > reach + maxJitterSeconds) break;
      reach = Math.max(reach, next.to, next.endUts ?? next.to);
      if (isOne) oneAt += 1;
      else otherAt += 1;
    }
    collectBestPairs(ones.slice(oneFrom, oneAt), others.slice(otherFrom, otherAt), pairs);
  }
  return pairs;
}

/** Worth more than any distance within a group. */
const pairScore = 1e9;

function collectBestPairs<One extends Interval, Other extends Interval>(
  ones: readonly One[],
  others: readonly Other[],
  pairs: Pair<One, Other>[],
): void {
  const width = others.length + 1;
  // best[i * width + j]: the worth of the best pairs of ones from i on and others from j on.
  const best = new Float64Array((ones.length + 1) * width);
  const scorePair = (one: One, other: Other): number =>
    canBeSame(one, other) ? pairScore - computeSecondsApart(one, other) : Number.NEGATIVE_INFINITY;
  const getScore = (i: number, j: number): number => best[i * width + j] as number;
  for (let i = ones.length - 1; i >= 0; i -= 1) {
    for (let j = others.length - 1; j >= 0; j -= 1) {
      const paired = scorePair(ones[i] as One, others[j] as Other) + getScore(i + 1, j + 1);
      best[i * width + j] = Math.max(paired, getScore(i + 1, j), getScore(i, j + 1));
    }
  }
  for (let i = 0, j = 0; i < ones.length && j < others.length;) {
    const one = ones[i] as One;
    const other = others[j] as Other;
    if (getScore(i, j) === getScore(i + 1, j)) i += 1;
    else if (getScore(i, j) === getScore(i, j + 1)) j += 1;
    else {
      pairs.push([one, other]);
      i += 1;
      j += 1;
    }
  }
}
