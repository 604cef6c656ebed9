import { expect, test } from "vitest";
import { advanceStep, type RunningStep } from "../../src/commands/shared/syncing/view.ts";

interface Page {
  readonly pages: number;
  readonly soonestMs: number;
  readonly atMs: number;
}

function computeStepAfter(...events: readonly Page[]): RunningStep | undefined {
  let step: RunningStep | undefined;
  for (const { pages, soonestMs, atMs } of events) {
    const counts = { rows: pages * 100, rowsExpected: 5_800, pages, pagesExpected: 58 };
    step = advanceStep(
      step,
      { kind: "progress", step: "collection", ...counts, soonestMs, result: null },
      atMs,
    );
  }
  return step;
}

test.each([
  ["the rate limit, after a burst", 12, { pages: 1, soonestMs: 0 }, { pages: 56, soonestMs: 12_000 }, 5_500],
  ["the speed of slow answers", 29, { pages: 1, soonestMs: 100 }, { pages: 29, soonestMs: 100 }, 28_000],
  ["the pages of this sync alone", 8, { pages: 50, soonestMs: 0 }, { pages: 54, soonestMs: 0 }, 8_000],
])("estimates the time left from %s", (_, seconds, first, last, atMs) => {
  expect(computeStepAfter({ ...first, atMs: 0 }, { ...last, atMs })?.secondsLeft).toBeCloseTo(seconds);
});
