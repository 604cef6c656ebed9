import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "demo",
  details: `Runs a command on a sample of some sixty records and their plays. It needs no account and no network, reads none of
your files, and stores nothing. Any command that reads can follow; the default is xref.`,
  arguments: [
    {
      name: "[command...]",
      help: "the command to run, with its options",
      choices: { source: "command line" },
    },
  ],
  takesCommandLine: true,
  examples: [
    ["rewind demo", "list the sample's records with their plays"],
    ["rewind demo xref --filter unlistened", "list the records that were never played"],
    ["rewind demo xref --json", "print the list as JSON"],
    ["rewind demo stats", "show the shelf in figures"],
  ],
  load: async () => (await import("./run.ts")).runDemo,
};
