// Every command as it is declared, with the words that call it: a new one is in by itself.
import type { CommandDeclaration, OptionDeclaration } from "../../src/commands/shared/declaration.ts";
import { contents, declarationOf } from "../../src/program/command-table.ts";

export interface DeclaredCommand {
  readonly path: readonly string[];
  readonly summary: string;
  readonly declaration: CommandDeclaration;
}

export async function everyDeclaration(): Promise<DeclaredCommand[]> {
  const all: DeclaredCommand[] = [];
  const add = (declaration: CommandDeclaration, above: readonly string[], summary: string): void => {
    const path = [...above, declaration.name];
    all.push({ path, summary, declaration });
    for (const child of declaration.commands ?? []) add(child, path, child.summary ?? "");
  };
  for (const entry of contents) add(await declarationOf(entry), [], entry.summary);
  return all;
}

/** "--sort" of "-s, --sort <order>". */
export function longFlag({ flags }: OptionDeclaration): string {
  return /--[\w-]+/.exec(flags)?.[0] ?? flags;
}

/** What makes a command that would write a file where the tests run write to stdout. */
export function toStdout({ options = [] }: CommandDeclaration): string[] {
  return options.some(({ flags }) => /--out /.test(flags)) ? ["--out", "-"] : [];
}
