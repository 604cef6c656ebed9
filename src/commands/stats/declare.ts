import {
  dimensionByName,
  dimensionNames,
  otherDimensionNames,
  partSorts,
} from "../../queries/figures/breakdown.ts";
import { periodUnits } from "../../queries/figures/periods.ts";
import type { CommandDeclaration } from "../shared/declaration.ts";
import { duringOption, listOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "stats",
  isQuestion: true,
  details: `Shows how much of your shelf you play and where your plays go. "Scrobbled" counts records with at least one
play. Plays count once per album, however many copies you own, so they add up to less than the rows of xref.
Decades are by the year of the pressing; --by original-decade uses the year that rewind sync --musicbrainz found. With --over,
each column is a period, and Trend shows the last 24 on the row's own scale.`,
  json: async () => {
    const { breakdownSchema, overTimeSchema, statsSchema } =
      await import("../../queries/documents/statistics-documents.ts");
    return [
      { schema: statsSchema },
      { when: "With --by", schema: breakdownSchema },
      { when: "With --by and --over", schema: overTimeSchema },
    ];
  },
  arguments: [
    {
      name: "[span...]",
      help: "a time such as 2025, 1y or last-month; same as --during",
      choices: { source: "span" },
    },
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
      help: "with --by: plays per period, one column each",
      choices: { words: periodUnits },
    },
    {
      flags: "--sort <order>",
      help: "with --by; never puts what you own most and play least first",
      choices: { words: partSorts },
    },
    { flags: "--reverse", help: "reverse the order" },
    duringOption,
    ...listOptions(),
  ],
  examples: [
    ["rewind stats", "the whole shelf in one screen"],
    ["rewind stats 2025", "the plays of a year"],
    ["rewind stats --by genre --during 1y", "which genres you played in the last year"],
    ["rewind stats --by genre --over year", "your genres, year by year"],
    ["rewind stats --by artist --sort never", "artists that you own most of and play least"],
    ["rewind stats --json | jq '.scrobbled / .records'", "the share of your records that you play"],
  ],
  load: async () => (await import("./run.ts")).runStats,
};
