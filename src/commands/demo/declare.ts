import type { CommandDeclaration } from "../shared/declaration.ts";

export const declaration: CommandDeclaration = {
  name: "demo",
  details: `Some sixty records and their plays, kept while the command runs. Any reading command can follow;
without one, it is the table of rewind xref.`,
  arguments: [
    {
      name: "[command...]",
      help: "what to run on the sample, with its options",
      choices: { source: "command line" },
    },
  ],
  takesCommandLine: true,
  examples: [
    ["rewind demo", "which of the sample's records are played"],
    ["rewind demo xref --filter unlistened", "which never were"],
    ["rewind demo xref --json", "the same answer for a program"],
    ["rewind demo stats", "the whole shelf in figures"],
  ],
  load: async () => (await import("./run.ts")).runDemo,
};
