import { dimensionByName, dimensionNames, otherDimensionNames } from "../../queries/figures/dimensions.ts";
import { periodUnits } from "../../queries/figures/periods.ts";
import { partSorts } from "../../queries/figures/breakdown.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, formOptions, jsonOption, pagingOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "stats",
  isQuestion: true,
  details: `Scrobbled: records with at least one play on Last.fm. Plays on records you own count each album once,
however many copies there are: over the rows of rewind xref the sum is larger.
By pressing (--by decade or pressing-decade): a 1977 album repressed in 2016 stands in the 2010s; --by
original-decade puts it in the 1970s, where rewind sync --musicbrainz found the year.
Over time, a column holds the plays of a year, quarter or month, and Trend one sign for each of the last 24, by the
line's own measure; columns for which there is no room leave, the oldest first.`,
  json: async () => {
    const { breakdownSchema, overTimeSchema, statsSchema } =
      await import("../../queries/documents/statistics.ts");
    return [
      { schema: statsSchema },
      { when: "With --by", schema: breakdownSchema },
      { when: "With --by and --over", schema: overTimeSchema },
    ];
  },
  arguments: [
    { name: "[span...]", help: "the same as --during: 2025, 1y, last-month", choices: { source: "span" } },
  ],
  options: [
    {
      flags: "--by <quality>",
      help: "",
      choices: {
        words: dimensionNames,
        otherWords: otherDimensionNames,
      },
      parse: (text) => dimensionByName.get(text),
    },
    {
      flags: "--over <period>",
      help: "with --by: the plays of each part, one column a period",
      choices: { words: periodUnits },
    },
    {
      flags: "--sort <order>",
      help: "of the parts; never: owned most and played least",
      choices: { words: partSorts },
    },
    { flags: "--reverse", help: "reverse the order" },
    duringOption,
    ...pagingOptions,
    jsonOption,
    ...formOptions,
  ],
  examples: [
    ["rewind stats", "the whole in one screen"],
    ["rewind stats 2025", "the plays of a year"],
    ["rewind stats --by genre --during 1y", "which genres you played in the last year"],
    ["rewind stats --by genre --over year", "how your genres came and went"],
    ["rewind stats --by artist --sort never", "whom you own most of and play least"],
    ["rewind stats --json | jq '.scrobbled / .records'", "the share that you play"],
  ],
  load: async () => (await import("./run.ts")).runStats,
};
