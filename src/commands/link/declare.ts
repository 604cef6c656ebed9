import type { CommandDeclaration } from "../shared/declaration.ts";
import { albums, jsonOption, recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "link",
  details: `Your decision overrides the matcher and survives every sync. It applies to all copies of the release. If you name
the record by a master or by words, it applies to every pressing of the album.
ALBUMS are ids from rewind explain (a12,a340), the address of an album on last.fm, or quoted words that find one album.
Each option can be repeated.`,
  json: async () => [{ schema: (await import("../../queries/documents/match-documents.ts")).explainSchema }],
  arguments: [{ ...recordArgument, help: `${recordArgument.help}; separate several numbers with commas` }],
  options: [
    { flags: "--add <albums>", help: "also count the plays of these albums", ...albums },
    { flags: "--not <albums>", help: "don't count the plays of these albums", ...albums },
    { flags: "--only <albums>", help: "count only the plays of these albums", ...albums },
    { flags: "--none", help: "count no plays: no album is this record" },
    { flags: "--clear", help: "remove your decision and use the matcher again" },
    { flags: "--this-copy", help: "apply the decision to this copy only" },
    jsonOption,
  ],
  examples: [
    ["rewind link 17 --not a2950", "an edition that is another album"],
    ["rewind link 1456 --add a91,a90,a95", "a box set of three albums"],
    [
      "rewind link 145 --only https://www.last.fm/music/Kraftwerk/Trans-Europe+Express",
      "an album by its address",
    ],
    ['rewind link 145 --add "trans europe express"', "an album by words"],
    ["rewind link 17 --clear", "remove the decision"],
  ],
  load: async () => (await import("./run.ts")).runLink,
};
