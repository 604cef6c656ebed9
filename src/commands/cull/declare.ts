import { cullReasons, cullSorts } from "../../queries/albums/cull.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  filterOptions,
  formOptions,
  jsonOption,
  pagingOptions,
  wordsArgument,
} from "../shared/listing/options.ts";
import { repeated, text } from "../shared/listing/values.ts";

export const declaration: CommandDeclaration = {
  name: "cull",
  isQuestion: true,
  details: `Of several copies, the one that is rated higher, better kept, or longer on the shelf stays. A record rated 4 or 5
is listed only if you ask for a rating (--rating 4..). Having no plays is a reason on its own only for a record that has
been on the shelf for a year: a turntable tells Last.fm nothing. A play that you noted (rewind played, or the setting
played_field) counts as a play. Grades are those of the collection's custom fields.`,
  json: async () => [{ schema: (await import("../../queries/documents/albums.ts")).cullSchema }],
  arguments: [wordsArgument],
  options: [
    {
      flags: "--why <reason>",
      help: "an extra copy, never scrobbled, rated 1 or 2",
      choices: { words: cullReasons },
      parse: repeated(text),
    },
    { flags: "--sort <order>", help: "", choices: { words: cullSorts }, usual: "reasons" },
    { flags: "--reverse", help: "reverse the order" },
    ...filterOptions("records"),
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind cull", "what you could sell, the most reasons first"],
    ["rewind cull --why copy", "extra copies only"],
    ["rewind cull --why copy --rating 0..", "extra copies, whatever their rating"],
    ["rewind cull --why never --added ..5y --as csv > cull.csv", "for a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runCull,
};
