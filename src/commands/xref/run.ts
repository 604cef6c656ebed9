import type { Context } from "../../context.ts";
import { isTable } from "../../output/field.ts";
import { usualPerArtist } from "../../queries/records/copies.ts";
import { recordOrders, type RecordSort, recordSorts } from "../../queries/records/record-order.ts";
import { ask, document } from "../../queries/records/xref.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { recordFieldsWith } from "../shared/listing/record-columns.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { duringOption, filterOptions, listOptions, wordsArgument } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "xref",
  isQuestion: true,
  details: `Lists your records with their plays, spins and last play; all editions of an album count together. With --during,
only that time counts, but last_played in JSON covers all time. --never lists records without any play; --filter
unlistened with --during lists those without one in that time. Copies of one album have the same plays, so do not add up
play_count: rewind stats --json counts each album once. A pipe
gets every row, JSON pages of 20.`,
  json: async () => [
    { schema: (await import("../../queries/documents/record-documents.ts")).crossReferenceSchema },
  ],
  arguments: [wordsArgument],
  options: [
    { flags: "-s, --sort <order>", help: "", choices: { words: recordSorts }, usual: "plays" },
    { flags: "--reverse", help: "reverse the order; unknown values stay last" },
    ...filterOptions("cross-reference"),
    duringOption,
    { flags: "--copies", help: "list each copy of an album on its own line" },
    ...listOptions(),
  ],
  examples: [
    [
      "rewind xref --never --kind album --sort artist-plays",
      "albums that you never played, favourite artists first",
    ],
    [
      "rewind xref --never --sort artist-plays --per-artist all",
      "the same, with every record of each artist",
    ],
    ["rewind xref --sort plays --filter unlistened", "records that you never played"],
    ["rewind xref miles davis", "records with both words in artist or title"],
    ["rewind xref --during 1y --filter unlistened", "records that you did not play in the last year"],
    ["rewind xref --genre Jazz --genre Rock --year 1970s --as csv > seventies.csv", "write a spreadsheet"],
    ["rewind xref --all --json | jq '.data[].collection.title'", "every title"],
  ],
  load: async () => runXref,
};

async function runXref(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, as, paging, isReversed, nowMs }) => {
    const { sort = "plays", copies } = options as { sort?: RecordSort; copies?: true };
    const isOnScreen = isTable(as) && context.screen.isTerminal;
    const isShortened = isOnScreen && sort === "artist-plays" && filter.artist === undefined;
    return {
      ask: (database) =>
        ask(database, {
          filter: {
            ...(isShortened ? { perArtist: usualPerArtist } : {}),
            ...filter,
            ...(as === "json" ? { isLastOfAllTime: true } : {}),
          },
          sort,
          reverse: isReversed,
          paging,
          isCollapsed: isOnScreen && copies !== true,
        }),
      document,
      noun: "record",
      // Programs that sort by a column get it.
      fields: recordFieldsWith({ [recordOrders[sort].column]: { isOfScreens: false } }),
      table: async (answer) => (await import("./screen.ts")).xrefTable(answer, nowMs),
    };
  });
}
