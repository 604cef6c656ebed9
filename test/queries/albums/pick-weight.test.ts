import { expect, test } from "vitest";
import {
  drawWeighted,
  computePickWeight,
  type PickCandidate,
  createSeededRandom,
} from "../../../src/queries/albums/pick.ts";

const nowUts = Date.UTC(2026, 2, 14) / 1000;
const computeYearsAgo = (years: number): number => nowUts - Math.round(years * 365.25 * 86_400);

const plainCandidate: PickCandidate = {
  playCount: 20,
  loggedPlays: 0,
  spins: 2,
  lastUts: computeYearsAgo(0.1),
  rating: 0,
};

test.each<[string, Partial<PickCandidate>, number]>([
  ["played lately", {}, 1],
  ["asleep for a year and a half", { lastUts: computeYearsAgo(1.5) }, 2],
  ["asleep for four years", { lastUts: computeYearsAgo(4.2) }, 5],
  ["asleep for twenty years", { lastUts: computeYearsAgo(20) }, 6],
  ["never scrobbled", { playCount: 0, spins: null, lastUts: null }, 6],
  ["noted, never scrobbled", { playCount: 0, loggedPlays: 1, spins: 1 }, 1],
  ["noted ten times, where spins are not known", { playCount: 0, loggedPlays: 10, spins: null }, 2],
  ["played, but when is not known", { spins: null, lastUts: null }, 2],
  ["played in the future of a wrong clock", { lastUts: nowUts + 9e7 }, 1],
  ["five stars", { rating: 5 }, 3],
  ["four stars", { rating: 4 }, 2],
  ["three stars", { rating: 3 }, 1],
  ["two stars", { rating: 2 }, 0.5],
  ["one star", { rating: 1 }, 0.5],
  ["five spins", { spins: 5 }, 1.5],
  ["ten spins", { spins: 10 }, 2],
  ["a hundred plays where spins are not known", { spins: null, playCount: 100 }, 2],
  ["all at once", { spins: 12, rating: 5, lastUts: computeYearsAgo(3.5) }, 4 * 3 * 2],
])("%s", (_, parts, weight) => {
  expect(computePickWeight({ ...plainCandidate, ...parts }, nowUts)).toBe(weight);
});

/** The sum of (seen − expected)² ÷ expected. */
function computeChiSquare(seen: readonly number[], expected: readonly number[]): number {
  return seen.reduce((sum, count, at) => sum + (count - (expected[at] ?? 0)) ** 2 / (expected[at] ?? 1), 0);
}

test("draws each album as often as its weight says over 10 000 seeds", () => {
  const items = [0.5, 1, 1.5, 2, 3, 6, 12, 36].map((weight, id) => ({ id, weight }));
  const total = items.reduce((sum, { weight }) => sum + weight, 0);
  const first = items.map(() => 0);
  for (let seed = 0; seed < 10_000; seed += 1) {
    const [drawn] = drawWeighted(items, 1, createSeededRandom(seed));
    if (drawn) first[drawn.id] = (first[drawn.id] ?? 0) + 1;
  }
  const expected = items.map(({ weight }) => (10_000 * weight) / total);
  // 7 degrees of freedom: 24.3 is exceeded once in a thousand fair runs.
  expect(computeChiSquare(first, expected)).toBeLessThan(24.3);
});

const drawFirstThree = (seed: number): number[] => Array.from({ length: 3 }, createSeededRandom(seed));

test("gives the same numbers for a seed and others for other seeds, all in [0, 1)", () => {
  expect(drawFirstThree(7)).toEqual(drawFirstThree(7));
  const starts = [0, 1, 2, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER].map(
    (seed) => drawFirstThree(seed)[0],
  );
  expect(new Set(starts).size).toBe(starts.length);
  for (const number of Array.from({ length: 1000 }, createSeededRandom(3))) {
    expect(number).toBeGreaterThanOrEqual(0);
    expect(number).toBeLessThan(1);
  }
});
