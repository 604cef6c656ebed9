import { describe, expect, test } from "vitest";
import { discogsFacts, lastfmFacts } from "../../../src/sources/services/service-facts.ts";
import { Budget, FixedWindow, Rate } from "../../../src/sources/transport/allowances.ts";
import { Throttled } from "../../../src/sources/transport/service-errors.ts";
import { Pacer, type Allowance, type News } from "../../../src/sources/transport/pacing.ts";
import { virtualClock } from "../../support/clock.ts";
import { between, seeded } from "../../support/random.ts";
import { failureOf } from "../clients.ts";

const quiet: News = { answered: true, size: null, remaining: null, throttled: null };

/** A service with a moving window, in virtual time: what was sent when, and what it answered. */
function simulate(options: {
  readonly allowance: Allowance;
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
  const clock = virtualClock();
  const waits: number[] = [];
  const pacer = new Pacer({
    service: discogsFacts,
    allowance,
    clock,
    random: seeded(1),
    throttledWaitMs: firstWaitMs,
    onWait: (_, ms) => waits.push(Math.round(ms)),
  });
  const arrivals: number[] = [];
  const refusals: number[] = [];
  let inFlight = 0;
  let peak = 0;

  /** One request, repeated while it is one too many. */
  async function ask(): Promise<void> {
    for (;;) {
      const ticket = await pacer.enter();
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
      pacer.leave(ticket, {
        answered: true,
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
    askAll: (count: number) => Promise.all(Array.from({ length: count }, ask)),
  };
}

describe("Discogs' budget", () => {
  test.each([200, 500])(
    "%i requests take little longer than the limit demands, without a refusal",
    async (count) => {
      const service = simulate({ allowance: new Budget() });
      await service.askAll(count);
      const least = Math.floor((count - 1) / 60) * 60_000;
      expect(service.refusals).toEqual([]);
      expect(service.clock.now()).toBeGreaterThanOrEqual(least);
      expect(service.clock.now() / least).toBeLessThan(1.05);
    },
  );

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    "answers of any latency, out of order: no refusal (seed %i)",
    async (seed) => {
      const random = seeded(seed);
      const service = simulate({
        allowance: new Budget(),
        latencyMs: () => between(random, 1, 900),
      });
      await service.askAll(250);
      expect(service.refusals).toEqual([]);
    },
  );

  test("a smaller limit is learned from the first answer", async () => {
    const service = simulate({ allowance: new Budget(), size: 25 });
    await service.askAll(60);
    expect(service.refusals).toEqual([]);
    expect(service.clock.now()).toBeGreaterThan(120_000);
  });

  test("leaves a reserve for others on the same address", async () => {
    const random = seeded(3);
    const service = simulate({
      allowance: new Budget(),
      usedByOthers: () => between(random, 44, 47),
    });
    await service.askAll(40);
    expect(service.refusals).toEqual([]);
  });

  test("keeps the usual limit if the service reports none", () => {
    const budget = new Budget();
    let sent = 0;
    for (let nowMs = 0; nowMs < 59_000; nowMs += 100) {
      if (budget.waitMs(nowMs, 0) !== 0) continue;
      budget.sent(nowMs);
      sent += 1;
      budget.answered(nowMs, quiet);
    }
    expect(sent).toBeGreaterThan(50);
    expect(sent).toBeLessThanOrEqual(60);
  });
});

test("ListenBrainz' fixed windows are used up: 104 requests take three windows' ends, without a refusal", async () => {
  const service = simulate({ allowance: new FixedWindow(), size: 30, fixedWindowMs: 10_000 });
  await service.askAll(104);
  expect(service.refusals).toEqual([]);
  expect(service.clock.now() - (service.arrivals[0] ?? 0)).toBeLessThan(34_000);
});

describe("the gate after a request too many", () => {
  test("nothing is sent inside the wait, and the waits double", async () => {
    const service = simulate({ allowance: new Budget(), usedByOthers: () => 60 });
    const failures = await Promise.all([service.askAll(3), service.askAll(2)].map(failureOf));
    expect(failures.every((error) => error instanceof Throttled)).toBe(true);
    const gaps = service.arrivals.slice(1).map((atMs, at) => atMs - (service.arrivals[at] ?? 0));
    expect(gaps).toHaveLength(3);
    expect(gaps[0]).toBeGreaterThanOrEqual(60_000);
    expect(gaps[1]).toBeGreaterThanOrEqual(120_000);
    expect(gaps[2]).toBeGreaterThanOrEqual(240_000);
  });

  test("gives up after a quarter of an hour of waits in all, even with good answers between them", async () => {
    const clock = virtualClock();
    const pacer = new Pacer({
      service: lastfmFacts,
      allowance: new Rate({ perSecond: 5, burst: 5 }),
      clock,
      random: () => 0,
      throttledWaitMs: 30_000,
    });
    const throttled = { retryAfterMs: 100_000 };
    let waits = 0;
    const error = await failureOf(
      (async () => {
        for (;;) {
          // Enough good answers that no throttling follows another, as far as the count in a row goes.
          for (let answers = 0; answers < 12; answers += 1) {
            pacer.leave(await pacer.enter(), quiet);
          }
          pacer.leave(await pacer.enter(), { ...quiet, throttled });
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
  test("half as fast after each refusal, back again after some hundred answers", () => {
    const rate = new Rate({ perSecond: 5, burst: 5 });
    const gapAfter = (nowMs: number): number => {
      rate.waitMs(nowMs);
      for (let burst = 0; burst < 5; burst += 1) rate.sent(nowMs);
      return rate.waitMs(nowMs);
    };
    expect(gapAfter(10_000)).toBe(200);
    rate.throttled();
    expect(gapAfter(60_000)).toBe(400);
    rate.throttled();
    expect(gapAfter(120_000)).toBe(800);
    for (let answers = 1; answers <= 100; answers += 1) rate.answered(0, quiet);
    expect(gapAfter(180_000)).toBeLessThan(300);
    for (let answers = 1; answers <= 100; answers += 1) rate.answered(0, quiet);
    expect(gapAfter(240_000)).toBe(200);
    for (let refusals = 0; refusals < 50; refusals += 1) rate.throttled();
    expect(gapAfter(300_000)).toBe(4_000);
  });
});

describe("who stops waiting", () => {
  test("in the long wait after a refusal leaves no sleep behind that keeps the program running", async () => {
    const service = simulate({ allowance: new Budget() });
    const stop = new AbortController();
    const ticket = await service.pacer.enter();
    const waiting = failureOf(service.pacer.enter(stop.signal));
    service.pacer.leave(ticket, { ...quiet, throttled: { retryAfterMs: null } });
    stop.abort(new Error("enough"));
    await waiting;
    expect(service.clock.sleeping()).toBe(0);
  });
});

test.each([
  ["more than the window holds", () => new Budget(), 54, 12, 60],
  ["several windows", () => new Budget(), 1, 170, 60],
  ["a rate", () => new Rate({ perSecond: 5, burst: 5 }), 5, 60, 1_000],
])("estimates the time for requests: %s", async (_, allowance, before, requests, size) => {
  const { pacer, clock, askAll } = simulate({ allowance: allowance(), latencyMs: () => 10, size });
  await askAll(before);
  const soonestMs = pacer.soonestMs(requests);
  const startMs = clock.now();
  await askAll(requests);
  const tookMs = clock.now() - startMs;
  // Less than a window off.
  expect(soonestMs).toBeLessThanOrEqual(tookMs);
  expect(tookMs - soonestMs).toBeLessThan(61_000);
});
