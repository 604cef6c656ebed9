import type { Context, Surroundings } from "../../context.ts";

/** What was typed, parsed: arguments in order, options by name. */
export interface Call {
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
  /** Runs another command line, with the same global flags, in partly other surroundings. Throws what it threw. */
  readonly again: (argv: readonly string[], replaced: Partial<Surroundings>) => Promise<void>;
}

/** A command's run. Writes its answer through the context; throws what went wrong. */
export type Run = (context: Context, call: Call) => Promise<void>;
