// Starts other programs: the user's pager and browser, and this program in another process.
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { ChildExit, ChildOptions, Host, ProgramChild } from "./host.ts";
import type { ReportedFailure } from "../model/errors.ts";

type HostEnvironment = Pick<Host, "platform" | "env">;

/** Resolves when the pager ends; false if none could be started. `command` null: less, if it is installed. */
export function runPager(
  text: string,
  command: string | null,
  { env, platform }: HostEnvironment,
): Promise<boolean> {
  // PAGER may be a line of shell.
  const pager = spawn(command ?? "less", {
    shell: command !== null,
    stdio: ["pipe", "inherit", "inherit"],
    // F: short texts need no key press. R: colours. X: the text stays on the screen.
    env: { ...env, LESS: env["LESS"] ?? "FRX" },
  });
  return new Promise((resolve) => {
    pager.once("error", () => resolve(false));
    pager.once("close", (code) => resolve(isProgramFound(code, platform)));
    // The user may leave before it has read everything.
    pager.stdin.on("error", () => {});
    pager.stdin.end(text);
  });
}

/** false if the exit code means that there is no such program. On Windows, that may be 1. */
export function isProgramFound(code: number | null, platform: NodeJS.Platform): boolean {
  const missing = platform === "win32" ? [1, 9009] : [126, 127];
  return code === null || !missing.includes(code);
}

/** Resolves once a browser took the address; false if there is none. The browser outlives us. */
export async function openPage(address: string, surroundings: HostEnvironment): Promise<boolean> {
  for (const [command = "", ...words] of listOpenCommands(address, surroundings)) {
    if (await startDetached(command, words)) return true;
  }
  return false;
}

/**
 * Commands that open the page, the best first; none unless it is a page on the web or a file of this machine: every user
 * would see an address of our own server. The address has no blanks or quotes, at which programs of Windows would take
 * their one line apart.
 */
export function listOpenCommands(
  address: string,
  surroundings: HostEnvironment,
): readonly (readonly string[])[] {
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPage = url?.host === "" ? url.protocol === "file:" : url?.protocol === "https:";
  return isPage && url !== null ? listBrowserCommands(surroundings).map((words) => [...words, url.href]) : [];
}

function listBrowserCommands({ platform, env }: HostEnvironment): readonly (readonly string[])[] {
  if (platform === "win32") return [["rundll32", "url.dll,FileProtocolHandler"]];
  // A list of commands, separated by colons. A command with % takes the address elsewhere than at its end: skip it.
  const preferred = (env["BROWSER"] ?? "")
    .split(":")
    .map((command) => command.split(/\s+/).filter((word) => word !== ""))
    .filter((words) => words.length > 0 && !words.some((word) => word.includes("%")));
  if (platform === "darwin") return [...preferred, ["open"]];
  if (env["WSL_DISTRO_NAME"] !== undefined) return [...preferred, ["wslview"], ["explorer.exe"]];
  // xdg-open without a desktop would start a text browser in the middle of our output.
  const hasDesktop = env["DISPLAY"] !== undefined || env["WAYLAND_DISPLAY"] !== undefined;
  return hasDesktop ? [...preferred, ["xdg-open"]] : preferred;
}

/** Uses no shell, so that an address is an argument and nothing else. */
function startDetached(command: string, words: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, words, { detached: true, stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("spawn", () => {
      child.unref();
      resolve(true);
    });
  });
}

/** Starts this program. Secrets reach it through the environment and the settings, never through its arguments. */
export function startProgram(
  argv: readonly string[],
  { input = "", limitMs }: ChildOptions = {},
): ProgramChild {
  const child = spawn(process.execPath, argv, {
    // The child reports failures through the channel.
    stdio: ["pipe", "pipe", "ignore", "ipc"],
    // Ctrl-C reaches this process alone, which then stops the other.
    detached: process.platform !== "win32",
    windowsHide: true,
  }) as ChildProcessByStdio<Writable, Readable, null>;
  let wasTooSlow = false;
  let failure: ReportedFailure | null = null;
  const kill = (): void => void child.kill("SIGKILL");
  const handleTimeout = (): void => {
    wasTooSlow = true;
    kill();
  };
  const limit = limitMs === undefined ? undefined : setTimeout(handleTimeout, limitMs);
  child.on("message", (message) => {
    failure = message as ReportedFailure;
  });
  // The child may end before it has read everything.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  const childEnd = new Promise<ChildExit>((resolve) => {
    const handleExit = (code: number | null): void => {
      clearTimeout(limit);
      resolve({ code, failure, wasTooSlow });
    };
    child.once("error", (error) => {
      const message = `can't start another process: ${error.message}`;
      failure = { exitCode: 1, message, hint: "", isAlreadySyncing: false };
      handleExit(1);
    });
    child.once("close", handleExit);
  });
  return {
    lines: createInterface({ input: child.stdout }),
    ended: childEnd,
    stop: () => void child.kill("SIGTERM"),
    kill,
  };
}
