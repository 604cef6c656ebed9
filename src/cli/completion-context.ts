// Finds out what can be typed at the cursor, from the declarations.
import type {
  ArgumentDeclaration,
  CommandDeclaration,
  OptionDeclaration,
} from "../commands/shared/command-declaration.ts";
import type { Choices } from "../queries/documents/allowed-values.ts";
import {
  findCommand,
  commandEntries,
  globalOptions,
  helpCommand,
  helpOption,
  versionOption,
} from "../commands/command-table.ts";
import { describeOption } from "./help-text.ts";

export interface Proposal {
  readonly name: string;
  readonly meaning: string;
}

export interface CompletionContext {
  /** Commands that can be typed here. */
  readonly commands: readonly Proposal[];
  readonly flags: readonly Proposal[];
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
export async function findCompletionContext(
  words: readonly string[],
  currentWord: string,
): Promise<CompletionContext | undefined> {
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
      const option = findOption(word, declaration);
      if (option?.flags.includes("<") === true) pending = option;
    } else if (declaration === undefined || isCommandLine(getArgumentAt(declaration, argumentCount))) {
      declaration = await findCommand(word);
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
    return { ...rest, before: `${flag}=`, choices: findOption(flag, declaration)?.choices };
  }
  const argument = declaration === undefined ? undefined : getArgumentAt(declaration, argumentCount);
  const isStart = declaration === undefined || isCommandLine(argument);
  const inner = argumentCount === 0 ? (declaration?.commands ?? []) : [];
  const commands = isStart ? [...commandEntries, helpCommand] : inner;
  return {
    ...rest,
    isValue: false,
    isStart: declaration === undefined,
    commands: commands.map(({ name, summary = "" }) => ({ name, meaning: summary })),
    flags: isPastOptions ? [] : listOptions(declaration).flatMap(listFlags),
    choices: isStart ? undefined : argument?.choices,
  };
}

function listOptions(declaration: CommandDeclaration | undefined): readonly OptionDeclaration[] {
  const own = declaration === undefined ? [versionOption] : (declaration.options ?? []);
  return [...own, ...globalOptions, helpOption];
}

function findOption(
  flag: string,
  declaration: CommandDeclaration | undefined,
): OptionDeclaration | undefined {
  return listOptions(declaration).find(({ flags }) => parseFlagNames(flags).includes(flag));
}

/** "-n" and "--number" for "-n, --number <count>". */
function parseFlagNames(flags: string): readonly string[] {
  return flags.split(/[ ,]+/).filter((part) => part.startsWith("-"));
}

function listFlags(option: OptionDeclaration): readonly Proposal[] {
  const name = parseFlagNames(option.flags).at(-1);
  return option.isHidden === true || name === undefined ? [] : [{ name, meaning: describeOption(option) }];
}

/** The argument at this position. The last one may be repeatable. */
function getArgumentAt(
  { arguments: all = [] }: CommandDeclaration,
  at: number,
): ArgumentDeclaration | undefined {
  const last = all.at(-1);
  return all[at] ?? (last?.name.includes("...") === true ? last : undefined);
}

function isCommandLine(argument: ArgumentDeclaration | undefined): boolean {
  return isFromSource("command line", argument?.choices);
}

/** Returns true if the values come from this source. */
export function isFromSource(source: string, choices: Choices | undefined): boolean {
  return choices !== undefined && "source" in choices && choices.source === source;
}
