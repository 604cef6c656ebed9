import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "status",
  isQuestion: true,
  details: "Shows the accounts, the rows of each list and their age. It asks no service.",
  json: async () => [
    { schema: (await import("../../queries/documents/statistics-documents.ts")).statusSchema },
  ],
  options: [jsonOption],
  examples: [
    ["rewind status", "show the state of the cache"],
    [
      "rewind status --json | jq -r '.listings[] | [.name, .rows] | @tsv'",
      "print the row counts for a script",
    ],
  ],
  load: async () => (await import("./run.ts")).runStatus,
};
