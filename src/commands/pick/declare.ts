import type { CommandDeclaration } from "../shared/declaration.ts";
import {
  filterOptions,
  formOptions,
  imagesOption,
  jsonOption,
  wordsArgument,
  wholeNumber,
} from "../shared/listing/options.ts";

/** Options of lists; refused together with options that print a sentence. */
const listOptions = ["as", "columns", "safe-csv"];

export const declaration: CommandDeclaration = {
  name: "pick",
  isQuestion: true,
  details: `Draws a random album or EP from your shelf. Neglected records, highly rated ones, and ones that you used to spin
often come up more. Copies of one album count once. An album is not drawn again within a month, unless you give --seed.
The card shows where the record is: label, catalogue number, folder, and the custom field named by the setting
shelf_field.`,
  json: async () => [
    { schema: (await import("../../queries/documents/album-documents.ts")).pickSchema },
    {
      when: "With --snooze, --not, --snoozed or --unsnooze",
      schema: (await import("../../queries/documents/decision-documents.ts")).snoozesSchema,
    },
  ],
  arguments: [wordsArgument],
  options: [
    {
      flags: "-n, --limit <number>",
      help: "number of records to draw, 1 to 100 (1)",
      parse: wholeNumber("--limit", 1, 100),
    },
    {
      flags: "--seed <number>",
      help: "repeat a draw: the same number draws the same records",
      parse: wholeNumber("--seed", 0),
    },
    {
      flags: "--snooze <record>",
      help: "stop drawing its album for a time (12 months, or see --for)",
      excludes: ["not", "unsnooze", "snoozed", ...listOptions],
    },
    { flags: "--for <time>", help: "with --snooze: how long, such as 90d, 6mo, 2y (12mo)" },
    {
      flags: "--not <record>",
      help: "stop drawing its album until you undo it with --unsnooze",
      excludes: ["for", "unsnooze", "snoozed", ...listOptions],
    },
    { flags: "--snoozed", help: "list the snoozed albums", excludes: ["for", "unsnooze"] },
    {
      flags: "--unsnooze <record>",
      help: "allow its album to be drawn again",
      excludes: ["for", ...listOptions],
    },
    ...filterOptions("records"),
    imagesOption,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind pick", "a record for tonight"],
    ["rewind pick -n 3 --folder Jazz --rating 4..", "three well-rated records from a folder"],
    ["rewind pick --snooze 733 --for 6mo", "stop drawing this one for half a year"],
    ["rewind pick --never --kind any", "a record that you never scrobbled"],
  ],
  load: async () => (await import("./run.ts")).runPick,
};
