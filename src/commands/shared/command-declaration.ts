// A command has two parts: this declaration, which is data, and its run function, which is loaded when it is called.

import type { Choices } from "../../queries/documents/allowed-values.ts";
import type { JsonSchema } from "../../queries/documents/json-schema.ts";
import type { Context, ProgramHost } from "../../context.ts";

export interface OptionDeclaration {
  /** Commander's syntax: "--sort <order>", "-n, --number <count>", "--no-history". */
  readonly flags: string;
  /** The help adds the words of `choices`, the examples and the default. */
  readonly help: string;
  /** The allowed values. All others are refused if the set is closed. */
  readonly choices?: Choices;
  /** Values to show in the help. */
  readonly examples?: string;
  /** The default, in words for the help. */
  readonly defaultValue?: string;
  /** Turns the text into the value. Throws UsageError. A repeatable option also gets the value so far. */
  readonly parse?: (text: string, before: unknown) => unknown;
  /** Names of options, without dashes, that can't be combined with this one. */
  readonly excludes?: readonly string[];
  /** true: accepted, but not listed in the help. */
  readonly isHidden?: boolean;
}

/** "--sort <order>" → "sort", "-n, --limit <count>" → "limit" */
type LongName<Flags extends string> = Flags extends `${string}--${infer Name} ${string}`
  ? Name
  : Flags extends `${string}--${infer Name}`
    ? Name
    : never;

/** "dry-run" → "dryRun" */
type CamelCase<Name extends string> = Name extends `${infer Word}-${infer Rest}`
  ? `${Word}${Capitalize<CamelCase<Rest>>}`
  : Name;

/** Commander names the value of "--no-images" after what it turns off. */
type ValueName<Long extends string> = Long extends `no-${infer Name}` ? CamelCase<Name> : CamelCase<Long>;

type ParsedText<Option> = Option extends { readonly parse: (text: string, before: unknown) => infer Value }
  ? Value
  : Option extends { readonly choices: { readonly words: readonly (infer Word)[] } }
    ? Word
    : string;

type OptionValue<Option extends OptionDeclaration> = Option["flags"] extends `${string}<${string}`
  ? ParsedText<Option>
  : Option["flags"] extends `${string}[${string}`
    ? ParsedText<Option> | true
    : Option["flags"] extends `${string}--no-${string}`
      ? boolean
      : true;

/** The values of these options by their names. Options whose flags are computed, such as filters, have no type. */
type OptionValues<Options extends readonly OptionDeclaration[]> = {
  readonly [Option in Options[number] as ValueName<LongName<Option["flags"]>>]?: OptionValue<Option>;
};

/** Keeps the flags of each option in the type, so that `Invocation<typeof options>` knows the values. */
export function declareOptions<const Options extends readonly OptionDeclaration[]>(
  ...options: Options
): Options {
  return options;
}

export interface ArgumentDeclaration {
  /** "[words...]", "<record>" */
  readonly name: string;
  readonly help: string;
  readonly choices?: Choices;
  readonly examples?: string;
  readonly defaultValue?: string;
}

/** One form of a command's JSON. */
export interface JsonForm {
  /** "With --by": when the command prints this form. The first form has none. */
  readonly when?: string;
  readonly schema: JsonSchema;
}

export interface CommandDeclaration {
  readonly name: string;
  /** The summary of a command within a command. The others have theirs in command-table.ts. */
  readonly summary?: string;
  /** Shown below the summary, at most 80 words. A blank line separates paragraphs. */
  readonly details?: string;
  /** The forms of its --json output, for `rewind help COMMAND --json` and docs/. */
  readonly json?: () => Promise<readonly JsonForm[]>;
  readonly arguments?: readonly ArgumentDeclaration[];
  readonly options?: readonly OptionDeclaration[];
  /** Pairs of [what to type, what it does]. */
  readonly examples: readonly (readonly [string, string])[];
  /** Loads the run function. Missing if the command only groups others. */
  readonly load?: () => Promise<CommandRun>;
  readonly commands?: readonly CommandDeclaration[];
  /** true: it changes nothing, so users may save it under a name. */
  readonly isQuestion?: true;
  /** true: it runs until somebody stops it or its client disconnects. */
  readonly runsUntilStopped?: true;
  /** true: its arguments are another command line, so even --help belongs to that one. */
  readonly takesCommandLine?: boolean;
}

/** A command whose run function reads these options. */
export function declareCommand<const Options extends readonly OptionDeclaration[]>(
  declaration: Omit<CommandDeclaration, "options" | "load"> & {
    readonly options: Options;
    readonly load: () => Promise<(context: Context, call: Invocation<Options>) => Promise<void>>;
  },
): CommandDeclaration {
  return declaration;
}

/** The parsed command line of a command with these options. */
export interface Invocation<Options extends readonly OptionDeclaration[] = readonly []> {
  readonly arguments: readonly unknown[];
  /** The first argument, which may consist of several words. */
  readonly words: readonly string[];
  readonly options: OptionValues<Options>;
  /** --json */
  readonly asJson: boolean;
  /** The form of an answer that is either a table or JSON. */
  readonly form: { readonly as: "json" | "table" };
  /** Facts about the program's commands, for rewind save. */
  readonly commands: {
    readonly names: readonly string[];
    /** The command that an unknown word probably means. */
    readonly meant: (word: string) => string | undefined;
    /** true: the command line changes nothing. */
    readonly isReading: (line: readonly string[]) => Promise<boolean>;
    /** Throws the error that running the line would throw for its options. */
    readonly check: (line: readonly string[]) => Promise<void>;
  };
  /**
   * Runs a command line for rewind demo, with the same global flags, in a host with some parts replaced.
   * Throws its errors.
   */
  readonly runCommand: (argv: readonly string[], replaced: Partial<ProgramHost>) => Promise<void>;
}

/** Writes the answer through the context. Throws what went wrong. */
type CommandRun = (context: Context, call: Invocation & ParsedLine) => Promise<void>;

/** The command line as it is parsed. Only the command knows the types of its options. */
export interface ParsedLine {
  readonly arguments: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}
