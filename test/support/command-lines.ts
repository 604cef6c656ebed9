// Command lines for tests that ask something of every command: taken from the declarations, so that a new one is in.
import { toStdout } from "./declarations.ts";
import { contents, declarationOf } from "../../src/program/command-table.ts";
import type { CommandDeclaration } from "../../src/commands/shared/declaration.ts";

/** Each command that ends by its name, and each line that its help gives as an example, as arguments. */
export async function everyCommandLine(): Promise<string[][]> {
  const lines: string[][] = [];
  for (const entry of contents) collect(await declarationOf(entry), [], lines);
  const known = new Set<string>();
  return lines.filter((line) => {
    const key = JSON.stringify(line);
    return known.has(key) ? false : known.add(key);
  });
}

function collect(declaration: CommandDeclaration, above: readonly string[], lines: string[][]): void {
  if (declaration.runsUntilStopped === true) return;
  const path = [...above, declaration.name];
  const out = toStdout(declaration);
  if (declaration.load !== undefined) lines.push([...path, ...out]);
  for (const [line] of declaration.examples) {
    for (const argv of commandsIn(line)) if (argv[0] === "rewind") lines.push([...argv.slice(1), ...out]);
  }
  for (const option of declaration.options ?? []) {
    // Each switch by itself, with what a bare run of the command has.
    const flag = /--[\w-]+$/.exec(option.flags)?.[0];
    if (flag !== undefined && declaration.load !== undefined) lines.push([...path, flag, ...out]);
  }
  for (const child of declaration.commands ?? []) collect(child, path, lines);
}

/** The commands of a line of shell: words without their quotes, split at pipes, without redirections. */
function commandsIn(line: string): string[][] {
  const commands: string[][] = [[]];
  for (const [word] of line.matchAll(/'[^']*'|"[^"]*"|[|>]|[^\s|>]+/g)) {
    if (word === "|") commands.push([]);
    else if (word === ">") commands.push([""]);
    else commands.at(-1)?.push(word.replace(/^(['"])(.*)\1$/s, "$2"));
  }
  return commands;
}
