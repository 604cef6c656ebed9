// In place of this program in a process of its own: it says what the test has it say, and ends when the test has it end.
import { once, EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { createInterface } from "node:readline";
import type { ChildEnd, Host } from "../../src/host/host.ts";

export function scriptedProgram() {
  const started: (readonly string[])[] = [];
  const heard = new EventEmitter();
  let stops = 0;
  let stdout = new PassThrough();
  let end: ((told: ChildEnd) => void) | undefined;
  const stop = (): void => {
    stops += 1;
    heard.emit("stop");
  };
  return {
    /** The arguments of each that was started. */
    started,
    /** The number of requests to stop. */
    stops: () => stops,
    /** Resolves after a request to stop. */
    stopped: () => once(heard, "stop"),
    startProgram: async (argv: readonly string[]): ReturnType<Host["startProgram"]> => {
      started.push(argv);
      stdout = new PassThrough();
      const ended = new Promise<ChildEnd>((resolve) => {
        end = resolve;
      });
      return { lines: createInterface({ input: stdout }), ended, stop, kill: stop };
    },
    /** A line of the one that was started last. */
    say: (document: object) => void stdout.write(`${JSON.stringify(document)}\n`),
    end: (told: Partial<ChildEnd>) => {
      stdout.end();
      end?.({ code: 0, failure: null, wasTooSlow: false, ...told });
    },
  };
}
