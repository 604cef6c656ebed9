import { dimensionNames } from "../../queries/figures/dimensions.ts";
import { recordSorts } from "../../queries/records/record-order.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, filterOptions, refreshOption, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "report",
  isQuestion: true,
  details: `One HTML file that needs no network, no server and no script: the shelf at a glance, the days, the genres over the
years, decades, purchases, every album on a wall, what was never played, what sleeps, what is missing, and the albums of
each year, each plot with its numbers. Records link to Discogs. Copies of an album share a tile of the wall, which shows
the first 100 and the rest behind "Show all".
Filters choose the records of the wall and of the lists of records; --during the plays. A file of that name is written
anew if it is such a page, and left alone if it is anything else.`,
  arguments: [wordsArgument],
  options: [
    {
      flags: "-o, --out <file>",
      help: "where to write it (rewind-report.html); - is stdout",
      choices: { source: "file" },
    },
    { flags: "--open", help: "show it in the browser" },
    { flags: "--covers", help: "with the covers that are kept on this machine, 60 MB at most" },
    { flags: "--wall <form>", help: "by plays", choices: { words: ["sized", "dimmed"] }, usual: "sized" },
    { flags: "--group <quality>", help: "the wall in parts", choices: { words: dimensionNames } },
    { flags: "-s, --sort <order>", help: "of the wall", choices: { words: recordSorts }, usual: "plays" },
    { flags: "--reverse", help: "reverse the order; unknown values stay last" },
    ...filterOptions("cross-reference"),
    duringOption,
    refreshOption,
  ],
  examples: [
    ["rewind report --open", "the whole shelf, in the browser"],
    ["rewind report --during 2025 --out 2025.html", "a year to look back on"],
    ["rewind report --group genre --sort artist --wall dimmed", "a catalogue by genre"],
  ],
  load: async () => (await import("./run.ts")).runReport,
};
