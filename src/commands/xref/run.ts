import type { Context } from "../../context.ts";
import { defaultPerArtist } from "../../queries/records/copies.ts";
import { recordOrders } from "../../queries/records/record-order.ts";
import { crossReferenceQuery } from "../../queries/records/xref.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { lastPlayedEverField, customizeRecordFields } from "../shared/listing/record-fields.ts";
import { missingSortValues } from "../shared/listing/list-notices.ts";
import { buildQueryOptions, runQuery } from "../shared/listing/run-query.ts";
import { wordsArgument } from "../shared/listing/list-options.ts";

const xrefOptions = declareOptions(...buildQueryOptions(crossReferenceQuery), {
  flags: "--copies",
  help: "list each copy of an album on its own line",
});

export const declaration = declareCommand({
  name: "xref",
  isQuestion: true,
  details: `Lists your records with their plays, spins and last play; all editions of an album count together. With --during,
only that time counts, but --last-played, its order and JSON's last_played cover all time. --never lists records without
any play; --filter unlistened with --during lists those without one in that time. Copies of one album have the same plays,
so do not add up play_count: rewind stats --json counts each album once. A pipe gets every row, JSON pages of 20.`,
  json: async () => [
    { schema: (await import("../../queries/documents/record-documents.ts")).crossReferenceSchema },
  ],
  arguments: [wordsArgument],
  options: xrefOptions,
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
});

async function runXref(context: Context, call: Invocation<typeof xrefOptions>): Promise<void> {
  await runQuery(context, call, crossReferenceQuery, {
    adapt(values, { isOnScreen }) {
      const { filter } = values;
      const isShortened = isOnScreen && values["sort"] === "artist-plays" && filter.artist === undefined;
      return {
        ...values,
        filter: { ...(isShortened ? { perArtist: defaultPerArtist } : {}), ...filter },
        isCollapsed: isOnScreen && call.options.copies !== true,
      };
    },
    fields: ({ question: { sort, filter } }) =>
      customizeRecordFields({
        // Programs that sort by a column get it.
        [recordOrders[sort].column]: { isOfScreens: false },
        // The order and the filter go by the last play of all time, so the column shows it.
        ...(sort === "last-played" || filter.lastPlayed !== undefined
          ? { last_played: lastPlayedEverField }
          : {}),
      }),
    check(answer, _, { isOnScreen }) {
      const missing = isOnScreen ? null : answer.missingSortValue;
      if (missing !== null) context.note(`rewind: ${missingSortValues[missing]}`);
    },
    table: async (answer, { nowMs }) => (await import("./view.ts")).buildXrefTable(answer, nowMs),
  });
}
