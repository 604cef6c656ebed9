import { dupeSorts } from "../../queries/albums/dupes.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { filterOptions, listOptions, sortOptions, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "dupes",
  isQuestion: true,
  details: `Lists albums that you own more than once: copies of one release, other pressings, and other formats. Two titles
are the same album if only edition words differ, such as "Remastered". Filters choose which records count: --format Vinyl
lists albums that you own twice on vinyl.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).dupesSchema }],
  arguments: [wordsArgument],
  options: [...sortOptions(dupeSorts, "copies"), ...filterOptions("records"), ...listOptions()],
  examples: [
    ["rewind dupes", "albums that you own more than once, the most copies first"],
    ["rewind dupes --format Vinyl --kind album", "albums that you own twice on vinyl"],
    ["rewind dupes --all --json | jq '.data[].record_ids'", "the numbers of all copies"],
  ],
  load: async () => (await import("./run.ts")).runDupes,
};
