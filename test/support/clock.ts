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
