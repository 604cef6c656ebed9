import { sleeperSorts } from "../../queries/records/record-order.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { filterOptions, listOptions, sortOptions, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "dusty",
  isQuestion: true,
  details: `Lists albums that you used to spin often and have not spun for a while. A spin is one sitting in which you heard
at least half of the album. Copies of one album share a line.`,
  json: async () => [{ schema: (await import("../../queries/documents/album-documents.ts")).dustySchema }],
  arguments: [wordsArgument],
  options: [
    { flags: "--idle <time>", help: "no spin for at least this long: 90d, 12mo, 2y (12mo)" },
    ...sortOptions(sleeperSorts, "asleep"),
    ...filterOptions("records").map((option) =>
      option.flags.startsWith("--spins") ? { ...option, help: "number of spins (5..)" } : option,
    ),
    ...listOptions(),
  ],
  examples: [
    ["rewind dusty", "5 spins or more, none in the last 12 months"],
    ["rewind dusty --spins 10.. --idle 3y", "10 spins or more, none in the last 3 years"],
    ["rewind dusty --genre Jazz --as csv > dusty.csv", "write a spreadsheet"],
  ],
  load: async () => (await import("./run.ts")).runDusty,
};
