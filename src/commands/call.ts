import type { Context } from "../context.ts";

/** What was typed, parsed: arguments in order, options by name. */
export interface Call {
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** A command's run. Writes its answer through the context; throws what went wrong. */
export type Run = (context: Context, call: Call) => Promise<void>;
