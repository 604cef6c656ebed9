// A command is two halves: this declaration, which is data, and the run, which is loaded when it is called.

import type { Choices } from "../../queries/documents/choices.ts";
import type { JsonSchema } from "../../queries/documents/schema.ts";
import type { Context } from "../../context.ts";
import type { Host } from "../../host/host.ts";

export interface OptionDeclaration {
  /** As commander reads them: "--sort <order>", "-n, --number <count>", "--no-history". */
  readonly flags: string;
  /** What it is for; where that is a choice between words, they follow by themselves. */
  readonly help: string;
  /** What may be given: of a closed set every other word is refused. */
  readonly choices?: Choices;
  /** What holds when it isn't given, for the help. */
  readonly usual?: string;
  /** Turns the text into the value; throws UsageError. Repeatable options get what was collected before. */
  readonly parse?: (text: string, before: unknown) => unknown;
  readonly fallback?: unknown;
  /** Options of the same command that say otherwise, without their dashes: with one of them it is refused. */
  readonly excludes?: readonly string[];
  /** Taken, and not shown. */
  readonly isHidden?: boolean;
  /** It is an earlier name of this one: whoever gives it is told. */
  readonly nowCalled?: string;
}

export interface ArgumentDeclaration {
  /** "[words...]", "<record>" */
  readonly name: string;
  readonly help: string;
  readonly choices?: Choices;
}

/** One form of a command's JSON. */
export interface JsonForm {
  /** "With --by": when the command prints this form. The first form has none. */
  readonly when?: string;
  readonly schema: JsonSchema;
}

export interface CommandDeclaration {
  readonly name: string;
  /** Of a command within a command; the others have theirs in the table of contents. */
  readonly summary?: string;
  /** What --help says below the summary. */
  readonly details?: string;
  /** The forms of its --json output, for `rewind help COMMAND --json` and docs/. */
  readonly json?: () => Promise<readonly JsonForm[]>;
  readonly arguments?: readonly ArgumentDeclaration[];
  readonly options?: readonly OptionDeclaration[];
  /** Lines of [what to type, what it does]. */
  readonly examples: readonly (readonly [string, string])[];
  /** Loads the run; absent for a command that only groups others. */
  readonly load?: () => Promise<CommandRun>;
  readonly commands?: readonly CommandDeclaration[];
  /** Its answer changes nothing: it may be saved under a name. */
  readonly isQuestion?: true;
  /** It ends only where it is stopped, or has nobody to talk to any more. */
  readonly runsUntilStopped?: true;
  /** Its arguments are another command line: options that it doesn't know are arguments, --help too. */
  readonly takesCommandLine?: boolean;
}

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
type CommandRun = (context: Context, call: Call) => Promise<void>;
