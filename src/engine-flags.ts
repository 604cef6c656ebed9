// Flags of V8 that are set while the program runs, all of them here. What is compiled under other flags is not taken from
// the compile cache, nor put there for the next start: each flag is taken back as soon as it has done its work.

/** By the flag its default, which is the same in all versions of Node from 20 to 26. */
const inlined = { flag: "--max-inlined-bytecode-size-cumulative", usual: 920, sooner: 200 };

let isSooner = false;

/**
 * Until the event loop turns, code is compiled sooner, with fewer calls inlined. Matching a whole shelf is over in less time
 * than V8 takes to compile it at its best, beside it: 10 000 records among 100 000 albums take 1.05 s of processor and
 * not 1.33, and an eighth less time on two cores. What goes on for long is the better for inlining.
 */
export function compileSooner(): void {
  if (isSooner) return;
  isSooner = true;
  setFlags(`${inlined.flag}=${inlined.sooner}`);
  setImmediate(() => {
    isSooner = false;
    setFlags(`${inlined.flag}=${inlined.usual}`);
  });
}

/** What collects garbage; does nothing where V8 offers no such thing. */
export function exposedCollector(): () => void {
  const { runInNewContext } = process.getBuiltinModule("node:vm");
  setFlags("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  setFlags("--no-expose-gc");
  return typeof gc === "function" ? (): void => void Reflect.apply(gc, undefined, []) : (): void => {};
}

function setFlags(flags: string): void {
  // Not imported: every start would load it.
  process.getBuiltinModule("node:v8").setFlagsFromString(flags);
}
