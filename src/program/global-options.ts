// The options that every command accepts, anywhere on the command line.
import type { CommandDeclaration, OptionDeclaration } from "../commands/shared/declaration.ts";

export const globalOptions: readonly OptionDeclaration[] = [
  { flags: "--db <path>", help: "use this cache file", choices: { source: "file" } },
  { flags: "--no-color", help: "print without colours (or set NO_COLOR)" },
  { flags: "-q, --quiet", help: "print only errors on stderr" },
  { flags: "--verbose", help: "print more details, such as each request of a sync", excludes: ["quiet"] },
  { flags: "--debug", help: "show the stack trace of an error" },
  { flags: "--no-input", help: "never ask questions" },
  { flags: "--no-pager", help: "print long lists without a pager (or set PAGER=cat)" },
];

export const versionOption: OptionDeclaration = { flags: "-V, --version", help: "print the version" };
export const helpOption: OptionDeclaration = { flags: "-h, --help", help: "show this help" };

/** tree.ts runs it, because it needs the other commands. */
export const helpCommand: CommandDeclaration & { readonly summary: string } = {
  name: "help",
  summary: "show the help of a command",
  arguments: [{ name: "[command...]", help: "its name", choices: { source: "command line" } }],
  options: [{ flags: "--json", help: "print the JSON Schema of what the command prints with --json" }],
  examples: [
    ["rewind help gaps hide", "the same as rewind gaps hide --help"],
    ["rewind help xref --json", "the fields of rewind xref --json, with their types"],
  ],
};
