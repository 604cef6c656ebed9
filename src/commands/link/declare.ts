import type { CommandDeclaration } from "../shared/declaration.ts";
import { albums, jsonOption, recordArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "link",
  details: `ALBUMS are ids as rewind explain prints them (a12,a340), a last.fm address of an album, or quoted words
that find one album; each option may be repeated. A decision overrides the matcher at once and survives every sync.
It holds for all copies of the release; a master or words mean every pressing of the album.`,
  json: async () => [{ schema: (await import("../../queries/documents/matches.ts")).explainSchema }],
  arguments: [{ ...recordArgument, help: `${recordArgument.help}; several numbers with commas` }],
  options: [
    { flags: "--add <albums>", help: "credit these as well", ...albums },
    { flags: "--not <albums>", help: "don't credit these", ...albums },
    { flags: "--only <albums>", help: "credit these and no others", ...albums },
    { flags: "--none", help: "credit nothing: no album is this record" },
    { flags: "--clear", help: "leave it to the matcher again" },
    { flags: "--this-copy", help: "decide for this copy only" },
    jsonOption,
  ],
  examples: [
    ["rewind link 17 --not a2950", "that edition is another album"],
    ["rewind link 1456 --add a91,a90,a95", "the albums in a box"],
    ["rewind link 145 --only https://www.last.fm/music/Kraftwerk/Trans-Europe+Express", "by its address"],
    ['rewind link 145 --add "trans europe express"', "by words that find one album"],
    ["rewind link 17 --clear", "as if nothing had been decided"],
  ],
  load: async () => (await import("./run.ts")).runLink,
};
