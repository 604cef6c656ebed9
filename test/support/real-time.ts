// The only door to real time in the tests: for what runs in a process of its own, or for what may take any time.
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds from some start. */
export function getElapsedMs(): number {
  return performance.now();
}

/** The time of day, as programs see it that run in a process of their own. */
export function getRealTimeMs(): number {
  return Date.now();
}

/** Reports a hang: a limit that only a defect ever reaches. */
export function giveUpAfter(ms: number, giveUp: () => void): { readonly lift: () => void } {
  const timer = setTimeout(giveUp, ms);
  return { lift: () => clearTimeout(timer) };
}

/** A pause whose length decides nothing: no test may pass or fail by it. */
export async function waitRealTime(ms: number): Promise<void> {
  await pause(ms);
}
