import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "links",
  isQuestion: true,
  details: `An exported file names releases, artists and albums: it works with any cache of the same accounts. It holds noted plays, hidden
albums, snoozes and what a review skipped as well.`,
  json: async () => [{ schema: (await import("../../queries/documents/decisions.ts")).decisionsSchema }],
  options: [jsonOption],
  examples: [
    ["rewind links", "every decision, the oldest first"],
    ["rewind links export > decisions.json", "save them, aliases included"],
    ["rewind links import decisions.json", "restore them, before or after a sync"],
  ],
  load: async () => (await import("./run.ts")).runLinks,
  commands: [
    {
      name: "export",
      summary: "print decisions, aliases, noted plays and what else you said as JSON",
      examples: [["rewind links export > decisions.json", "keep them"]],
      load: async () => (await import("./run.ts")).runLinksExport,
    },
    {
      name: "import",
      summary: "restore what was exported",
      details: `Each replaces your earlier decision on the same release; all others stay. Noted plays are known by their own numbers:
imported twice, they are there once.`,
      json: async () => [{ schema: (await import("../../queries/documents/decisions.ts")).importSchema }],
      arguments: [
        {
          name: "<file>",
          help: "what rewind links export printed; - for stdin",
          choices: { source: "file" },
        },
      ],
      options: [jsonOption],
      examples: [
        ["rewind links import decisions.json", "from a file"],
        ["ssh desk rewind links export | rewind links import -", "from another machine"],
      ],
      load: async () => (await import("./run.ts")).runLinksImport,
    },
  ],
};
