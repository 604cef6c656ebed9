import { daySeconds } from "../../model/local-days.ts";
import type { Context } from "../../context.ts";
import { CacheError, UsageError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { present } from "../../output/present.ts";
import { readRecordFilter } from "../../queries/filters/read-filter.ts";
import { ask, document, type PickRow } from "../../queries/albums/pick-answer.ts";
import { redact } from "../../model/redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { rememberProposals } from "../../store/decisions/memory.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markInsideRecords } from "../shared/listing/found-inside.ts";
import { readListingOptions } from "../shared/listing/listing-options.ts";
import { sleeveFor } from "../shared/listing/sleeve.ts";
import { whyInFull } from "../shared/listing/pick-reason.ts";
import { pickFields, pickTable } from "./screen.ts";
import { isAboutSnoozes, runSnooze, type SnoozeOptions } from "./snooze.ts";

/** For so long an album isn't proposed again. */
const monthSeconds = 31 * daySeconds;
/** The answer doesn't wait long for a sync that is writing. */
const memoryTimeoutMs = 500;

export async function runPick(context: Context, call: Call): Promise<void> {
  const {
    arguments: [words],
    options,
  } = call;
  const form = readListingOptions(options, context);
  const {
    number = 1,
    limit: count = number,
    seed = null,
  } = options as { number?: number; limit?: number; seed?: number };
  const snoozing = options as SnoozeOptions;
  if (isAboutSnoozes(snoozing)) return runSnooze(context, snoozing, form.as);
  if (snoozing.for !== undefined) {
    throw new UsageError("--for goes with --snooze", "For example: rewind pick --snooze 733 --for 6mo");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const fromUts = nowUts - monthSeconds;
  const filter = readRecordFilter(options, words, nowUts);
  const { database, synced } = await openAnswers(context, { call });
  markInsideRecords(context, database, filter);
  const shelfField = context.settings()("shelf_field");
  const answer = ask(database, {
    filter,
    count,
    seed,
    random: context.random,
    proposedSinceUts: fromUts,
    nowUts,
    shelfField,
  });
  if (shelfField !== null && answer.knownFields !== null) {
    noteNoField(context, shelfField, answer.knownFields.join(", "));
  }
  if (seed === null) remember(context, database, answer.rows, { nowUts, fromUts });
  const why = (row: PickRow): string => whyInFull(row, nowUts);
  const [only, ...others] = answer.rows;
  const sleeve =
    only === undefined || others.length > 0
      ? null
      : await sleeveFor(context, database, {
          recordId: only.recordId,
          isWanted: form.as === "table" && options["images"] !== false,
        });
  await present(context, form, {
    document: () => document(answer, why),
    fields: pickFields(why),
    rows: answer.rows,
    synced,
    table: () => pickTable(answer, nowUts, sleeve),
  });
}

/** A wrong name is said once and changes nothing. */
function noteNoField(context: Context, name: string, known: string): void {
  const setting = context.settings();
  // What came into the wrong setting may be a secret.
  const shown = redact(name, secretsOf(setting));
  context.note(
    printable(
      `rewind: the collection has no field "${shown}", which the setting shelf_field names${known === "" ? "" : `; it has ${known}`}`,
    ),
  );
}

/** A cache that can't be written has still been read: the answer stands. */
function remember(
  context: Context,
  database: Database,
  picks: readonly PickRow[],
  span: { readonly nowUts: number; readonly fromUts: number },
): void {
  if (picks.length === 0) return;
  try {
    database.pragma(`busy_timeout = ${memoryTimeoutMs}`);
    transact(database, () => rememberProposals(database, picks, span));
  } catch (error) {
    if (!(error instanceof CacheError)) throw error;
    context.note(
      printable(`rewind: this proposal is not remembered and may come again soon: ${error.message}`),
    );
  }
}
