// V8 lets hundreds of megabytes of garbage pile up before it looks at old objects; a long walk asks it to, in between:
// a first sync of 100 000 records takes 225 MB at most with it, and 370 without (test/bench/sync.mjs memory).

let collect: (() => void) | undefined;

/** Takes some 40 ms. */
export function collectGarbage(): void {
  collect ??= exposedCollector();
  collect();
}

function exposedCollector(): () => void {
  // Not imported: every start would load them.
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  const { runInNewContext } = process.getBuiltinModule("node:vm");
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  return typeof gc === "function" ? (): void => void Reflect.apply(gc, undefined, []) : (): void => {};
}
