import type { Context } from "../../context.ts";
import { ask, document, type CullReason, type CullSort } from "../../queries/albums/cull.ts";
import type { Call } from "../shared/call.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { cullFields, cullTable } from "./screen.ts";

interface Options {
  readonly why?: readonly CullReason[];
  readonly sort?: CullSort;
}

export async function runCull(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed, nowUts }) => {
    const { why = [], sort = "reasons" }: Options = options;
    return {
      ask: (database) => ask(database, { filter, why, sort, reverse: isReversed, paging, nowUts }),
      document,
      fields: cullFields,
      rows: ({ rows }) => rows,
      table: cullTable,
    };
  });
}
