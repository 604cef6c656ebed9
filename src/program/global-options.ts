// What every command takes, wherever it stands on the line.
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/declaration.ts";

export const globalOptions: readonly OptionDeclaration[] = [
  { flags: "--db <path>", help: "use this cache instead of the default one", choices: { source: "file" } },
  { flags: "--no-color", help: "no colour (also NO_COLOR)" },
  { flags: "-q, --quiet", help: "print only errors on stderr" },
  { flags: "--verbose", help: "say more; while syncing, each request", excludes: ["quiet"] },
  { flags: "--debug", help: "show the stack trace of an error" },
  { flags: "--no-input", help: "never prompt" },
  { flags: "--no-pager", help: "print what --all lists at once (also PAGER=cat)" },
];

/** What the program itself takes beside those. */
export const versionOption: OptionDeclaration = { flags: "-V, --version", help: "print the version" };
export const helpOption: OptionDeclaration = { flags: "-h, --help", help: "help for the command" };

/** Made by the tree, which knows all commands. */
export const helpCommand: CommandDeclaration & { readonly summary: string } = {
  name: "help",
  summary: "help for a command",
  arguments: [{ name: "[command...]", help: "its name", choices: { source: "command line" } }],
  examples: [["rewind help gaps hide", "the same as rewind gaps hide --help"]],
};
