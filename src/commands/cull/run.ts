import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { ask, document, type CullReason, type CullSort } from "../../queries/albums/cull.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideRecords } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { cullFields, cullTable } from "./screen.ts";

export async function runCull(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const {
    why = [],
    sort = "reasons",
    reverse,
  } = options as { why?: readonly CullReason[]; sort?: CullSort; reverse?: true };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readRecordFilter(options, words, nowUts);
  const { database, synced } = await openAnswers(context, { call });
  markInsideRecords(context, database, filter);
  const answer = ask(database, { filter, why, sort, reverse: reverse === true, paging, nowUts });
  await present(context, form, {
    document: () => document(answer),
    fields: cullFields,
    rows: answer.rows,
    synced,
    table: () => cullTable(answer),
  });
}
