// Starts this program in another process.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { ChildEnd, ChildOptions, ProgramChild } from "./host.ts";
import type { ReportedFailure } from "../model/errors.ts";

/** Secrets reach it through the environment and the settings, never through its arguments. */
export function startProgram(
  [program = "", ...argv]: readonly string[],
  { input, limitMs }: ChildOptions = {},
): ProgramChild {
  const child = spawn(process.execPath, [program, ...argv], {
    // It reports failures through the channel.
    stdio: ["pipe", "pipe", "ignore", "ipc"],
    // Ctrl-C reaches this process alone, which then stops the other.
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
  child.on("message", (message) => {
    failure = message as ReportedFailure;
  });
  // It may end before it has read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const childEnd = new Promise<ChildEnd>((resolve) => {
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
    ended: childEnd,
    stop: () => void child.kill("SIGTERM"),
    kill,
  };
}
