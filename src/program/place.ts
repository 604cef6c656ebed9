// Finds out what can be typed at the cursor, from the declarations.
import type {
  ArgumentDeclaration,
  CommandDeclaration,
  OptionDeclaration,
} from "../commands/shared/declaration.ts";
import type { Choices } from "../queries/documents/allowed-values.ts";
import {
  commandNamed,
  contents,
  globalOptions,
  helpCommand,
  helpOption,
  versionOption,
} from "../commands/command-table.ts";
import { optionHelp } from "./help-text.ts";

export interface Named {
  readonly name: string;
  readonly meaning: string;
}

export interface Place {
  /** Commands that can be typed here. */
  readonly commands: readonly Named[];
  readonly flags: readonly Named[];
  /** Choices for the value or argument that can be typed here. */
  readonly choices: Choices | undefined;
  /** "--sort=", if the word begins with it and its value is being typed. */
  readonly before: string;
  /** true: the value of an option, which may begin with a dash. */
  readonly isValue: boolean;
  /** The cache that --db names. */
  readonly db: string | undefined;
  /** true: the command itself is being typed. */
  readonly isStart: boolean;
  /** The command that the words name. */
  readonly declaration: CommandDeclaration | undefined;
}

/** `words` come before the word that is being typed. Returns undefined if they name no command. */
export async function placeOf(words: readonly string[], currentWord: string): Promise<Place | undefined> {
  let declaration: CommandDeclaration | undefined;
  let [argumentCount, db, isPastOptions] = [0, undefined as string | undefined, false];
  let pending: OptionDeclaration | undefined;
  for (const word of words) {
    if (pending !== undefined) {
      if (pending.flags.startsWith("--db ")) db = word;
      pending = undefined;
    } else if (word === "--" && !isPastOptions) {
      isPastOptions = true;
    } else if (!isPastOptions && word.startsWith("-")) {
      if (word.startsWith("--db=")) db = word.slice("--db=".length);
      const option = optionNamed(word, declaration);
      if (option?.flags.includes("<") === true) pending = option;
    } else if (declaration === undefined || isCommandLine(argumentAt(declaration, argumentCount))) {
      declaration = await commandNamed(word);
      if (declaration === undefined) return undefined;
      [argumentCount, isPastOptions] = [0, false];
    } else {
      const children: readonly CommandDeclaration[] = argumentCount === 0 ? (declaration.commands ?? []) : [];
      const child = children.find(({ name }) => name === word);
      if (child === undefined) argumentCount += 1;
      else declaration = child;
    }
  }
  const rest = { db, declaration, commands: [], flags: [], before: "", isValue: true, isStart: false };
  if (pending !== undefined) return { ...rest, choices: pending.choices };
  const [, flag] = /^(--[\w-]+)=/.exec(currentWord) ?? [];
  if (flag !== undefined && !isPastOptions) {
    return { ...rest, before: `${flag}=`, choices: optionNamed(flag, declaration)?.choices };
  }
  const argument = declaration === undefined ? undefined : argumentAt(declaration, argumentCount);
  const isStart = declaration === undefined || isCommandLine(argument);
  const inner = argumentCount === 0 ? (declaration?.commands ?? []) : [];
  const commands = isStart ? [...contents, helpCommand] : inner;
  return {
    ...rest,
    isValue: false,
    isStart: declaration === undefined,
    commands: commands.map(({ name, summary = "" }) => ({ name, meaning: summary })),
    flags: isPastOptions ? [] : optionsOf(declaration).flatMap(flagsOf),
    choices: isStart ? undefined : argument?.choices,
  };
}

function optionsOf(declaration: CommandDeclaration | undefined): readonly OptionDeclaration[] {
  const own = declaration === undefined ? [versionOption] : (declaration.options ?? []);
  return [...own, ...globalOptions, helpOption];
}

function optionNamed(
  flag: string,
  declaration: CommandDeclaration | undefined,
): OptionDeclaration | undefined {
  return optionsOf(declaration).find(({ flags }) => namesOf(flags).includes(flag));
}

/** "-n" and "--number" for "-n, --number <count>". */
function namesOf(flags: string): readonly string[] {
  return flags.split(/[ ,]+/).filter((part) => part.startsWith("-"));
}

function flagsOf(option: OptionDeclaration): readonly Named[] {
  const name = namesOf(option.flags).at(-1);
  return option.isHidden === true || name === undefined ? [] : [{ name, meaning: optionHelp(option) }];
}

/** The argument at this position. The last one may be repeatable. */
function argumentAt(
  { arguments: all = [] }: CommandDeclaration,
  at: number,
): ArgumentDeclaration | undefined {
  const last = all.at(-1);
  return all[at] ?? (last?.name.includes("...") === true ? last : undefined);
}

function isCommandLine(argument: ArgumentDeclaration | undefined): boolean {
  return comesFrom("command line", argument?.choices);
}

/** Returns true if the values come from this source. */
export function comesFrom(source: string, choices: Choices | undefined): boolean {
  return choices !== undefined && "source" in choices && choices.source === source;
}
