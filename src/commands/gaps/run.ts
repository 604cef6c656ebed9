import type { Context } from "../../context.ts";
import type { GapSort } from "../../queries/albums/gap-order.ts";
import { ask, document } from "../../queries/albums/gaps-answer.ts";
import { readAlbumFilter } from "../../queries/filters/read-filter.ts";
import type { Call } from "../shared/declaration.ts";
import { markInsideNames, runListing } from "../shared/listing/run-listing.ts";
import { gapFields, gapsTable } from "./screen.ts";

interface Options {
  readonly sort?: GapSort;
  readonly hidden?: boolean;
}

export async function runGaps(context: Context, call: Call): Promise<void> {
  await runListing(context, call, ({ options, words, paging, isReversed, nowMs, nowUts }) => {
    const { sort = "plays", hidden = false }: Options = options;
    const filter = readAlbumFilter(call.options, words, nowUts);
    return {
      ask: (database) => {
        const answer = ask(database, { filter, sort, reverse: isReversed, hidden, paging, nowUts });
        markInsideNames(context, "album", answer.rows, filter);
        return answer;
      },
      document,
      fields: gapFields,
      rows: ({ rows }) => rows,
      table: (answer) => gapsTable(answer, nowMs),
    };
  });
}
