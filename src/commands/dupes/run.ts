import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { ask, document, type DupeSort } from "../../queries/albums/dupes.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideRecords } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { dupesFields, dupesTable } from "./screen.ts";

export async function runDupes(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const { sort = "copies", reverse } = options as { sort?: DupeSort; reverse?: true };
  const filter = readRecordFilter(options, words, Math.floor(context.clock.now() / 1000));
  const { database, synced } = await openAnswers(context, { call });
  markInsideRecords(context, database, filter);
  const answer = ask(database, { filter, sort, reverse: reverse === true, paging });
  await present(context, form, {
    document: () => document(answer),
    fields: dupesFields,
    rows: answer.rows,
    synced,
    table: () => dupesTable(answer),
  });
}
