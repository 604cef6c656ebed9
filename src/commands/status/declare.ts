import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "status",
  isQuestion: true,
  details: "Reads the cache alone; before the first sync it says so.",
  json: async () => [{ schema: (await import("../../queries/documents/statistics.ts")).statusSchema }],
  options: [jsonOption],
  examples: [
    ["rewind status", "accounts, rows, ages"],
    ["rewind status --json | jq -r '.listings[] | [.name, .rows] | @tsv'", "the rows, for a script"],
  ],
  load: async () => (await import("./run.ts")).runStatus,
};
