import type { Context } from "../../context.ts";
import { NegativeAnswer, UsageError } from "../../model/errors.ts";
import { drawing } from "../../output/present.ts";
import { ask } from "../../queries/albums/have.ts";
import { document } from "../../queries/albums/have-document.ts";
import type { Call } from "../shared/call.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/sleeve.ts";
import { haveFields, haveRows } from "./fields.ts";
import { haveLines, onlyAlbum } from "./screen.ts";

export async function runHave(context: Context, call: Call): Promise<void> {
  const answer = await runListing(context, call, ({ words, as }) => {
    const text = words.join(" ").trim();
    if (text === "") throw new UsageError("there are no words to look for", "Try: rewind have kind of blue");
    return {
      ask: (database) => ask(database, { text }),
      document,
      fields: haveFields,
      rows: haveRows,
      table: async (found, database) => {
        const [first] = onlyAlbum(found) ?? [];
        const isWanted = as === "table" && call.options["images"] !== false;
        const sleeve =
          first === undefined
            ? null
            : await sleeveFor(context, database, { recordId: first.record.id, isWanted });
        return drawing((look) => haveLines(found, look, sleeve));
      },
      tellsAge: false,
    };
  });
  if (!answer.isOwned) throw new NegativeAnswer();
}
