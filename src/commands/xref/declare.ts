import { recordSorts } from "../../queries/records/record-order.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  duringOption,
  filterOptions,
  formOptions,
  jsonOption,
  pagingOptions,
  wordsArgument,
} from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "xref",
  isQuestion: true,
  details: `Plays are Last.fm's scrobbles of tracks, all editions of an album together.
With --during, plays, spins and last plays are those of that time, in the columns, the filters and the order; --never is
of all time, and so is last_played of --json.
On a terminal, --sort artist-plays lists at most two records by one artist, unless you give --artist or --per-artist.
In a pipe the table is the whole answer, without header and footer, unless --page or --limit is given.`,
  json: async () => [{ schema: (await import("../../queries/documents/records.ts")).crossReferenceSchema }],
  arguments: [wordsArgument],
  options: [
    {
      flags: "-s, --sort <order>",
      help: "",
      choices: { words: recordSorts },
      usual: "plays",
    },
    { flags: "--reverse", help: "reverse the order; unknown values stay last" },
    ...filterOptions("cross-reference"),
    duringOption,
    ...pagingOptions,
    { flags: "--copies", help: "each copy of an album on a line of its own" },
    ...formOptions,
    jsonOption,
  ],
  examples: [
    [
      "rewind xref --never --kind album --sort artist-plays",
      "albums you never scrobbled, those of your favourite artists first",
    ],
    ["rewind xref --never --sort artist-plays --per-artist all", "the same with every record of each artist"],
    ["rewind xref --sort plays --filter unlistened", "what you own and never scrobbled"],
    ["rewind xref miles davis", "records with both words in artist or title"],
    ["rewind xref --during 1y --filter unlistened", "what you did not play in the last year"],
    ["rewind xref --genre Jazz --genre Rock --year 1970s --as csv > seventies.csv", "for a spreadsheet"],
    ["rewind xref --all --json | jq '.data[].collection.title'", "every title, for a script"],
  ],
  load: async () => (await import("./run.ts")).runXref,
};
