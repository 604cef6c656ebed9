// The command line in process: run() of main.ts with every part of its host made here.
import { EventEmitter } from "node:events";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect } from "vitest";
import type { ProgramHost } from "../../src/context.ts";
import type { Clock, HandledSignal, OutputStream } from "../../src/host/host.ts";
import type { Usernames } from "../../src/settings/connection.ts";
import { createInProcessStarter } from "./in-process-program.ts";
import type { ExitCode } from "../../src/model/errors.ts";
import { run } from "../../src/main.ts";
import type { Services } from "../../src/sources/services/service-clients.ts";
import { createVirtualClock } from "./virtual-clock.ts";
import { createTempDirectory } from "./temp-directories.ts";

/** The time of every run that sets no other. */
export const noon = Date.UTC(2026, 2, 14, 12);

export interface CliOptions {
  /** The home directory: settings and cache lie in it. Without one, an empty one for this run. */
  readonly home?: string;
  /** Variables that win over the home's own. Nothing else of the real environment is seen. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The streams that are terminals; true: stdin, stdout and stderr. */
  readonly tty?: boolean | { readonly stdin?: boolean; readonly stdout?: boolean; readonly stderr?: boolean };
  /** The width of the terminal. */
  readonly columns?: number;
  /** A list: one piece after the other, as keys are pressed. */
  readonly stdin?: string | readonly string[] | Readable;
  /** Called where stdin is a terminal, whenever its keys come one by one or by lines again. */
  readonly onRawMode?: (isRaw: boolean) => void;
  readonly services?: Services;
  readonly accounts?: Usernames;
  /** A clock, or the moment at which it starts; it only moves while someone sleeps. Without it, a noon in March. */
  readonly now?: number | Date | Clock;
  readonly random?: () => number;
  readonly platform?: NodeJS.Platform;
  /** Emit "SIGINT" or "SIGTERM" on it to interrupt the run. */
  readonly signals?: EventEmitter;
  /** Returns true if the browser takes the page. There is no browser without it. */
  readonly openPage?: (address: string) => boolean;
  /** Takes what is paged, and the command that shall show it; false: it couldn't. Without it, there is no pager. */
  readonly runPager?: (text: string, command: string | null) => boolean;
  /** Runs the program beside this run; without it, this process does. */
  readonly startProgram?: ProgramHost["startProgram"];
  /** Called with each piece of output as it is written. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr") => void;
}

export interface CliResult {
  readonly code: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** The signal that the program sent to itself. */
  readonly raised: HandledSignal | null;
}

/** The error of a run that ended with this code and has no answer. */
export function requireError(
  { code, stdout, stderr }: Omit<CliResult, "code" | "raised"> & { readonly code: number | null },
  expectedCode: number,
): string {
  expect({ code, stdout }).toEqual({ code: expectedCode, stdout: "" });
  return stderr;
}

/** The parsed document of a `--json` run that has to succeed. */
export async function runCliJson(argv: readonly string[], options: CliOptions = {}): Promise<unknown> {
  const { code, stdout, stderr } = await runCli(argv, options);
  if (code !== 0) throw new Error(`rewind ${argv.join(" ")} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** The environment that keeps every file of the program inside `home`. */
export function buildHomeEnv(home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, "config"),
    XDG_DATA_HOME: join(home, "data"),
    XDG_CACHE_HOME: join(home, "cache"),
  };
}

/** Runs one command line to its end. */
export async function runCli(argv: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const tty = toTerminalFlags(options.tty);
  const written = { stdout: "", stderr: "" };
  let raised: CliResult["raised"] = null;
  const createStream = (name: "stdout" | "stderr"): OutputStream => ({
    isTTY: tty[name],
    ...(tty[name] ? { columns: options.columns ?? 80 } : {}),
    write(text, done) {
      written[name] += text;
      options.onOutput?.(text, name);
      if (done !== undefined) queueMicrotask(done);
      return true;
    },
    once: () => undefined,
  });
  const stdin =
    options.stdin instanceof Readable
      ? options.stdin
      : Readable.from(
          typeof options.stdin === "string" ? [options.stdin].filter(Boolean) : (options.stdin ?? []),
        );
  const signals = options.signals ?? new EventEmitter();
  const host: ProgramHost = {
    version: "0.0.0-test",
    stdin: Object.assign(stdin, {
      isTTY: tty.stdin,
      ...(tty.stdin ? { setRawMode: (isRaw: boolean) => options.onRawMode?.(isRaw) } : {}),
    }),
    stdout: createStream("stdout"),
    stderr: createStream("stderr"),
    env: {
      ...buildHomeEnv(options.home ?? createTempDirectory("rewind-home")),
      LANG: "C.UTF-8",
      ...options.env,
    },
    platform: options.platform ?? "linux",
    clock: toClock(options.now),
    random: options.random ?? (() => 0.5),
    signals: {
      on: (signal, listener) => signals.on(signal, listener),
      removeListener: (signal, listener) => signals.removeListener(signal, listener),
      raise: (signal) => {
        raised = signal;
      },
    },
    startProgram:
      options.startProgram ?? createInProcessStarter((line, replaced) => run(line, { ...host, ...replaced })),
    openPage: async (address) => options.openPage?.(address) ?? false,
    ...(options.runPager === undefined
      ? {}
      : { runPager: async (text, command) => options.runPager?.(text, command) === true }),
    ...(options.services === undefined ? {} : { services: options.services }),
    ...(options.accounts === undefined ? {} : { accounts: options.accounts }),
  };
  const code = await run(argv, host);
  return { code, ...written, raised };
}

function toTerminalFlags(tty: CliOptions["tty"]): { stdin: boolean; stdout: boolean; stderr: boolean } {
  if (typeof tty !== "object") return { stdin: tty === true, stdout: tty === true, stderr: tty === true };
  return { stdin: tty.stdin === true, stdout: tty.stdout === true, stderr: tty.stderr === true };
}

function toClock(now: CliOptions["now"]): Clock {
  if (typeof now === "object" && !(now instanceof Date)) return now;
  return createVirtualClock(Number(now ?? noon));
}
