import type { Context } from "../../context.ts";
import { ask, document, type DupeSort } from "../../queries/albums/dupes.ts";
import type { Call } from "../shared/call.ts";
import { runRecordListing } from "../shared/listing/run-listing.ts";
import { dupesFields, dupesTable } from "./screen.ts";

export async function runDupes(context: Context, call: Call): Promise<void> {
  await runRecordListing(context, call, ({ options, filter, paging, isReversed }) => {
    const { sort = "copies" }: { readonly sort?: DupeSort } = options;
    return {
      ask: (database) => ask(database, { filter, sort, reverse: isReversed, paging }),
      document,
      fields: dupesFields,
      rows: ({ rows }) => rows,
      table: dupesTable,
    };
  });
}
