import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { present } from "../../output/present.ts";
import { ask, document, type DustyQuestion } from "../../queries/albums/dusty.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideRecords } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { dustyFields, dustyTable } from "./screen.ts";

export async function runDusty(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging, ...form } = readListingOptions(options, context);
  const { sort = "asleep", reverse } = options as { sort?: DustyQuestion["sort"]; reverse?: true };
  const nowUts = Math.floor(context.clock.now() / 1000);
  const filter = readRecordFilter(options, words, nowUts);
  const idle = idleOf(options);
  const question: DustyQuestion = {
    filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
    idleFromUts: parseSpan("--idle", idle, nowUts).fromUts ?? nowUts,
    sort,
    reverse: reverse === true,
    paging,
  };
  const { database, synced } = await openAnswers(context, { call });
  markInsideRecords(context, database, filter);
  const answer = ask(database, question);
  await present(context, form, {
    document: () => document(answer),
    fields: dustyFields,
    rows: answer.rows,
    synced,
    table: () => dustyTable(answer, { idle, nowUts }),
  });
}

function idleOf({ idle = "12mo" }: Call["options"]): string {
  const text = String(idle);
  if (/^\d{1,4}(d|w|mo|y)$/.test(text)) return text;
  throw new UsageError(
    `--idle takes a time like 90d, 12mo or 2y, not ${JSON.stringify(text.slice(0, 40))}`,
    "Try: --idle 12mo",
  );
}
