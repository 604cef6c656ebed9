import { cullReasons, cullSorts } from "../../queries/albums/cull.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { filterOptions, listOptions, sortOptions, texts, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "cull",
  isQuestion: true,
  details: `Lists records that you could sell, with the reasons: extra copies, never scrobbled, rated 1 or 2. Of several
copies it keeps the one with the higher rating, then the better grade, then the earlier date added. Records rated 4 or 5
appear only if you ask for a rating (--rating 4..). A record is listed for having no plays alone only after a year on the
shelf; logged plays count as plays. Grades come from your collection's custom fields.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).cullSchema }],
  arguments: [wordsArgument],
  options: [
    {
      flags: "--why <reason>",
      help: "only for this reason: an extra copy, never scrobbled, rated 1 or 2; repeatable",
      choices: { words: cullReasons },
      parse: texts,
    },
    ...sortOptions(cullSorts, "reasons"),
    ...filterOptions("records"),
    ...listOptions(),
  ],
  examples: [
    ["rewind cull", "records that you could sell, most reasons first"],
    ["rewind cull --why copy", "extra copies only"],
    ["rewind cull --why copy --rating 0..", "extra copies of any rating"],
    ["rewind cull --why never --added ..5y --as csv > cull.csv", "write a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runCull,
};
