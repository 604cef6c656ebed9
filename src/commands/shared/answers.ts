// The cache as every reading command opens it: both sides there, matches made by the rules of today.
import type { Context } from "../../context.ts";
import { printable } from "../../output/escape.ts";
import { thousands } from "../../output/numbers.ts";
import { defineFunctions } from "../../queries/functions.ts";
import { requireBothSides, syncedUts } from "../../queries/readiness.ts";
import type { Database } from "../../store/database.ts";
import { readPublications, type Publications } from "../../store/listings.ts";
import { matchAnew } from "./matched-anew.ts";

export interface Answers {
  readonly database: Database;
  readonly published: Publications;
}

const day = 24 * 60 * 60;

interface AnswerOptions {
  /** false: what is shown says how old it is. */
  readonly tellsAge?: boolean;
}

/** Throws NotReadyError until both sides have been synced once. */
export async function openAnswers(
  context: Context,
  { tellsAge = true }: AnswerOptions = {},
): Promise<Answers> {
  const database = await context.store();
  defineFunctions(database);
  const published = readPublications(database);
  requireBothSides(database, published);
  await matchAnew(context, database);
  const ageSeconds = secondsSinceSync(context, published);
  if (tellsAge && ageSeconds > 7 * day && context.errorScreen.isTerminal) {
    context.note(
      printable(
        `rewind: last synced ${thousands(Math.floor(ageSeconds / day))} days ago; to update: rewind sync`,
      ),
    );
  }
  return { database, published };
}

/** Never negative, even if the clock was set back. */
function secondsSinceSync(context: Context, published: Answers["published"]): number {
  return Math.max(0, Math.floor(context.clock.now() / 1000) - syncedUts(published));
}
