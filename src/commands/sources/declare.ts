import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

const schema = async () => [
  { schema: (await import("../../queries/documents/sync-documents.ts")).sourcesSchema },
];

export const declaration: CommandDeclaration = {
  name: "sources",
  details: `Lists where your plays come from: Last.fm, ListenBrainz and the files that you imported. A play that several sources have
counts once. Shared: plays that another source has as well. Clock: how far a source's clock was off, found from the plays.`,
  json: schema,
  options: [jsonOption],
  examples: [
    ["rewind sources", "list your listening sources"],
    ["rewind sources remove spotify", "remove the plays of a source"],
  ],
  load: async () => (await import("./run.ts")).runSources,
  commands: [
    {
      name: "list",
      summary: "list the sources",
      json: schema,
      options: [jsonOption],
      examples: [["rewind sources list", "the same as rewind sources"]],
      load: async () => (await import("./run.ts")).runSources,
    },
    {
      name: "remove",
      summary: "remove all plays of a source",
      arguments: [{ name: "<name>", help: "name of the source, as rewind sources prints it" }],
      json: async () => [
        { schema: (await import("../../queries/documents/sync-documents.ts")).removedSourceSchema },
      ],
      options: [{ flags: "--yes", help: "remove without asking" }, jsonOption],
      examples: [["rewind sources remove spotify --yes", "the same, without a question"]],
      load: async () => (await import("./run.ts")).runSourcesRemove,
    },
  ],
};
