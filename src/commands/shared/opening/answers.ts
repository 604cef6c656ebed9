// The cache as every reading command opens it: both sides there, matches made by the rules of today.
import { daySeconds } from "../../../model/local-days.ts";
import type { Context } from "../../../context.ts";
import { NotReadyError } from "../../../model/errors.ts";
import { age } from "../../../output/dates.ts";
import { printable } from "../../../output/escape.ts";
import { thousands } from "../../../output/numbers.ts";
import { defineFunctions } from "../../../queries/figures/functions.ts";
import { requireBothSides, secondsSinceSync } from "../../../queries/figures/readiness.ts";
import type { Database } from "../../../store/file/database.ts";
import { readPublications, type Publications } from "../../../store/file/listings.ts";
import type { Call } from "../call.ts";
import { matchAnew } from "../choosing/matched-anew.ts";

export interface Answers {
  readonly database: Database;
  readonly published: Publications;
  /** How old they are: "synced 2 h ago". */
  readonly synced: string;
}

/** The cache as it is, of one side or none; null: nothing was ever synced. */
export async function openWhatIsThere(context: Context): Promise<Database | null> {
  try {
    return await context.store();
  } catch (error) {
    if (error instanceof NotReadyError) return null;
    throw error;
  }
}

interface AnswerOptions {
  /** Of a command that takes --refresh. */
  readonly call?: Call;
  /** false: what is shown says how old it is. */
  readonly tellsAge?: boolean;
}

/** Throws NotReadyError until both sides have been synced once. */
export async function openAnswers(
  context: Context,
  { call, tellsAge = true }: AnswerOptions = {},
): Promise<Answers> {
  if (call?.options["refresh"] === true) await (await import("./refresh.ts")).refreshFirst(context, call);
  const database = await context.store();
  defineFunctions(database);
  const published = readPublications(database);
  requireBothSides(database, published);
  await matchAnew(context, database);
  const ageSeconds = secondsSinceSync(published, context.clock.now());
  if (tellsAge && ageSeconds > 7 * daySeconds && context.errorScreen.isTerminal) {
    context.note(
      printable(
        `rewind: last synced ${thousands(Math.floor(ageSeconds / daySeconds))} days ago; to update: rewind sync`,
      ),
    );
  }
  return { database, published, synced: `synced ${age(ageSeconds)} ago` };
}
