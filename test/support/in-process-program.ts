// Runs a command line in this process for callers that expect a child process.
import { EventEmitter } from "node:events";
import { PassThrough, Readable } from "node:stream";
import { createInterface } from "node:readline";
import type { Host, OutputStream, ProgramChild } from "../../src/host/host.ts";
import {
  type ExitCode,
  type ReportedFailure,
  RewindError,
  toReportedFailure,
} from "../../src/model/errors.ts";

type RunLine = (line: readonly string[], replaced: Partial<Host>) => Promise<ExitCode | void>;

/** `run` returns the exit code or throws. Time limits are not supported. */
export function createInProcessStarter(run: RunLine): Host["startProgram"] {
  return async (line, { input = "" } = {}) => createChild((replaced) => run(line, replaced), input);
}

function createChild(
  run: (replaced: Partial<Host>) => Promise<ExitCode | void>,
  input: string,
): ProgramChild {
  const signals = new EventEmitter();
  const stdout = new PassThrough();
  let failure: ReportedFailure | null = null;
  const stderr: OutputStream = {
    isTTY: false,
    write(_text, done) {
      if (done !== undefined) queueMicrotask(done);
      return true;
    },
    once: () => undefined,
  };
  const ended = run({
    stdin: Readable.from(input === "" ? [] : [input]),
    stdout: {
      isTTY: false,
      write: (text, done) => stdout.write(text, "utf8", done),
      once: (event, listener) => stdout.once(event, listener),
    },
    stderr,
    reportFailure: (reported) => {
      failure = reported;
    },
    signals: {
      on: (signal, listener) => signals.on(signal, listener),
      removeListener: (signal, listener) => signals.removeListener(signal, listener),
      raise: () => {},
    },
  })
    .then((code) => code ?? 0)
    .catch((error: unknown) => {
      if (!(error instanceof RewindError)) throw error;
      failure = toReportedFailure(error);
      return error.exitCode;
    })
    .then((code) => ({ code, failure, wasTooSlow: false }))
    .finally(() => stdout.end());
  return {
    lines: createInterface({ input: stdout }),
    ended,
    stop: () => void signals.emit("SIGTERM"),
    kill: () => void signals.emit("SIGTERM"),
  };
}
