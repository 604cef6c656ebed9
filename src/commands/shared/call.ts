import type { Context } from "../../context.ts";
import type { Host } from "../../host/host.ts";

/** What was typed, parsed: arguments in order, options by name. */
export interface Call {
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the program, for what is kept to be run later. */
  readonly commands: {
    readonly names: readonly string[];
    /** The command that an unknown word probably means. */
    readonly meant: (word: string) => string | undefined;
    /** Whether a command line is a question: its answer changes nothing. */
    readonly isReading: (line: readonly string[]) => Promise<boolean>;
  };
  /** Runs another command line, with the same global flags, in a host that differs in some parts. Throws what it threw. */
  readonly runCommand: (argv: readonly string[], replaced: Partial<Host>) => Promise<void>;
}

/** A command's run. Writes its answer through the context; throws what went wrong. */
export type CommandRun = (context: Context, call: Call) => Promise<void>;
