// Signals as the process hears them, and as it sends them to itself.
import { constants } from "node:os";
import type { Host } from "./host.ts";

export function processSignals(process: NodeJS.Process): Host["signals"] {
  return {
    on: (signal, listener) => process.on(signal, listener),
    removeListener: (signal, listener) => process.removeListener(signal, listener),
    raise: (signal) => {
      // Windows knows no signals: kill() would end the process with 1, whichever is named.
      if (process.platform === "win32") process.exit(128 + constants.signals[signal]);
      else process.kill(process.pid, signal);
    },
  };
}
