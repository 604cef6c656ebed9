// Every command as it is declared, with the words that call it: a new one is in by itself.
import type { CommandDeclaration, OptionDeclaration } from "../../src/commands/shared/command-declaration.ts";
import { commandEntries, loadDeclaration } from "../../src/commands/command-table.ts";

export interface DeclaredCommand {
  readonly path: readonly string[];
  readonly summary: string;
  readonly declaration: CommandDeclaration;
}

export async function loadDeclarations(): Promise<DeclaredCommand[]> {
  const all: DeclaredCommand[] = [];
  const addDeclaration = (
    declaration: CommandDeclaration,
    above: readonly string[],
    summary: string,
  ): void => {
    const path = [...above, declaration.name];
    all.push({ path, summary, declaration });
    for (const child of declaration.commands ?? []) addDeclaration(child, path, child.summary ?? "");
  };
  for (const entry of commandEntries) addDeclaration(await loadDeclaration(entry), [], entry.summary);
  return all;
}

/** "--sort" of "-s, --sort <order>". */
export function getLongFlag({ flags }: OptionDeclaration): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

/** Returns the flags with which a command writes to stdout, and not to a file where the tests run. */
export function getStdoutFlags({ options = [] }: CommandDeclaration): string[] {
  return options.some(({ flags }) => /--out /.test(flags)) ? ["--out", "-"] : [];
}

/** A command that can be run, with the options that it declares. */
export interface RunnableCommand {
  readonly path: string;
  readonly flags: readonly string[];
}

/** The first is the one without a name. */
export async function listRunnableCommands(): Promise<RunnableCommand[]> {
  const runnable = (await loadDeclarations()).filter(({ declaration }) => declaration.load !== undefined);
  return [
    { path: "", flags: [] },
    ...runnable.map(({ path, declaration: { options = [] } }) => ({
      path: path.join(" "),
      flags: options.map(({ flags }) => flags),
    })),
  ];
}

/** Each command that ends by its name, with each of its switches, and each line that its help gives, as arguments. */
export async function listCommandLines(): Promise<string[][]> {
  const lines = (await loadDeclarations()).flatMap(({ path, declaration }) => {
    if (declaration.runsUntilStopped === true) return [];
    const examples = declaration.examples
      .flatMap(([line]) => parseCommands(line))
      .filter(([name]) => name === "rewind")
      .map(([, ...argv]) => argv);
    const switches = (declaration.options ?? []).flatMap(({ flags }) => /--[\w-]+$/.exec(flags)?.[0] ?? []);
    const own = declaration.load === undefined ? [] : [path, ...switches.map((flag) => [...path, flag])];
    return [...own, ...examples].map((line) => [...line, ...getStdoutFlags(declaration)]);
  });
  return [...new Map(lines.map((line) => [JSON.stringify(line), line])).values()];
}

/** The commands of a line of shell: words without their quotes, split at pipes, without redirections. */
function parseCommands(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const [word] of line.matchAll(/'[^']*'|"[^"]*"|[|>]|[^\s|>]+/g)) {
    if (word === "|") commands.push([]);
    else if (word === ">") commands.push([""]);
    else commands.at(-1)?.push(word.replace(/^(['"])(.*)\1$/s, "$2"));
  }
  return commands;
}
