// Everything outside the process. Tests have their own.
import type { Readable } from "node:stream";
import type { ExitCode, ReportedFailure } from "../model/errors.ts";
import type { SafeText } from "../output/safe-text.ts";
import type { HintAdapter } from "../output/terminal.ts";

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  write(text: SafeText, onWritten?: (error?: Error | null) => void): boolean;
  once(event: "drain", listener: () => void): unknown;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Milliseconds from any start. It never goes back, whatever the system's clock is set to. */
  elapsedMs(): number;
  /** Rejects when the signal fires. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

export interface Host {
  readonly version: string;
  readonly stdin: Readable & { readonly isTTY?: boolean; setRawMode?(isRaw: boolean): unknown };
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly clock: Clock;
  /** Returns at least 0, and less than 1. */
  readonly random: () => number;
  readonly signals: {
    on(signal: HandledSignal, listener: () => void): unknown;
    removeListener(signal: HandledSignal, listener: () => void): unknown;
    /** Sends it to ourselves: without a listener, it does to the process what it would have done. */
    raise(signal: HandledSignal): void;
  };
  /** Removes the listeners of those who started this command and do something before a signal ends the process. */
  readonly releaseSignals?: () => void;
  /** Shows a page of the web, or a file of ours, in the user's browser; false where there is none. */
  readonly openPage: (address: string) => Promise<boolean>;
  /** Lets the user read a text, in less where no command is named; false where that can't be. Absent: there is no pager. */
  readonly runPager?: (text: SafeText, command: string | null) => Promise<boolean>;
  /** Rewrites the commands in texts for people. Absent: they stay as they are. */
  readonly adaptHint?: HintAdapter | undefined;
  /** Runs this program in a process of its own. */
  readonly startProgram: (argv: readonly string[], options?: ChildOptions) => Promise<ProgramChild>;
  /** Set in a process that this program started: reports why the run failed. */
  readonly reportFailure?: (failure: ReportedFailure) => void;
  /** Keeps the last error of a command for bug reports. */
  readonly keepError?: (error: unknown, command: string | null, exitCode: ExitCode) => Promise<void>;
}

export interface ChildOptions {
  /** The text of its stdin. */
  readonly input?: string;
  /** The time limit after which it is killed. */
  readonly limitMs?: number;
}

/** This program in a process of its own. */
export interface ProgramChild {
  /** The lines of its stdout. */
  readonly lines: AsyncIterable<string>;
  readonly ended: Promise<ChildExit>;
  /** Like Ctrl-C: the program ends by itself. */
  stop(this: void): void;
  kill(this: void): void;
}

export interface ChildExit {
  /** null if it was killed. */
  readonly code: number | null;
  /** null if it did not fail, or could not report why. */
  readonly failure: ReportedFailure | null;
  /** True if it was killed because of its time limit. */
  readonly wasTooSlow: boolean;
}

/** SIGHUP: the terminal is gone. */
export type HandledSignal = "SIGINT" | "SIGTERM" | "SIGHUP";
