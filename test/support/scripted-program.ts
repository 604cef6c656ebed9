// Replaces this program in a process of its own: it says what the test has it say, and ends when the test has it end.
import { once, EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { createInterface } from "node:readline";
import type { ChildExit, Host } from "../../src/host/host.ts";

export function createScriptedProgram() {
  const started: (readonly string[])[] = [];
  const heard = new EventEmitter();
  let stops = 0;
  let stdout = new PassThrough();
  let end: ((message: ChildExit) => void) | undefined;
  const emitStop = (): void => {
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
      const ended = new Promise<ChildExit>((resolve) => {
        end = resolve;
      });
      return { lines: createInterface({ input: stdout }), ended, stop: emitStop, kill: emitStop };
    },
    /** A line of the one that was started last. */
    say: (document: object) => void stdout.write(`${JSON.stringify(document)}\n`),
    end: (message: Partial<ChildExit>) => {
      stdout.end();
      end?.({ code: 0, failure: null, wasTooSlow: false, ...message });
    },
  };
}
