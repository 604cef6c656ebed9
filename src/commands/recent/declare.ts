import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, formOptionsNaming, jsonOption, pagingOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recent",
  isQuestion: true,
  details: `The newest play comes first. #: your record of the album, in any pressing; +1 if you have another copy.
Plays are scrobbles. To list the plays that you noted: rewind played --list`,
  json: async () => [{ schema: (await import("../../queries/documents/plays.ts")).recentSchema }],
  arguments: [
    {
      name: "[words...]",
      help: "only plays with all of these words in artist, track or album",
      choices: { source: "artist" },
    },
  ],
  options: [duringOption, ...pagingOptions, jsonOption, ...formOptionsNaming("played_at,track_name")],
  examples: [
    ["rewind recent", "the last 20 plays"],
    ["rewind recent --during yesterday --all", "all that you played yesterday"],
    ["rewind recent --limit 100 --as csv > plays.csv", "for a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runRecent,
};
