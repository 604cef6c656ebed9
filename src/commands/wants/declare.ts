import { wantSorts } from "../../queries/albums/wants.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { listOptions, sortOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "wants",
  isQuestion: true,
  details: `Lists your Discogs wantlist with the plays of each album, all editions together. Own shows your records of the
same album by format and number; "this" is a copy of the very release that you want. To change the wantlist, edit it on
Discogs, then run rewind sync.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).wantsSchema }],
  arguments: [
    {
      name: "[words...]",
      help: "only wants that have all of these words in artist or title",
      choices: { source: "artist" },
    },
  ],
  options: [
    ...sortOptions(wantSorts, "plays"),
    { flags: "--owned", help: "only wants that you own in some pressing" },
    { flags: "--not-owned", help: "only wants that you do not own" },
    ...listOptions("release_id,artist,title"),
  ],
  examples: [
    ["rewind wants --not-owned", "what to buy next, most played first"],
    ["rewind wants --owned", "what you could remove from the wantlist"],
    ["rewind wants --all --as csv > wants.csv", "write a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runWants,
};
