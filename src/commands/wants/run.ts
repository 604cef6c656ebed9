import type { Context } from "../../context.ts";
import { ask, document, type WantSort } from "../../queries/albums/wants.ts";
import type { Call } from "../shared/call.ts";
import { isOwnedOf, runListing } from "../shared/listing/run-listing.ts";
import { wantFields, wantsTable } from "./screen.ts";

export async function runWants(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, isReversed }) => {
    const { sort = "plays" }: { readonly sort?: WantSort } = options;
    const isOwned = isOwnedOf(call);
    return {
      ask: (database) => ask(database, { words, isOwned, sort, reverse: isReversed, paging }),
      document,
      fields: wantFields,
      rows: ({ rows }) => rows,
      table: wantsTable,
    };
  });
}
