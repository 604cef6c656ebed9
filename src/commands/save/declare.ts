import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "save",
  details: `rewind NAME then runs the command, with what is typed behind the name added to it. Only commands that read can be
saved. They are kept in saved.json beside the settings. Without a name: the list.`,
  json: async () => [{ keys: (await import("./run.ts")).keys }],
  arguments: [
    { name: "[name]", help: "what to call it" },
    {
      name: "[command...]",
      help: "behind --, the command and its flags",
      choices: { source: "command line" },
    },
  ],
  options: [
    { flags: "--list", help: "list what is saved" },
    { flags: "--remove", help: "forget the one of this name", excludes: ["list"] },
    jsonOption,
  ],
  examples: [
    [
      "rewind save never-jazz -- xref --never --genre Jazz",
      "then: rewind never-jazz, rewind never-jazz --limit 5",
    ],
    ["rewind save --list", "all of them"],
    ["rewind save --remove never-jazz", "forget it"],
  ],
  load: async () => (await import("./run.ts")).runSave,
};
