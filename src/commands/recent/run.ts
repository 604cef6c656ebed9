import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import { ask, document } from "../../queries/albums/recent.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { recentFields, recentTable } from "./screen.ts";

export async function runRecent(context: Context, call: Call): Promise<void> {
  const {
    arguments: [given],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const words = Array.isArray(given) ? given.map(String) : [];
  const { during } = options as { during?: string };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const span = during === undefined ? null : parseSpan("--during", during, nowUts);
  const { database, synced } = await openAnswers(context, { call });
  const answer = ask(database, { span, words, paging });
  await present(context, form, {
    document: () => document(answer),
    fields: recentFields,
    rows: answer.rows,
    synced,
    table: () => recentTable(answer),
  });
}
