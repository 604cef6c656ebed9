// The only catch, and the only place that sets the exit code. What the store, the streams and the system threw is put
// into words here, once.
import { createRequire } from "node:module";
import { join } from "node:path";
import { enableCompileCache } from "./host/compile-cache.ts";
import type { Context } from "./context.ts";
import type { Host, OutputStream } from "./host/host.ts";
import { NegativeAnswer, reportedFailure, RewindError, SystemError, type ExitCode } from "./model/errors.ts";
import { lineText, linesText, printable, printableLines, safe, type SafeText } from "./output/escape.ts";
import { isClosedPipe, writeWhole } from "./output/stream.ts";
import { packageRoot } from "./host/package-root.ts";
import { explainedBySystem } from "./program/system-failures.ts";
import { processSignals, standardStream } from "./host/process.ts";
import { redact } from "./model/redact.ts";
import { secretsIn } from "./sources/service-lookup.ts";

/** Runs one command line; everything that it opened is closed when it returns. */
export async function run(argv: readonly string[], host: Host): Promise<ExitCode> {
  const contexts: Context[] = [];
  try {
    // What scripts ask most is answered without the command tree.
    if (argv.length === 1 && isVersion(argv[0])) {
      await writeWhole(host.stdout, lineText(host.version));
      return 0;
    }
    // A shell asks at each press of a key.
    if (argv[0] === "__complete") {
      const { completeLine } = await import("./program/complete.ts");
      await completeLine(argv.slice(1), host);
      return 0;
    }
    if (argv[0] === "__sql") {
      const { answerSqlPage } = await import("./commands/sql/page.ts");
      await answerSqlPage(argv.slice(1), host);
      return 0;
    }
    const { runProgram } = await import("./program/tree.ts");
    await runProgram(argv, { host, onContext: (context) => contexts.push(context) });
    return 0;
  } catch (error) {
    return await report(await explained(error, contexts), argv, host);
  } finally {
    for (const context of contexts) await context.close();
  }
}

function isVersion(argument: string | undefined): boolean {
  return argument === "--version" || argument === "-V";
}

/** Explaining looks into the cache, which may be what failed: then the first failure is told. */
async function explained(error: unknown, contexts: readonly Context[]): Promise<unknown> {
  try {
    const { explainedBy } = await import("./program/declared-run.ts");
    return explainedBySystem(await explainedBy(contexts, error));
  } catch {
    return explainedBySystem(error);
  }
}

async function report(error: unknown, argv: readonly string[], host: Host): Promise<ExitCode> {
  const { stderr, env, reportFailure } = host;
  if (isClosedPipe(error)) return 0;
  if (error instanceof NegativeAnswer) return error.exitCode;
  const debug = argv.includes("--debug");
  // Whatever setting they came into.
  const secrets = secretsIn(env);
  const clean = (text: string): string => redact(text, secrets);
  if (error instanceof RewindError) {
    reportFailure?.(reportedFailure(error, clean));
    // Names from the services may be in it, and what was typed: neither makes lines of its own, or endless ones.
    const hints = error.hint.split("\n").filter((line) => line !== "");
    const lines = [`rewind: ${error.message}`, ...hints.slice(0, 2)].map(clean).map(shortened);
    stderr.write(linesText(await laidOut(lines, stderr, env)));
    if (debug) stderr.write(linesText([printableLines(clean(await inSources(error.stack ?? "")))]));
    return error.exitCode;
  }
  // Not foreseen, so not dressed up.
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(linesText([printableLines(clean(await inSources(stack)))]));
  stderr.write(safe`rewind: this is a bug in rewind; please report it with the lines above\n`);
  reportFailure?.(
    reportedFailure(
      new SystemError(
        "this is a bug in rewind; please report it",
        "Its lines: run the same command in a terminal.",
      ),
    ),
  );
  return 1;
}

/** Only somebody at a terminal needs more than the lines as they are. */
async function laidOut(
  lines: readonly string[],
  stderr: OutputStream,
  env: Host["env"],
): Promise<readonly SafeText[]> {
  if (stderr.isTTY !== true) return lines.map(printable);
  const { toldOn } = await import("./output/paragraph.ts");
  return toldOn(stderr, env, lines);
}

async function inSources(stack: string): Promise<string> {
  const { framesInSources } = await import("./host/source-frames.ts");
  return framesInSources(stack);
}

const longestLine = 2000;

function shortened(line: string): string {
  return line.length <= longestLine ? line : `${line.slice(0, longestLine)}…`;
}

/** Starts the program in a process. process.exit() would cut off what a pipe has not taken yet. */
export async function main(process: NodeJS.Process): Promise<void> {
  // From here on: what was loaded until now answers --version by itself.
  if (process.argv.length > 3 || !isVersion(process.argv[2])) enableCompileCache(process);
  process.exitCode = await run(process.argv.slice(2), hostOf(process));
}

/** Where even the notes can't be written nobody is left to be told: a file that is full throws at once. */
function forgiving(stream: OutputStream): OutputStream {
  const write = stream.write.bind(stream);
  stream.write = (...given) => {
    try {
      return write(...given);
    } catch {
      return false;
    }
  };
  return stream;
}

function hostOf(process: NodeJS.Process): Host {
  const manifest: unknown = createRequire(import.meta.url)(join(packageRoot, "package.json"));
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest
      ? String(manifest.version)
      : "";
  return {
    version,
    // Node makes a stream of it when it is asked for.
    get stdin() {
      return process.stdin;
    },
    stdout: standardStream(process, "stdout"),
    stderr: forgiving(standardStream(process, "stderr")),
    env: process.env,
    platform: process.platform,
    clock: {
      now: Date.now,
      sleep: async (durationMs, signal) => {
        const { setTimeout: sleepFor } = await import("node:timers/promises");
        await sleepFor(durationMs, undefined, signal === undefined ? {} : { signal });
      },
    },
    random: Math.random,
    ...(process.send === undefined ? {} : { reportFailure: (failure) => void process.send?.(failure) }),
    signals: processSignals(process),
    runPager: async (text, command) =>
      (await import("./host/pager.ts")).runPager(text, { command, env: process.env }),
    startProgram: async (argv, options) =>
      (await import("./host/child-program.ts")).startProgram([process.argv[1] ?? "", ...argv], options),
    openPage: async (address) => (await import("./host/browser.ts")).openPage(address, process),
    openOwnPage: async (address) => (await import("./host/browser.ts")).openOwnPage(address, process),
  };
}
