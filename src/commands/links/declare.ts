import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "links",
  isQuestion: true,
  details: `Lists what you decided with rewind link and rewind review, the oldest decision first.
The export also contains aliases, logged plays, hidden albums, snoozes and skipped questions. It names releases, artists
and albums, so you can import it into any cache of the same accounts.`,
  json: async () => [
    { schema: (await import("../../queries/documents/decision-documents.ts")).decisionsSchema },
  ],
  options: [jsonOption],
  examples: [
    ["rewind links", "list your decisions"],
    ["rewind links export > decisions.json", "save everything you decided and logged"],
    ["rewind links import decisions.json", "restore it, before or after a sync"],
  ],
  load: async () => (await import("./run.ts")).runLinks,
  commands: [
    {
      name: "export",
      summary: "print decisions, aliases and logged plays as JSON",
      examples: [["rewind links export > decisions.json", "save everything in a file"]],
      load: async () => (await import("./run.ts")).runLinksExport,
    },
    {
      name: "import",
      summary: "restore an export",
      details: `An imported decision replaces your earlier one about the same release. All other decisions stay. You can import the
same file twice: each logged play has an id and is stored once.`,
      json: async () => [
        { schema: (await import("../../queries/documents/decision-documents.ts")).importSchema },
      ],
      arguments: [
        {
          name: "<file>",
          help: "output of rewind links export; - for stdin",
          choices: { source: "file" },
        },
      ],
      options: [jsonOption],
      examples: [
        ["rewind links import decisions.json", "restore from a file"],
        ["ssh desk rewind links export | rewind links import -", "copy from another machine"],
      ],
      load: async () => (await import("./run.ts")).runLinksImport,
    },
  ],
};
