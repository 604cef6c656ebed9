// V8 lets hundreds of megabytes of garbage pile up before it looks at old objects; a long walk asks it to, in between.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

let collect: (() => void) | undefined;

/** Takes some 40 ms. */
export function collectGarbage(): void {
  collect ??= exposedCollector();
  collect();
}

function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  return typeof gc === "function" ? (): void => void Reflect.apply(gc, undefined, []) : (): void => {};
}
