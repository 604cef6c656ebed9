// This program once more, in a process of its own.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { ChildEnd, ChildOptions, ProgramChild } from "./host.ts";

/** An error and a stack trace fit into it. */
const mostComplaint = 64 * 1024;

/** It has the environment of this one, and its settings: nothing secret stands among the arguments. */
export function startProgram(
  [program = "", ...argv]: readonly string[],
  { input, limitMs }: ChildOptions = {},
): ProgramChild {
  const child = spawn(process.execPath, [program, ...argv], {
    stdio: ["pipe", "pipe", "pipe"],
    // Ctrl-C at the terminal is for the one that started it, which then stops it in its own way.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  let wasTooSlow = false;
  const kill = (): void => void child.kill("SIGKILL");
  const limit =
    limitMs === undefined
      ? undefined
      : setTimeout(() => {
          wasTooSlow = true;
          kill();
        }, limitMs);
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint = (complaint + text).slice(-mostComplaint);
  });
  // It may have ended before it read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input ?? "");
  const ended = new Promise<ChildEnd>((resolve) => {
    const end = (code: number | null): void => {
      clearTimeout(limit);
      resolve({ code, complaint, wasTooSlow });
    };
    child.once("error", (error) => {
      complaint = `rewind: can't start another process: ${error.message}`;
      end(null);
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
