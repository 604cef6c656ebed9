// Preloaded before the program: it waits a hundredth of the time before it tries again. Time limits of requests, of half
// a minute, stay.
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers/promises";

const wait = timers.setTimeout;
timers.setTimeout = (ms, ...rest) => wait(ms < 20_000 ? ms / 100 : ms, ...rest);
syncBuiltinESMExports();
