import type { Context } from "../../context.ts";
import { ask, document } from "../../queries/albums/recent.ts";
import { parseSpan } from "../../queries/conditions/span.ts";
import type { Call } from "../shared/call.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { recentFields, recentTable } from "./screen.ts";

export async function runRecent(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, nowUts }) => {
    const { during }: { readonly during?: string } = options;
    const span = during === undefined ? null : parseSpan("--during", during, nowUts);
    return {
      ask: (database) => ask(database, { span, words, paging }),
      document,
      fields: recentFields,
      rows: ({ rows }) => rows,
      table: recentTable,
    };
  });
}
