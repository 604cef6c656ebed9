// Runs a command line and turns every error into a message and an exit code. No other file sets the exit code.
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Context, ProgramHost } from "./context.ts";
import { enableCompileCache } from "./host/compile-cache.ts";
import type { OutputStream } from "./host/host.ts";
import { packageRoot } from "./host/paths.ts";
import { createProcessSignals, getOutputStream } from "./host/process.ts";
import {
  getErrorCode,
  InterruptedError,
  NegativeAnswer,
  toReportedFailure,
  RewindError,
  SystemError,
  type ExitCode,
  getSystemMessage,
} from "./model/errors.ts";
import { redact } from "./model/redact.ts";
import { toLine, joinLines, toPrintableLines, safe } from "./output/safe-text.ts";
import { isClosedPipe, writeWhole } from "./output/stream.ts";
import { readSecrets } from "./sources/service-lookup.ts";

/** Runs one command line and closes everything it opened. */
export async function run(argv: readonly string[], host: ProgramHost): Promise<ExitCode> {
  const contexts: Context[] = [];
  try {
    // Scripts often ask for the version, so answer without loading the command tree.
    if (argv.length === 1 && isVersionFlag(argv[0])) {
      await writeWhole(host.stdout, toLine(host.version));
      return 0;
    }
    const hiddenRun = hiddenCommands.get(argv[0] ?? "");
    if (hiddenRun !== undefined) {
      await hiddenRun(argv.slice(1), host);
      return 0;
    }
    const { runProgram } = await import("./cli/run-program.ts");
    await runProgram(argv, { host, onContext: (context) => contexts.push(context) });
    return 0;
  } catch (error) {
    const failure = await explainError(error, contexts);
    const exitCode = await report(failure, argv, host);
    if (exitCode !== 0 && !(failure instanceof NegativeAnswer))
      await recordError(failure, exitCode, argv, host);
    return exitCode;
  } finally {
    for (const context of contexts) await context.close();
  }
}

type HiddenRun = (argv: readonly string[], host: ProgramHost) => void | Promise<void>;

const hiddenCommands = new Map<string, HiddenRun>(
  Object.entries<HiddenRun>({
    /** The completion scripts call this at every Tab. */
    __complete: async (argv, host) => (await import("./cli/complete.ts")).completeLine(argv, host),
    __sql: async (argv, host) => (await import("./commands/mcp/sql-process.ts")).printSqlPage(argv, host),
    __page: async (_, host) => (await import("./commands/serve/page-renderer.ts")).printPage(host),
    __plays: async () => (await import("./commands/serve/play-writer.ts")).runPlayWriter(),
    __answers: async () => (await import("./commands/serve/query-thread.ts")).runQueryThread(),
  }),
);

function isVersionFlag(argument: string | undefined): boolean {
  return argument === "--version" || argument === "-V";
}

/** Explaining an error reads the cache. If that fails too, the first error is reported. */
async function explainError(error: unknown, contexts: readonly Context[]): Promise<unknown> {
  try {
    const { explainWith } = await import("./cli/run-declared.ts");
    return explainSystemError(await explainWith(contexts, error));
  } catch {
    return explainSystemError(error);
  }
}

async function report(error: unknown, argv: readonly string[], host: ProgramHost): Promise<ExitCode> {
  const { stderr, env, reportFailure } = host;
  if (isClosedPipe(error)) return 0;
  if (error instanceof NegativeAnswer) return error.exitCode;
  const debug = argv.includes("--debug");
  // A secret may have been pasted into any setting.
  const secrets = readSecrets(env);
  const redactSecrets = (text: string): string => redact(text, secrets);
  if (error instanceof RewindError) {
    reportFailure?.(toReportedFailure(error, redactSecrets));
    // The text may contain names from the services and what the user typed. Neither may add lines or fill the screen.
    const hints = error.hint.split("\n").filter((line) => line !== "");
    const lines = [`rewind: ${error.message}`, ...hints.slice(0, 2)].map(redactSecrets).map(shorten);
    const { wrapMessage } = await import("./output/paragraph.ts");
    const { detectTerminal } = await import("./output/terminal.ts");
    stderr.write(joinLines(wrapMessage(lines, detectTerminal(stderr, env))));
    if (debug)
      stderr.write(joinLines([toPrintableLines(redactSecrets(await mapStackToSources(error.stack ?? "")))]));
    return error.exitCode;
  }
  // An unexpected error is shown with its stack.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(joinLines([toPrintableLines(redactSecrets(await mapStackToSources(stack)))]));
  stderr.write(
    safe`rewind: this is a bug in rewind; please report it with the lines above and: rewind doctor --report\n`,
  );
  const bug = "this is a bug in rewind; please report it";
  reportFailure?.(
    toReportedFailure(new SystemError(bug, "For details, run the same command in a terminal.")),
  );
  return 1;
}

/** Keeps all but interruptions, commands that do not exist, and what doctor found: these need no bug report. */
async function recordError(
  error: unknown,
  exitCode: ExitCode,
  argv: readonly string[],
  host: ProgramHost,
): Promise<void> {
  if (host.keepError === undefined || error instanceof InterruptedError) return;
  const { findCommandName } = await import("./cli/saved-query.ts");
  const command = findCommandName(argv);
  if (error instanceof RewindError && (command === null || command === "doctor")) return;
  await host.keepError(error, command, exitCode);
}

async function mapStackToSources(stack: string): Promise<string> {
  const { mapFramesToSources } = await import("./host/last-error.ts");
  return mapFramesToSources(stack);
}

const maxLineLength = 2000;

function shorten(line: string): string {
  return line.length <= maxLineLength ? line : `${line.slice(0, maxLineLength)}…`;
}

/**
 * Runs the program in a Node process. It sets exitCode, because process.exit() would lose output a pipe has not read.
 */
export async function main(process: NodeJS.Process): Promise<void> {
  // Compiled code is cached only from here on: --version needs nothing more than what is loaded already.
  if (process.argv.length > 3 || !isVersionFlag(process.argv[2])) enableCompileCache(process);
  // Node ends with 0 when nothing is left to wait for, even if the command has not ended.
  process.exitCode = 1;
  process.exitCode = await run(process.argv.slice(2), createHost(process));
}

/** Ignores errors of writing to stderr, for example if it is a file on a full disk. */
function ignoreWriteErrors(stream: OutputStream): OutputStream {
  const write = stream.write.bind(stream);
  stream.write = (...parameters) => {
    try {
      return write(...parameters);
    } catch {
      return false;
    }
  };
  return stream;
}

const importChildProcesses = () => import("./host/child-processes.ts");

function createHost(process: NodeJS.Process): ProgramHost {
  const { version } = createRequire(import.meta.url)(join(packageRoot, "package.json")) as {
    readonly version: string;
  };
  return {
    version,
    // Node creates the stream when this is read.
    get stdin() {
      return process.stdin;
    },
    stdout: getOutputStream(process, "stdout"),
    stderr: ignoreWriteErrors(getOutputStream(process, "stderr")),
    env: process.env,
    platform: process.platform,
    clock: {
      now: Date.now,
      elapsedMs: () => performance.now(),
      sleep: async (durationMs, signal) => {
        const { setTimeout: sleepFor } = await import("node:timers/promises");
        await sleepFor(durationMs, undefined, signal === undefined ? {} : { signal });
      },
    },
    random: Math.random,
    ...(process.send === undefined ? {} : { reportFailure: (failure) => void process.send?.(failure) }),
    keepError: async (error, command, exitCode) => {
      const { writeLastError } = await import("./host/last-error.ts");
      writeLastError(error, { version, command, exit_code: exitCode }, Date.now(), process);
    },
    signals: createProcessSignals(process),
    runPager: async (text, command) => (await importChildProcesses()).runPager(text, command, process),
    startProgram: async (argv, options) =>
      (await importChildProcesses()).startProgram([process.argv[1] ?? "", ...argv], options),
    openPage: async (address) => (await importChildProcesses()).openPage(address, process),
  };
}

// Messages for errors of the operating system: files, directories, memory.

/** Words for system calls whose names do not say what failed. */
const actions = new Map([
  ["scandir", "read"],
  ["stat", "access"],
  ["lstat", "access"],
  ["mkdir", "make the directory"],
  ["mkdtemp", "make a directory"],
  ["unlink", "remove"],
  ["uv_cwd", "find the current directory"],
]);

/** Translates errors of the system and of exhausted memory; returns any other error unchanged. */
function explainSystemError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof RewindError || isClosedPipe(error)) return error;
  const code = getErrorCode(error);
  const createSystemError = (text: string, hint: string): SystemError =>
    new SystemError(text, hint, { cause: error });
  const syscall = "syscall" in error && typeof error.syscall === "string" ? error.syscall : "";
  if (code === "ERR_SYSTEM_ERROR") {
    return createSystemError(`the system refused: ${error.message}`, "To find out more: rewind doctor");
  }
  if (syscall === "" || !/^E[A-Z0-9]+$/.test(code)) return error;
  const path = "path" in error && typeof error.path === "string" ? ` ${error.path}` : "";
  const hint = syscall === "mkdtemp" ? "Set TMPDIR to a writable directory." : "";
  return createSystemError(
    `can't ${actions.get(syscall) ?? syscall}${path}: ${getSystemMessage(error)}`,
    hint,
  );
}
