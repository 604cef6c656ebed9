import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { ask, document, type DustyQuestion } from "../../queries/albums/dusty.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import type { Call } from "../shared/call.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { dustyFields, dustyTable } from "./screen.ts";

interface Options {
  readonly sort?: DustyQuestion["sort"];
  readonly idle?: string;
}

export async function runDusty(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed, nowUts }) => {
    const { sort = "asleep", idle = "12mo" }: Options = options;
    if (!/^\d{1,4}(d|w|mo|y)$/.test(idle)) {
      throw new UsageError(
        `--idle takes a time like 90d, 12mo or 2y, not ${JSON.stringify(idle.slice(0, 40))}`,
        "Try: --idle 12mo",
      );
    }
    const question: DustyQuestion = {
      filter: { ...filter, spins: filter.spins ?? [{ least: 5, most: null }] },
      idleFromUts: parseSpan("--idle", idle, nowUts).fromUts ?? nowUts,
      sort,
      reverse: isReversed,
      paging,
    };
    return {
      ask: (database) => ask(database, question),
      document,
      fields: dustyFields,
      rows: ({ rows }) => rows,
      table: (answer) => dustyTable(answer, { idle, nowUts }),
    };
  });
}
