import type { CommandDeclaration } from "../shared/declaration.ts";
import { imagesOption, jsonOption, recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "explain",
  isQuestion: true,
  details: `What was credited and why, what was looked at and left out, and the commands that change it.
Words are searched in artist and title; if several albums have them, those are listed.
With --verbose, everything that was looked at is shown.
On a terminal, the tracklist of a release whose match hangs on it is fetched from Discogs, once; in a pipe, with --json and
with --offline nothing is.`,
  json: async () => {
    const { explainAlbumSchema, explainSchema } = await import("../../queries/documents/matches.ts");
    return [
      { schema: explainSchema },
      { when: "Of an album of the chart (a46)", schema: explainAlbumSchema },
    ];
  },
  arguments: [recordArgument],
  options: [
    { flags: "-a, --all", help: "the whole collection, one JSON object a line; with --json only" },
    { flags: "--offline", help: "ask Discogs for nothing" },
    imagesOption,
    jsonOption,
  ],
  examples: [
    ["rewind explain nevermind", "by words"],
    ["rewind explain 17", "by the number in the first column of xref"],
    ["rewind explain a46", "what an album of the chart counts for"],
    ["rewind explain https://www.discogs.com/release/6872464", "by its address, or r6872464"],
    [
      "rewind explain --all --json | jq 'select(.credited == [])'",
      "every record without an album, for a script",
    ],
  ],
  load: async () => (await import("./run.ts")).runExplain,
};
