import { gapSorts } from "../../queries/albums/gap-order.ts";
import type { ArgumentDeclaration, CommandDeclaration } from "../shared/declaration.ts";
import {
  duringOption,
  filterOptions,
  formOptionsNaming,
  jsonOption,
  pagingOptions,
} from "../shared/listing/options.ts";

const albumsArgument: ArgumentDeclaration = {
  name: "<albums...>",
  help: "ids from the first column (a219,a311), or words of one album",
  choices: { source: "album" },
};

const hidingKeys: CommandDeclaration["json"] = async () => [
  { schema: (await import("../../queries/documents/decisions.ts")).hidingSchema },
];

export const declaration: CommandDeclaration = {
  name: "gaps",
  isQuestion: true,
  details: `Editions are added up; an album owned in any pressing, or linked to a box, is not listed.
Tracks: how many different tracks you heard. 12 mo: plays in the last 12 months. Own: your records by the artist.
An album counts as a single if its name says so ("- Single"), or if you heard fewer than 4 different tracks of it and
its name does not say EP. Singles are left out unless --kind or --tracks asks for them.
Without a listening history tracks and plays_last_12_months are null, and no album is left out by its tracks.`,
  json: async () => [{ schema: (await import("../../queries/documents/albums.ts")).gapsSchema }],
  arguments: [{ name: "[words...]", help: "only albums with all of these words in artist or title" }],
  options: [
    { flags: "-s, --sort <order>", help: "", choices: { words: gapSorts }, usual: "plays" },
    { flags: "--reverse", help: "reverse the order" },
    ...filterOptions("albums"),
    duringOption,
    { flags: "--hidden", help: "show the albums that you have hidden" },
    ...pagingOptions,
    jsonOption,
    ...formOptionsNaming("id,album_name"),
  ],
  examples: [
    ["rewind gaps", "albums with 10 plays or more on 4 tracks or more"],
    ["rewind gaps --during 1y --plays 20..", "what you played much in the last year"],
    ["rewind gaps --kind single", "singles that you play and do not own"],
    ["rewind gaps hide a219", "never show this one again"],
    ["rewind gaps --json | jq '.data[] | select(.wanted) | .album.album_name'", "those on your wantlist"],
  ],
  load: async () => (await import("./run.ts")).runGaps,
  commands: [
    {
      name: "hide",
      summary: "hide albums from the list",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: hidingKeys,
      examples: [["rewind gaps hide a219,a311", "two albums, all their editions"]],
      load: async () => (await import("./hide.ts")).runGapsHide,
    },
    {
      name: "unhide",
      summary: "show hidden albums again",
      arguments: [albumsArgument],
      options: [jsonOption],
      json: hidingKeys,
      examples: [["rewind gaps unhide a219", "the hidden ones: rewind gaps --hidden"]],
      load: async () => (await import("./hide.ts")).runGapsUnhide,
    },
  ],
};
