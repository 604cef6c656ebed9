import type { Context } from "../../context.ts";
import { present } from "../../output/present.ts";
import { readAlbumFilter } from "../../queries/filters/read-filter.ts";
import type { GapSort } from "../../queries/albums/gap-order.ts";
import { ask, document } from "../../queries/albums/gaps-answer.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideNames } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { gapFields, gapsTable } from "./screen.ts";

export async function runGaps(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const { sort = "plays", reverse, hidden } = options as { sort?: GapSort; reverse?: true; hidden?: true };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readAlbumFilter(options, words, nowUts);
  const { database, synced } = await openAnswers(context, { call });
  const answer = ask(database, {
    filter,
    sort,
    reverse: reverse === true,
    hidden: hidden === true,
    paging,
    nowUts,
  });
  markInsideNames(context, "album", answer.rows, filter);
  await present(context, form, {
    document: () => document(answer),
    fields: gapFields,
    rows: answer.rows,
    synced,
    table: () => gapsTable(answer, context.clock.now()),
  });
}
