// The first Ctrl-C or SIGTERM aborts the running work, which keeps what it has: a sync stops after the page that it stores,
// and the next sync continues from there. The second one ends the process.
import { InterruptedError } from "../model/errors.ts";
import type { Host } from "./host.ts";

export interface Interruption {
  /** Listens from the first call on. The reason of the abort is an InterruptedError. */
  signal(): AbortSignal;
  /** Stops listening, so that the next Ctrl-C ends the process. */
  stopListening(): void;
}

export function createInterruption(signals: Host["signals"]): Interruption {
  let interrupt: AbortController | undefined;
  const listeners = (["SIGINT", "SIGTERM"] as const).map((signal) => ({
    signal,
    stop: () => {
      // The next signal must end the process even while a transaction blocks this thread. Other listeners of this
      // signal run first: one restores the cursor and ends the process if it finds itself alone.
      queueMicrotask(stopListening);
      interrupt?.abort(new InterruptedError(signal));
    },
  }));
  const stopListening = (): void => {
    for (const { signal, stop } of listeners) signals.removeListener(signal, stop);
  };
  return {
    signal() {
      if (interrupt === undefined) for (const { signal, stop } of listeners) signals.on(signal, stop);
      interrupt ??= new AbortController();
      return interrupt.signal;
    },
    stopListening,
  };
}
