import type { Clock } from "../../src/sources/steady-clock.ts";

export interface QuickClock extends Clock {
  /** Each sleep asked for, in milliseconds. */
  readonly slept: number[];
}

/**
 * A clock whose sleeps take no time but move it on by what was asked for. Give its `now` to the stand-ins as
 * well, so that their rate limits go by the same time. One sleep at a time runs out, the shortest first, when
 * nothing else is left to do.
 */
export function quickClock(startMs = 1_000_000): QuickClock {
  const slept: number[] = [];
  let skippedMs = 0;
  const realStartMs = performance.now();
  const now = (): number => startMs + skippedMs + (performance.now() - realStartMs);
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();
  let turning = false;

  function turn(): void {
    turning = false;
    const next = [...sleepers].toSorted((a, b) => a.untilMs - b.untilMs)[0];
    if (!next) return;
    skippedMs += Math.max(0, next.untilMs - now());
    sleepers.delete(next);
    next.wake();
    schedule();
  }

  function schedule(): void {
    if (turning || sleepers.size === 0) return;
    turning = true;
    // Some milliseconds of grace for answers on their way over loopback.
    setTimeout(turn, 5);
  }

  return {
    slept,
    now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Error("aborted"));
        slept.push(ms);
        const sleeper = { untilMs: now() + ms, wake: resolve };
        sleepers.add(sleeper);
        signal?.addEventListener(
          "abort",
          () => {
            sleepers.delete(sleeper);
            reject(new Error("aborted"));
          },
          { once: true },
        );
        schedule();
      }),
  };
}

/**
 * A clock without any real time: it moves on to the next sleeper when nothing else is left to do in the
 * process. For what never leaves the process: the same run, to the millisecond, each time.
 */
export function virtualClock(startMs = 0): QuickClock & { readonly jump: (ms: number) => void } {
  const slept: number[] = [];
  let elapsedMs = startMs;
  let jumpedMs = 0;
  const sleepers = new Set<{ readonly untilMs: number; readonly wake: () => void }>();
  let turning = false;

  function turn(): void {
    turning = false;
    const next = [...sleepers].toSorted((a, b) => a.untilMs - b.untilMs)[0];
    if (!next) return;
    elapsedMs = Math.max(elapsedMs, next.untilMs);
    sleepers.delete(next);
    next.wake();
    schedule();
  }

  function schedule(): void {
    if (turning || sleepers.size === 0) return;
    turning = true;
    setImmediate(() => setImmediate(turn));
  }

  return {
    slept,
    now: () => elapsedMs + jumpedMs,
    /** Sets what the clock shows forward or back; sleepers wake when they would have. */
    jump: (ms) => {
      jumpedMs += ms;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(new Error("aborted"));
        slept.push(ms);
        const sleeper = { untilMs: elapsedMs + ms, wake: resolve };
        sleepers.add(sleeper);
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(new Error("aborted"));
        };
        signal?.addEventListener("abort", stop, { once: true });
        schedule();
      }),
  };
}
