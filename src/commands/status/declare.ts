import type { CommandDeclaration } from "../shared/declaration.ts";
import { jsonOption } from "../shared/options.ts";

export const declaration: CommandDeclaration = {
  name: "status",
  details: `Reads the cache alone; before the first sync it says so.
JSON: accounts, cache { path, bytes }, syncing, listings [{ name, state (complete, missing, short, hidden, private),
rows, reported, synced_at, walked_at, walk }], next_full_walk, matches.`,
  options: [jsonOption],
  examples: [
    ["rewind status", "accounts, rows, ages"],
    ["rewind status --json | jq -r '.listings[] | [.name, .rows] | @tsv'", "the rows, for a script"],
  ],
  load: async () => (await import("./run.ts")).runStatus,
};
