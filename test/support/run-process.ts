// The built program as a process of its own: what only a real process can show.
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { giveUpAfter } from "./real-time.ts";
import { buildHomeEnv } from "./run-cli.ts";
import { createTempDirectory } from "./temp-directories.ts";

export const program = fileURLToPath(new URL("../../bin/rewind.js", import.meta.url));
const built = fileURLToPath(new URL("../../dist/main.js", import.meta.url));

/** The limit after which a process counts as hanging, well before the limit of its test, so that its report is seen. */
const processLimitMs = 60_000;

export interface ProcessOptions {
  /** The home to use; without one, an empty one for this run. */
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** null: left open for `onOutput` to write to. */
  readonly stdin?: string | null;
  /** The directory to run in; else the test's own. */
  readonly cwd?: string;
  /** Flags of node itself, before the program. */
  readonly nodeFlags?: readonly string[];
  /** The user to run as, if the test itself runs as root. That user may be unable to read the clone or to start this Node. */
  readonly uid?: number;
  readonly onStart?: (child: ChildProcess) => void;
  /** Called with each piece of output, so that a test can act in the middle. */
  readonly onOutput?: (text: string, stream: "stdout" | "stderr", child: ChildProcess) => void;
}

export interface ProcessResult {
  /** null where a signal ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs bin/rewind.js to its end. The program has to be built: `npm test` sees to it. */
export function runProcess(argv: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  if (!existsSync(built)) throw new Error("not built yet: npm run build");
  return runCommand(process.execPath, [...(options.nodeFlags ?? []), program, ...argv], options);
}

/** Runs a line of shell in which "$REWIND" is the program: pipes, redirections. */
export function runShell(line: string, options: ProcessOptions = {}): Promise<ProcessResult> {
  return runCommand("/bin/bash", ["-c", line], {
    ...options,
    env: { NODE: process.execPath, REWIND: program, ...options.env },
  });
}

export function hasProgram(...names: readonly string[]): boolean {
  return names.every((name) => spawnSync("/bin/sh", ["-c", `command -v ${name}`]).status === 0);
}

/** Terminals are made by util-linux' script; without it, their tests are left out. */
export const hasTerminals = hasProgram("script");

/** Runs a line of shell on a terminal of its own. "$NODE" "$REWIND" is the program. */
export function runOnTerminal(line: string, options: ProcessOptions = {}): Promise<ProcessResult> {
  return runCommand("script", ["-qec", line, "/dev/null"], {
    ...options,
    env: {
      NODE: process.execPath,
      REWIND: program,
      TERM: "xterm-256color",
      SHELL: "/bin/bash",
      ...options.env,
    },
  });
}

/** Runs any program with the environment of a home of its own. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const child = spawn(command, args, {
    env: {
      PATH: process.env["PATH"] ?? "",
      LANG: "C.UTF-8",
      ...buildHomeEnv(options.home ?? createTempDirectory("rewind-home")),
      ...options.env,
    },
    stdio: ["pipe", "pipe", "pipe"],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
  });
  let isGivenUp = false;
  const limit = giveUpAfter(processLimitMs, () => {
    isGivenUp = true;
    child.kill("SIGKILL");
  });
  options.onStart?.(child);
  const chunks: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].on("data", (chunk: Buffer) => {
      chunks[name].push(chunk);
      options.onOutput?.(chunk.toString(), name, child);
    });
  }
  child.stdin.on("error", () => {});
  if (options.stdin !== null) child.stdin.end(options.stdin ?? "");
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      limit.lift();
      const written = {
        stdout: Buffer.concat(chunks.stdout).toString(),
        stderr: Buffer.concat(chunks.stderr).toString(),
      };
      if (!isGivenUp) return resolve({ code, signal, ...written });
      const line = [command, ...args].join(" ");
      reject(new Error(`did not end within ${processLimitMs / 1000} s: ${line}\n${JSON.stringify(written)}`));
    });
  });
}
