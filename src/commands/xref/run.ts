import type { Context } from "../../context.ts";
import { isTable } from "../../output/field.ts";
import { usualPerArtist } from "../../queries/records/copies.ts";
import { recordOrders, type RecordSort } from "../../queries/records/record-order.ts";
import { ask, document } from "../../queries/records/xref.ts";
import type { Call } from "../shared/declaration.ts";
import { recordFieldsWith } from "../shared/listing/record-columns.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";

interface Options {
  readonly sort?: RecordSort;
  readonly copies?: true;
}

export async function runXref(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, as, paging, isReversed, nowMs }) => {
    const { sort = "plays", copies }: Options = options;
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
          order: { sort, reverse: isReversed },
          paging,
          isCollapsed: isOnScreen && copies !== true,
        }),
      document,
      fields: recordFieldsWith(recordOrders[sort].column),
      rows: ({ records }) => records,
      table: async (answer) => (await import("./screen.ts")).xrefTable(answer, nowMs),
    };
  });
}
