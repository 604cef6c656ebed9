import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { usualPerArtist } from "../../queries/records/copies.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import type { RecordFilter } from "../../queries/filters/record-filter.ts";
import { recordOrders, type RecordSort } from "../../queries/records/record-order.ts";
import { ask, document } from "../../queries/records/xref.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideRecords } from "../shared/listing/found-inside.ts";
import { isTable } from "../../output/listing-form.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { recordFieldsWith } from "../shared/listing/record-columns.ts";

export async function runXref(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const { sort = "plays", reverse, copies } = options as { sort?: RecordSort; reverse?: true; copies?: true };
  const read = readRecordFilter(options, words, Math.floor(context.clock.now() / 1000));
  const isOnScreen = isTable(form.as) && context.screen.isTerminal;
  const filter: RecordFilter = {
    ...(isOnScreen && sort === "artist-plays" && read.artist === undefined
      ? { perArtist: usualPerArtist }
      : {}),
    ...read,
    ...(form.as === "json" ? { isLastOfAllTime: true } : {}),
  };
  const { database, synced } = await openAnswers(context, { call });
  markInsideRecords(context, database, filter);
  const answer = ask(database, {
    filter,
    order: { sort, reverse: reverse === true },
    paging,
    isCollapsed: isOnScreen && copies !== true,
  });
  await present(context, form, {
    document: () => document(answer),
    fields: recordFieldsWith(recordOrders[sort].column),
    rows: answer.records,
    synced,
    table: async () => {
      const { xrefTable } = await import("./screen.ts");
      return xrefTable(answer, context.clock.now());
    },
  });
}
