import { gapSorts } from "../../queries/albums/gaps.ts";
import type { ArgumentDeclaration, CommandDeclaration } from "../shared/declaration.ts";
import {
  duringOption,
  filterOptions,
  jsonOption,
  listOptions,
  sortOptions,
} from "../shared/listing/options.ts";

const albumsArgument: ArgumentDeclaration = {
  name: "<albums...>",
  help: "ids from the first column, such as a219,a311; or words from one album's name",
  choices: { source: "album" },
};

const hidingDocument: CommandDeclaration["json"] = async () => [
  { schema: (await import("../../queries/documents/decision-documents.ts")).hidingSchema },
];

export const declaration: CommandDeclaration = {
  name: "gaps",
  isQuestion: true,
  details: `Lists albums that you play and do not own in any pressing or box. Editions of an album are counted together.
Tracks is how many different tracks you heard, 12 mo the plays of the last 12 months, Own your records by the artist.
Singles are left out unless you ask for them with --kind or --tracks. An album is a single if its name says so, or if you
heard fewer than 4 of its tracks.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).gapsSchema }],
  arguments: [{ name: "[words...]", help: "only albums with all of these words in artist or title" }],
  options: [
    ...sortOptions(gapSorts, "plays"),
    ...filterOptions("albums"),
    duringOption,
    { flags: "--hidden", help: "list the albums that you have hidden" },
    ...listOptions("id,album_name"),
  ],
  examples: [
    ["rewind gaps", "albums with at least 10 plays on at least 4 tracks"],
    ["rewind gaps --during 1y --plays 20..", "albums with 20 plays or more in the last year"],
    ["rewind gaps --kind single", "singles that you play and do not own"],
    ["rewind gaps hide a219", "hide an album from the list"],
    [
      "rewind gaps --json | jq '.data[] | select(.wanted) | .album.album_name'",
      "names of those on your wantlist",
    ],
  ],
  load: async () => (await import("./run.ts")).runGaps,
  commands: [
    {
      name: "hide",
      summary: "hide albums from the list",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: hidingDocument,
      examples: [["rewind gaps hide a219,a311", "hide two albums with all their editions"]],
      load: async () => (await import("./run.ts")).runGapsHide,
    },
    {
      name: "unhide",
      summary: "show hidden albums again",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: hidingDocument,
      examples: [
        ["rewind gaps unhide a219", "show an album again; to list the hidden ones: rewind gaps --hidden"],
      ],
      load: async () => (await import("./run.ts")).runGapsUnhide,
    },
  ],
};
