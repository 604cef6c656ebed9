import { expect, test } from "vitest";
import {
  type RetriedFault,
  maxThrottledWaitMs,
  computeRetryWaitMs,
  computeThrottledWaitMs,
} from "../../../src/sources/transport/retry.ts";

const createServerFault = (retryAfterMs: number | null): RetriedFault => ({
  kind: "temporary",
  retryAfterMs,
});

// The wait in ms at the lowest and at the highest random number; null: given up.
test.each<[string, RetriedFault, number, number | null, number | null]>([
  ["a final refusal", { kind: "permanent" }, 1, null, null],
  ["no network, first", { kind: "offline", obstacle: "connection" }, 1, 250, 500],
  ["no network, again", { kind: "offline", obstacle: "connection" }, 2, null, null],
  ["a cut, first", { kind: "temporary" }, 1, 250, 500],
  ["a cut, second", { kind: "temporary" }, 2, 750, 1_500],
  ["a cut, third", { kind: "temporary" }, 3, 2_250, 4_500],
  ["a cut, fourth", { kind: "temporary" }, 4, 6_750, 13_500],
  ["a cut, fifth", { kind: "temporary" }, 5, null, null],
  ["a timeout, third", { kind: "timeout" }, 3, 2_250, 4_500],
  ["a timeout, fourth", { kind: "timeout" }, 4, null, null],
  ["5xx, first", createServerFault(null), 1, 250, 500],
  ["5xx that asks for a second", createServerFault(1_000), 1, 1_000, 1_000],
  ["5xx that asks for less than the back-off", createServerFault(1_000), 4, 6_750, 13_500],
  ["5xx that asks for an hour", createServerFault(3_600_000), 1, null, null],
  ["5xx, fifth", createServerFault(1_000), 5, null, null],
  ["an unknown user", { kind: "unknown-user" }, 1, 250, 500],
  ["the same, again", { kind: "unknown-user" }, 2, null, null],
])("%s", (_, fault, attempt, least, most) => {
  expect(computeWaitRange((random) => computeRetryWaitMs(fault, attempt, random))).toEqual([least, most]);
});

test.each<[string, number | null, number, number | null, number | null]>([
  ["asked for nothing, first", null, 1, 60_000, 61_200],
  ["asked for nothing, second", null, 2, 120_000, 122_400],
  ["asked for nothing, third", null, 3, 240_000, 244_800],
  ["asked for nothing, fourth", null, 4, null, null],
  ["asked for a time", 5_000, 3, 5_000, 5_100],
  ["asked for no time", 0, 1, 1_000, 1_020],
  ["asked for all our patience", maxThrottledWaitMs, 1, maxThrottledWaitMs, maxThrottledWaitMs * 1.02],
  ["asked for more", maxThrottledWaitMs + 1, 1, null, null],
])("waits after too many requests, %s", (_, askedMs, time, least, most) => {
  expect(computeWaitRange((random) => computeThrottledWaitMs(askedMs, 60_000, time, random))).toEqual([
    least,
    most,
  ]);
});

function computeWaitRange(waitFor: (random: number) => number | null): (number | null)[] {
  return [0, 1].map((random) => {
    const waitMs = waitFor(random);
    return waitMs === null ? null : Math.round(waitMs);
  });
}
