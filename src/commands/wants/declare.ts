import { wantSorts } from "../../queries/albums/wants.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { formOptionsNaming, jsonOption, pagingOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "wants",
  isQuestion: true,
  details: `Own: your records of the same album by form and number; "this" is a copy of the very release that you want.
Plays are those of the album, all editions together. To change the wantlist, edit it on Discogs and run: rewind sync`,
  json: async () => [{ schema: (await import("../../queries/documents/albums.ts")).wantsSchema }],
  arguments: [
    {
      name: "[words...]",
      help: "only wants with all of these words in artist or title",
      choices: { source: "artist" },
    },
  ],
  options: [
    { flags: "-s, --sort <order>", help: "", choices: { words: wantSorts }, usual: "plays" },
    { flags: "--reverse", help: "reverse the order" },
    { flags: "--owned", help: "only what you own in any pressing" },
    { flags: "--not-owned", help: "only what you do not own" },
    ...pagingOptions,
    jsonOption,
    ...formOptionsNaming("release_id,artist,title"),
  ],
  examples: [
    ["rewind wants --not-owned", "what to buy next: the most played first"],
    ["rewind wants --owned", "what you may take off the wantlist"],
    ["rewind wants --all --as csv > wants.csv", "for a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runWants,
};
