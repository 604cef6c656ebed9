import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, listOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recent",
  isQuestion: true,
  details: `Lists your scrobbles, newest first. # is your record of the album in any pressing; +1 means that you have another
copy. To list the plays that you logged yourself: rewind played --list`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recentSchema }],
  arguments: [
    {
      name: "[words...]",
      help: "only plays that have all of these words in artist, track or album",
      choices: { source: "artist" },
    },
  ],
  options: [duringOption, ...listOptions("played_at,track_name")],
  examples: [
    ["rewind recent", "the last 20 plays"],
    ["rewind recent --during yesterday --all", "every play of yesterday"],
    ["rewind recent --limit 100 --as csv > plays.csv", "write a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runRecent,
};
