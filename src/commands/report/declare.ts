import { dimensionNames } from "../../queries/figures/breakdown.ts";
import { recordSorts } from "../../queries/records/record-order.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, refreshOption, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "report",
  isQuestion: true,
  details: `Writes one HTML file that works without a network, a server or scripts. It shows your plays by day, year and genre,
every album on a wall, and the lists of never played, neglected and missing albums. Each plot has its numbers in a table.
Filters choose the records on the wall and in the lists; --during chooses the plays. An earlier report of the same name is
replaced, any other file is not.`,
  arguments: [wordsArgument],
  options: [
    {
      flags: "-o, --out <file>",
      help: "write to this file (default: rewind-report.html); - is stdout",
      choices: { source: "file" },
    },
    { flags: "--open", help: "open the report in the browser" },
    { flags: "--covers", help: "include fetched covers, up to 60 MB" },
    {
      flags: "--wall <form>",
      help: "how the wall shows plays",
      choices: { words: ["sized", "dimmed"] },
      usual: "sized",
    },
    { flags: "--group <quality>", help: "divide the wall into parts", choices: { words: dimensionNames } },
    {
      flags: "-s, --sort <order>",
      help: "order of the wall",
      choices: { words: recordSorts },
      usual: "plays",
    },
    { flags: "--reverse", help: "reverse the order; unknown values stay last" },
    ...filterOptions("cross-reference"),
    duringOption,
    refreshOption,
  ],
  examples: [
    ["rewind report --open", "write the report and open it"],
    ["rewind report --during 2025 --out 2025.html", "look back on a year"],
    ["rewind report --group genre --sort artist --wall dimmed", "print a catalogue by genre"],
  ],
  load: async () => (await import("./run.ts")).runReport,
};
