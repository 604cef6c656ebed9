import type { Context } from "../../context.ts";
import { NegativeAnswer, UsageError } from "../../model/errors.ts";
import { drawing, present } from "../../output/present.ts";
import { ask, type HaveAnswer } from "../../queries/albums/have.ts";
import { document } from "../../queries/albums/have-document.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { sleeveFor } from "../shared/listing/sleeve.ts";
import type { Sleeve } from "../../output/sleeve.ts";
import type { Database } from "../../store/file/database.ts";
import { haveFields, haveRows } from "./fields.ts";
import { haveLines, onlyAlbum } from "./screen.ts";

export async function runHave(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const { paging: _, ...form } = readListingOptions(options, context);
  const text = (Array.isArray(words) ? words.map(String) : []).join(" ").trim();
  if (text === "") throw new UsageError("there are no words to look for", "Try: rewind have kind of blue");
  const { database } = await openAnswers(context, { call });
  const answer = ask(database, { text });
  const sleeve = await sleeveOf(
    context,
    database,
    answer,
    form.as === "table" && options["images"] !== false,
  );
  await present(context, form, {
    document: () => document(answer),
    fields: haveFields,
    rows: haveRows(answer),
    table: () => drawing((look) => haveLines(answer, look, sleeve)),
  });
  if (!answer.isOwned) throw new NegativeAnswer();
}

/** Of one album, that of its first copy. */
async function sleeveOf(
  context: Context,
  database: Database,
  answer: HaveAnswer,
  isWanted: boolean,
): Promise<Sleeve | null> {
  const first = onlyAlbum(answer)?.[0];
  return first === undefined ? null : sleeveFor(context, database, { recordId: first.record.id, isWanted });
}
