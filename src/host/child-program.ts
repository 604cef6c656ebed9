// This program once more, in a process of its own.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { ChildEnd, ChildOptions, ProgramChild } from "./host.ts";
import type { ReportedFailure } from "../model/errors.ts";

/** It has the environment of this one, and its settings: nothing secret stands among the arguments. */
export function startProgram(
  [program = "", ...argv]: readonly string[],
  { input, limitMs }: ChildOptions = {},
): ProgramChild {
  const child = spawn(process.execPath, [program, ...argv], {
    // Through the channel it reports why it failed; its stderr is for people.
    stdio: ["pipe", "pipe", "ignore", "ipc"],
    // Ctrl-C at the terminal is for the one that started it, which then stops it in its own way.
    detached: process.platform !== "win32",
    windowsHide: true,
  }) as ChildProcessByStdio<Writable, Readable, null>;
  let wasTooSlow = false;
  const kill = (): void => void child.kill("SIGKILL");
  const limit =
    limitMs === undefined
      ? undefined
      : setTimeout(() => {
          wasTooSlow = true;
          kill();
        }, limitMs);
  let failure: ReportedFailure | null = null;
  child.on("message", (reported) => {
    failure = reported as ReportedFailure;
  });
  // It may have ended before it read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const ended = new Promise<ChildEnd>((resolve) => {
    const end = (code: number | null): void => {
      clearTimeout(limit);
      resolve({ code, failure, wasTooSlow });
    };
    child.once("error", (error) => {
      const message = `can't start another process: ${error.message}`;
      failure = { exitCode: 1, message, hint: "", isAlreadySyncing: false };
      end(1);
    });
    child.once("close", end);
  });
  return {
    lines: createInterface({ input: child.stdout }),
    ended,
    stop: () => void child.kill("SIGTERM"),
    kill,
  };
}
