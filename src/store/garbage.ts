// V8 lets hundreds of megabytes of garbage pile up before it looks at old objects; a long walk asks it to, in between:
// a first sync of 100 000 records takes 225 MB at most with it, and 370 without (test/bench/sync.mjs memory).
import { exposedCollector } from "../engine-flags.ts";

let collect: (() => void) | undefined;

/** Takes some 40 ms. */
export function collectGarbage(): void {
  collect ??= exposedCollector();
  collect();
}
