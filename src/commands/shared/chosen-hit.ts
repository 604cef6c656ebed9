// One album where words may find several: chosen on a terminal, refused in a pipe.
import type { Context } from "../../context.ts";
import { coloursFor } from "../../output/colour.ts";
import { linesText } from "../../output/escape.ts";
import type { FoundRecords, Hit } from "../../queries/find-records.ts";
import type { Database } from "../../store/database.ts";
import { choiceLines } from "./choice.ts";
import { foundRecords, severalFound } from "./chosen-record.ts";

/** Throws UsageError where nothing is found, and where nobody can be asked which of several is meant. */
export async function oneOrChosen(
  context: Context,
  database: Database,
  words: readonly string[],
): Promise<FoundRecords & { readonly hit: Hit }> {
  const finding = foundRecords(context, database, words);
  const [first] = finding.hits;
  const text = words.join(" ");
  if (first !== undefined && finding.hits.length === 1) return { ...finding, hit: first };
  if (!context.canAsk) throw severalFound(text, finding.hits);
  const { screen } = context;
  await context.write(
    linesText(choiceLines(text, finding.hits, { screen, colours: await coloursFor(screen) })),
  );
  const { startConversation } = await import("./conversation.ts");
  const conversation = await startConversation(context);
  const ofNumber = (answer: string): Hit | undefined =>
    finding.hits.find((hit) => hit.some(({ id }) => String(id) === answer.replace(/^#/, "")));
  try {
    const answer = await conversation.ask({
      label: "Number:",
      refusal: (given) => (ofNumber(given) === undefined ? "None of these has this number." : null),
    });
    const hit = ofNumber(answer);
    if (hit === undefined) throw severalFound(text, finding.hits);
    const [copy = hit[0]] = hit.filter(({ id }) => String(id) === answer.replace(/^#/, ""));
    return { ...finding, by: "record", hit: [copy, ...hit.filter(({ id }) => id !== copy.id)] };
  } finally {
    conversation.close();
  }
}
