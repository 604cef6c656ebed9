import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { present } from "../../output/present.ts";
import { ask, document, type WantSort } from "../../queries/albums/wants.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { wantFields, wantsTable } from "./screen.ts";

export async function runWants(context: Context, call: Call): Promise<void> {
  const {
    arguments: [given],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const {
    sort = "plays",
    reverse,
    owned,
    notOwned,
  } = options as { sort?: WantSort; reverse?: true; owned?: true; notOwned?: true };
  if (owned === true && notOwned === true) {
    throw new UsageError("--owned and --not-owned can't be combined", "Without them both are listed.");
  }
  const { database, synced } = await openAnswers(context, { call });
  const answer = ask(database, {
    words: Array.isArray(given) ? given.map(String) : [],
    isOwned: owned === true ? true : notOwned === true ? false : null,
    sort,
    reverse: reverse === true,
    paging,
  });
  await present(context, form, {
    document: () => document(answer),
    fields: wantFields,
    rows: answer.rows,
    synced,
    table: () => wantsTable(answer),
  });
}
