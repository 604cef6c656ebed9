import { dupeSorts } from "../../queries/albums/dupes.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  filterOptions,
  formOptions,
  jsonOption,
  pagingOptions,
  wordsArgument,
} from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "dupes",
  isQuestion: true,
  details: `Copies of one release, and other pressings and forms of the same album: titles are equal but for edition words.
Filters say which records count: with --format Vinyl, what is there twice on vinyl.`,
  json: async () => [{ schema: (await import("../../queries/documents/albums.ts")).dupesSchema }],
  arguments: [wordsArgument],
  options: [
    { flags: "--sort <order>", help: "", choices: { words: dupeSorts }, usual: "copies" },
    { flags: "--reverse", help: "reverse the order" },
    ...filterOptions("records"),
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind dupes", "albums that you own more than once, the most copies first"],
    ["rewind dupes --format Vinyl --kind album", "twice on vinyl"],
    ["rewind dupes --all --json | jq '.data[].record_ids'", "the numbers of all copies, for a script"],
  ],
  load: async () => (await import("./run.ts")).runDupes,
};
