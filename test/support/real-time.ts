// The only door to real time in the tests: for what runs in a process of its own, or for what may take any time.
import { setTimeout as pause } from "node:timers/promises";

/** Milliseconds from some start. */
export function realNow(): number {
  return performance.now();
}

/** A pause whose length decides nothing: no test may pass or fail by it. */
export async function realPause(ms: number): Promise<void> {
  await pause(ms);
}
