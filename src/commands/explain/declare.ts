import type { CommandDeclaration } from "../shared/declaration.ts";
import { imagesOption, jsonOption, recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "explain",
  isQuestion: true,
  details: `Shows which albums of your plays a record is credited with and why, which were compared and left out, and the
commands that change it. Words are looked up in artist and title; if several albums fit, it lists them. --verbose lists
everything that was compared. On a terminal, if the match depends on the tracklist, rewind fetches it once from Discogs;
it fetches nothing in a pipe, with --json or with --offline.`,
  json: async () => {
    const { explainAlbumSchema, explainSchema } = await import("../../queries/documents/match-documents.ts");
    return [
      { schema: explainSchema },
      { when: "For an album of your plays (a46)", schema: explainAlbumSchema },
      {
        when: "With --plays",
        schema: (await import("../../queries/documents/sync-documents.ts")).recordPlaysSchema,
      },
    ];
  },
  arguments: [recordArgument],
  options: [
    { flags: "-a, --all", help: "with --json: explain the whole collection, one JSON object a line" },
    { flags: "--plays", help: "list the plays of the record, with the sources that have them" },
    { flags: "--offline", help: "fetch nothing from Discogs" },
    imagesOption,
    jsonOption,
  ],
  examples: [
    ["rewind explain nevermind", "find the record by words"],
    ["rewind explain 17", "the record numbered 17 in the first column of xref"],
    ["rewind explain 17 --plays", "its plays, and which of Last.fm, Spotify … has each"],
    ["rewind explain a46", "which records an album of your plays is credited to"],
    ["rewind explain https://www.discogs.com/release/6872464", "find it by its address, or by r6872464"],
    [
      "rewind explain --all --json | jq 'select(.credited == [])'",
      "every record that is credited with no album",
    ],
  ],
  load: async () => (await import("./run.ts")).runExplain,
};
