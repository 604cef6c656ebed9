import { expect, test } from "vitest";
import { advance, asOf, type RunningStep } from "../../src/commands/sync/screen.ts";
import type { SyncEvent } from "../../src/sync/whole-sync.ts";

const progress = (pages: number, soonestMs: number, pagesExpected = 58): SyncEvent => ({
  kind: "progress",
  step: "collection",
  rows: pages * 100,
  rowsExpected: 5_800,
  pages,
  pagesExpected,
  soonestMs,
  result: null,
});

function after(events: readonly (readonly [SyncEvent, atMs: number])[]): RunningStep | undefined {
  let step: RunningStep | undefined;
  for (const [event, atMs] of events) step = advance(step, event, atMs);
  return step;
}

test("after a burst the time left follows from the rate limit", () => {
  expect(
    after([
      [progress(1, 0), 0],
      [progress(56, 12_000), 5_500],
    ])?.secondsLeft,
  ).toBe(12);
});

test("with slow answers the time left follows from their speed", () => {
  expect(
    after([
      [progress(1, 100), 0],
      [progress(29, 100), 28_000],
    ])?.secondsLeft,
  ).toBeCloseTo(29);
});

test("rows of an earlier sync don't count for the time left", () => {
  expect(
    after([
      [progress(50, 0), 0],
      [progress(54, 0), 8_000],
    ])?.secondsLeft,
  ).toBe(8);
});

test("the time left counts down without new events", () => {
  const step = after([
    [progress(1, 0), 0],
    [progress(56, 12_000), 5_500],
  ]);
  if (step === undefined) throw new Error("no step");
  expect(asOf(step, 10_500).secondsLeft).toBe(7);
  expect(asOf(step, 60_000).secondsLeft).toBe(0);
});
