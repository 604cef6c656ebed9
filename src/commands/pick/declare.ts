import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  filterOptions,
  formOptions,
  imagesOption,
  jsonOption,
  wordsArgument,
} from "../shared/listing/options.ts";
import { wholeNumber } from "../shared/listing/values.ts";

/** What says a sentence has no rows. */
const formsOfLists = ["as", "columns", "safe-csv"];

export const declaration: CommandDeclaration = {
  name: "pick",
  isQuestion: true,
  details: `Albums and EPs, unless --kind names others; copies of one album count once. Without --seed an album does not
come up again within a month.
The chance of an album is its share of all weights: neglect × rating × past love.
  neglect    never played 6; else 1, and 1 more for each whole year since the last spin (the last play where
             spins are not known), 6 at most; 2 where the last time is not known
  rating     5 stars 3, 4 stars 2, 1 or 2 stars 0.5, else 1
  past love  10 spins or more 2, 5 to 9 spins 1.5, else 1 (10 plays for a spin where spins are not known)
Where it stands: label, catalogue number, folder, and the custom field that the setting shelf_field names.`,
  json: async () => [
    { schema: (await import("../../queries/documents/albums.ts")).pickSchema },
    {
      when: "With --snooze, --not, --snoozed or --unsnooze",
      schema: (await import("../../queries/documents/decisions.ts")).snoozesSchema,
    },
  ],
  arguments: [wordsArgument],
  options: [
    {
      flags: "-n, --limit <number>",
      help: "how many, 1 to 100 (1)",
      parse: wholeNumber("--limit", 1, 100),
    },
    {
      flags: "--number <count>",
      help: "an earlier name of --limit",
      parse: wholeNumber("--number", 1, 100),
      nowCalled: "limit",
      excludes: ["limit"],
    },
    {
      flags: "--seed <number>",
      help: "repeat a draw: the same number gives the same answer",
      parse: wholeNumber("--seed", 0),
    },
    {
      flags: "--snooze <record>",
      help: "leave its album out for a time, 12 months without --for",
      excludes: ["not", "unsnooze", "snoozed", ...formsOfLists],
    },
    { flags: "--for <time>", help: "how long: 90d, 6mo, 2y (12mo)" },
    {
      flags: "--not <record>",
      help: "leave its album out until that is undone",
      excludes: ["for", "unsnooze", "snoozed", ...formsOfLists],
    },
    { flags: "--snoozed", help: "list what is left out", excludes: ["for", "unsnooze"] },
    { flags: "--unsnooze <record>", help: "draw its album again", excludes: ["for", ...formsOfLists] },
    ...filterOptions("records"),
    imagesOption,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind pick", "one record"],
    ["rewind pick -n 3 --folder Jazz --rating 4..", "three good ones from a folder"],
    ["rewind pick --snooze 733 --for 6mo", "not that one for half a year"],
    ["rewind pick --never --kind any", "something that you never scrobbled"],
  ],
  load: async () => (await import("./run.ts")).runPick,
};
