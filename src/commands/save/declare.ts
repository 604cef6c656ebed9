import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "save",
  details: `Saves a command line under a name. After that, rewind NAME runs it, and you can add further options.
You can only save commands that change nothing. Without a name, it lists what you saved. The file is saved.json, beside
the settings file.`,
  json: async () => [
    { schema: (await import("../../queries/documents/installation-documents.ts")).savedSchema },
  ],
  arguments: [
    { name: "[name]", help: "name to save it under" },
    {
      name: "[command...]",
      help: "the command and its options, after --",
      choices: { source: "command line" },
    },
  ],
  options: [
    { flags: "--list", help: "list your saved questions" },
    { flags: "--remove", help: "delete the question with this name", excludes: ["list"] },
    jsonOption,
  ],
  examples: [
    ["rewind save never-jazz -- xref --never --genre Jazz", "then run it: rewind never-jazz --limit 5"],
    ["rewind save --list", "list your saved questions"],
    ["rewind save --remove never-jazz", "delete a question"],
  ],
  load: async () => (await import("./run.ts")).runSave,
};
