// The only catch, and the only place that sets the exit code.
import { createRequire } from "node:module";
import { setTimeout as sleepFor } from "node:timers/promises";
import type { Context, Surroundings } from "./context.ts";
import { RewindError, type ExitCode } from "./errors.ts";
import { lineText, linesText, printable, printableLines, safe } from "./output/escape.ts";

/** Runs one command line; everything that it opened is closed when it returns. */
export async function run(argv: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const contexts: Context[] = [];
  try {
    // What scripts ask most is answered without the command tree.
    if (argv.length === 1 && (argv[0] === "--version" || argv[0] === "-V")) {
      surroundings.stdout.write(lineText(surroundings.version));
      return 0;
    }
    const { runProgram } = await import("./program.ts");
    await runProgram(argv, { surroundings, onContext: (context) => contexts.push(context) });
    return 0;
  } catch (error) {
    return report(error, argv, surroundings);
  } finally {
    for (const context of contexts) await context.close();
  }
}

function report(error: unknown, argv: readonly string[], { stderr }: Surroundings): ExitCode {
  if (isClosedPipe(error)) return 0;
  const debug = argv.includes("--debug");
  if (error instanceof RewindError) {
    // Names from the services may be in it, line breaks and all.
    const lines = [`rewind: ${error.message}`, ...error.hint.split("\n")].filter((line) => line !== "");
    stderr.write(linesText(lines.map(printable)));
    if (debug) stderr.write(linesText([printableLines(error.stack ?? "")]));
    return error.exitCode;
  }
  // Not foreseen, so not dressed up.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(linesText([printableLines(stack)]));
  stderr.write(safe`rewind: this is a bug in rewind; the lines above say where\n`);
  return 1;
}

/** `rewind xref | head` is a success. */
function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    "code" in error &&
    (error.code === "EPIPE" || error.code === "ERR_STREAM_DESTROYED")
  );
}

/** Starts the program in a process. process.exit() would cut off what a pipe has not taken yet. */
export async function main(process: NodeJS.Process): Promise<void> {
  // Without a listener, a reader that leaves early would end us with a stack trace.
  process.stdout.on("error", () => {});
  process.stderr.on("error", () => {});
  process.exitCode = await run(process.argv.slice(2), surroundingsOf(process));
}

function surroundingsOf(process: NodeJS.Process): Surroundings {
  const manifest: unknown = createRequire(import.meta.url)("../package.json");
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest
      ? String(manifest.version)
      : "";
  return {
    version,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    platform: process.platform,
    clock: {
      now: Date.now,
      sleep: async (durationMs, signal) => {
        await sleepFor(durationMs, undefined, signal === undefined ? {} : { signal });
      },
    },
    random: Math.random,
    signals: {
      on: (signal, listener) => process.on(signal, listener),
      removeListener: (signal, listener) => process.removeListener(signal, listener),
      die(signal) {
        process.removeAllListeners(signal);
        process.kill(process.pid, signal);
      },
    },
  };
}
