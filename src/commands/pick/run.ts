import { daySeconds } from "../../model/times.ts";
import type { Context } from "../../context.ts";
import { CacheError, UsageError } from "../../model/errors.ts";
import { printable } from "../../output/escape.ts";
import { ask, document, type PickRow } from "../../queries/albums/pick.ts";
import { redact } from "../../model/redact.ts";
import { secretsOf } from "../../settings/connection.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { rememberProposals } from "../../store/decisions/user-decisions.ts";
import type { Call } from "../shared/declaration.ts";
import { readListingOptions, runRecordListing } from "../shared/listing/run-listing.ts";
import { sleeveFor } from "../shared/listing/record-sleeve.ts";
import { whyInFull } from "../shared/listing/times-in-words.ts";
import { pickFields, pickTable } from "./screen.ts";
import { isAboutSnoozes, runSnooze, type SnoozeOptions } from "./snooze.ts";

/** An album that was drawn is not drawn again for this long. */
const monthSeconds = 31 * daySeconds;
/** If a sync holds the cache longer than this, the pick is shown and not remembered. */
const memoryTimeoutMs = 500;

interface Options extends SnoozeOptions {
  readonly number?: number;
  readonly limit?: number;
  readonly seed?: number;
  readonly images?: boolean;
}

export async function runPick(context: Context, call: Call): Promise<void> {
  const { number = 1, limit: count = number, seed = null, images, ...snoozing } = call.options as Options;
  if (isAboutSnoozes(snoozing)) {
    return runSnooze(context, snoozing, readListingOptions(call.options, context).as);
  }
  if (snoozing.for !== undefined) {
    throw new UsageError("--for needs --snooze", "For example: rewind pick --snooze 733 --for 6mo");
  }
  await runRecordListing(context, call, ({ filter, as, nowUts }) => {
    const fromUts = nowUts - monthSeconds;
    const shelfField = context.settings()("shelf_field");
    const why = (row: PickRow): string => whyInFull(row, nowUts);
    return {
      ask: (database) => {
        const draw = {
          filter,
          count,
          seed,
          random: context.random,
          proposedSinceUts: fromUts,
          nowUts,
          shelfField,
        };
        const answer = ask(database, draw);
        if (shelfField !== null && answer.knownFields !== null) {
          noteNoField(context, shelfField, answer.knownFields.join(", "));
        }
        if (seed === null) remember(context, database, answer.rows, { nowUts, fromUts });
        return answer;
      },
      document: (answer) => document(answer, why),
      fields: pickFields(why),
      rows: ({ rows }) => rows,
      table: async (answer, database) => {
        const [only, ...others] = answer.rows;
        const isWanted = as === "table" && images !== false;
        const sleeve =
          only === undefined || others.length > 0
            ? null
            : await sleeveFor(context, database, { recordId: only.recordId, isWanted });
        return pickTable(answer, nowUts, sleeve);
      },
    };
  });
}

function noteNoField(context: Context, name: string, known: string): void {
  // A user may have put a secret into the wrong setting.
  const shown = redact(name, secretsOf(context.settings()));
  const fields = known === "" ? "" : `; it has ${known}`;
  context.note(
    printable(
      `rewind: the setting shelf_field is "${shown}", but your collection has no such field${fields}`,
    ),
  );
}

/** If the cache cannot be written, notes that and returns. */
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
      printable(`rewind: this pick could not be remembered and may come up again soon: ${error.message}`),
    );
  }
}
