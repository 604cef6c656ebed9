import { describe, expect, test } from "vitest";
import { discogsFacts, lastfmFacts } from "../../../src/sources/services/service-facts.ts";
import { SlidingWindow, FixedWindow, TokenBucket } from "../../../src/sources/transport/rate-limits.ts";
import { Throttled } from "../../../src/sources/transport/service-errors.ts";
import { Pacer, type RateLimit, type RateLimitEvent } from "../../../src/sources/transport/pacer.ts";
import { createVirtualClock } from "../../support/virtual-clock.ts";
import { pickInteger, createSeededRandom } from "../../support/random.ts";
import { catchFailure } from "../connected-clients.ts";

const quietEvent: RateLimitEvent = { hasResponse: true, size: null, remaining: null, throttled: null };

/** A service with a moving window, in virtual time: what was sent when, and what it answered. */
function simulateRequests(options: {
  readonly allowance: RateLimit;
  readonly size?: number;
  readonly latencyMs?: () => number;
  readonly usedByOthers?: () => number;
  readonly firstWaitMs?: number;
  /** Counts in windows of this length that begin on the epoch, and says when the current one ends. */
  readonly fixedWindowMs?: number;
}) {
  const {
    allowance,
    size = 60,
    latencyMs = () => 300,
    usedByOthers = () => 0,
    firstWaitMs = 60_000,
    fixedWindowMs,
  } = options;
  const clock = createVirtualClock();
  const waits: number[] = [];
  const pacer = new Pacer({
    service: discogsFacts,
    rateLimit: allowance,
    clock,
    random: createSeededRandom(1),
    throttledWaitMs: firstWaitMs,
    onWait: (_, ms) => waits.push(Math.round(ms)),
  });
  const arrivals: number[] = [];
  const refusals: number[] = [];
  let inFlight = 0;
  let peak = 0;

  /** One request, repeated while it is one too many. */
  async function sendRequest(): Promise<void> {
    for (;;) {
      const ticket = await pacer.acquire();
      inFlight += 1;
      peak = Math.max(peak, inFlight);
      const latency = latencyMs();
      await clock.sleep(latency / 2);
      const nowMs = clock.now();
      arrivals.push(nowMs);
      const spentMs = fixedWindowMs === undefined ? 60_000 : nowMs % fixedWindowMs;
      const used = arrivals.filter((atMs) => atMs > nowMs - spentMs).length + usedByOthers();
      const refused = used > size;
      await clock.sleep(latency / 2);
      inFlight -= 1;
      if (refused) refusals.push(nowMs);
      pacer.release(ticket, {
        hasResponse: true,
        size,
        remaining: Math.max(0, size - used),
        resetMs: fixedWindowMs === undefined ? null : fixedWindowMs - (clock.now() % fixedWindowMs),
        throttled: refused ? { retryAfterMs: null } : null,
      });
      if (!refused) return;
    }
  }

  return {
    clock,
    pacer,
    arrivals,
    refusals,
    waits,
    peak: () => peak,
    askAll: (count: number) => Promise.all(Array.from({ length: count }, sendRequest)),
  };
}

describe("Discogs' budget", () => {
  test.each([200, 500])(
    "%i requests take little longer than the limit demands, without a refusal",
    async (count) => {
      const service = simulateRequests({ allowance: new SlidingWindow() });
      await service.askAll(count);
      const least = Math.floor((count - 1) / 60) * 60_000;
      expect(service.refusals).toEqual([]);
      expect(service.clock.now()).toBeGreaterThanOrEqual(least);
      expect(service.clock.now() / least).toBeLessThan(1.05);
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "gets no refusal with answers of any latency, out of order (seed %i)",
    async (seed) => {
      const random = createSeededRandom(seed);
      const service = simulateRequests({
        allowance: new SlidingWindow(),
        latencyMs: () => pickInteger(random, 1, 900),
      });
      await service.askAll(250);
      expect(service.refusals).toEqual([]);
    },
  );

  test("a smaller limit is learned from the first answer", async () => {
    const service = simulateRequests({ allowance: new SlidingWindow(), size: 25 });
    await service.askAll(60);
    expect(service.refusals).toEqual([]);
    expect(service.clock.now()).toBeGreaterThan(120_000);
  });

  test("leaves a reserve for others on the same address", async () => {
    const random = createSeededRandom(3);
    const service = simulateRequests({
      allowance: new SlidingWindow(),
      usedByOthers: () => pickInteger(random, 44, 47),
    });
    await service.askAll(40);
    expect(service.refusals).toEqual([]);
  });

  test("keeps the usual limit if the service reports none", () => {
    const budget = new SlidingWindow();
    let sent = 0;
    for (let nowMs = 0; nowMs < 59_000; nowMs += 100) {
      if (budget.computeWaitMs(nowMs, 0) !== 0) continue;
      budget.onSent(nowMs);
      sent += 1;
      budget.onAnswered(nowMs, quietEvent);
    }
    expect(sent).toBeGreaterThan(50);
    expect(sent).toBeLessThanOrEqual(60);
  });
});

test("uses up ListenBrainz' fixed windows: 104 requests wait for three windows, without a refusal", async () => {
  const service = simulateRequests({ allowance: new FixedWindow(), size: 30, fixedWindowMs: 10_000 });
  await service.askAll(104);
  expect(service.refusals).toEqual([]);
  expect(service.clock.now() - (service.arrivals[0] ?? 0)).toBeLessThan(34_000);
});

describe("pausing after one request too many", () => {
  test("sends nothing during the wait, and doubles the waits", async () => {
    const service = simulateRequests({ allowance: new SlidingWindow(), usedByOthers: () => 60 });
    const failures = await Promise.all([service.askAll(3), service.askAll(2)].map(catchFailure));
    expect(failures.every((error) => error instanceof Throttled)).toBe(true);
    const gaps = service.arrivals.slice(1).map((atMs, at) => atMs - (service.arrivals[at] ?? 0));
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toBeGreaterThanOrEqual(60_000);
    expect(gaps[1]).toBeGreaterThanOrEqual(120_000);
    expect(gaps[2]).toBeGreaterThanOrEqual(240_000);
  });

  test("gives up after a quarter of an hour of waits in all, even with good answers between them", async () => {
    const clock = createVirtualClock();
    const pacer = new Pacer({
      service: lastfmFacts,
      rateLimit: new TokenBucket({ perSecond: 5, burst: 5 }),
      clock,
      random: () => 0,
      throttledWaitMs: 30_000,
    });
    const throttled = { retryAfterMs: 100_000 };
    let waits = 0;
    const error = await catchFailure(
      (async () => {
        for (;;) {
          // These are enough good answers that no throttling follows another, as far as the count in a row goes.
          for (let answers = 0; answers < 12; answers += 1) {
            pacer.release(await pacer.acquire(), quietEvent);
          }
          pacer.release(await pacer.acquire(), { ...quietEvent, throttled });
          waits += 1;
        }
      })(),
    );
    expect(error).toBeInstanceOf(Throttled);
    // Nine were waited out.
    expect(waits).toBe(10);
  });
});

describe("Last.fm's rate", () => {
  test("halves the rate after each refusal, and restores it after some hundred answers", () => {
    const rate = new TokenBucket({ perSecond: 5, burst: 5 });
    const measureGap = (nowMs: number): number => {
      rate.computeWaitMs(nowMs);
      for (let burst = 0; burst < 5; burst += 1) rate.onSent(nowMs);
      return rate.computeWaitMs(nowMs);
    };
    expect(measureGap(10_000)).toBe(200);
    rate.onThrottled();
    expect(measureGap(60_000)).toBe(400);
    rate.onThrottled();
    expect(measureGap(120_000)).toBe(800);
    for (let answers = 1; answers <= 100; answers += 1) rate.onAnswered(0, quietEvent);
    expect(measureGap(180_000)).toBeLessThan(300);
    for (let answers = 1; answers <= 100; answers += 1) rate.onAnswered(0, quietEvent);
    expect(measureGap(240_000)).toBe(200);
    for (let refusals = 0; refusals < 50; refusals += 1) rate.onThrottled();
    expect(measureGap(300_000)).toBe(4_000);
  });
});

describe("stopping to wait", () => {
  test("leaves no timer that keeps the program running after a refusal", async () => {
    const service = simulateRequests({ allowance: new SlidingWindow() });
    const stop = new AbortController();
    const ticket = await service.pacer.acquire();
    const waiting = catchFailure(service.pacer.acquire(stop.signal));
    service.pacer.release(ticket, { ...quietEvent, throttled: { retryAfterMs: null } });
    stop.abort(new Error("enough"));
    await waiting;
    expect(service.clock.sleeping()).toBe(0);
  });
});

test.each([
  ["more than the window holds", () => new SlidingWindow(), 54, 12, 60],
  ["several windows", () => new SlidingWindow(), 1, 170, 60],
  ["a rate", () => new TokenBucket({ perSecond: 5, burst: 5 }), 5, 60, 1_000],
])("estimates the time for requests: %s", async (_, allowance, before, requests, size) => {
  const { pacer, clock, askAll } = simulateRequests({ allowance: allowance(), latencyMs: () => 10, size });
  await askAll(before);
  const soonestMs = pacer.soonestMs(requests);
  const startMs = clock.now();
  await askAll(requests);
  const tookMs = clock.now() - startMs;
  // Less than a window off.
  expect(soonestMs).toBeLessThanOrEqual(tookMs);
  expect(tookMs - soonestMs).toBeLessThan(61_000);
});
