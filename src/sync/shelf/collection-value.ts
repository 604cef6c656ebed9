// The collection's value, as its service estimates it: at most once a day, because nobody can fetch it later.
import { RewindError } from "../../model/errors.ts";
import { daySeconds } from "../../model/times.ts";
import { readFact, writeFact } from "../../store/file/cache-facts.ts";
import type { Run } from "../walks/step-run.ts";

const askedFact = "value asked on day";

/** A sync that has no value is complete, so no failure is reported. The next day asks again. */
export async function syncCollectionValue(run: Run, username: string): Promise<void> {
  const { database } = run;
  const day = String(Math.floor(run.nowUts() / daySeconds));
  if (!run.collectionValue || readFact(database, askedFact) === day) return;
  try {
    const value = await run.services.collection.collectionValue(username, run.call);
    run.write(() => {
      writeFact(database, askedFact, day);
      if (value === null) return;
      database
        .prepare(
          `INSERT OR REPLACE INTO collection_value (fetched_uts, minimum_cents, median_cents, maximum_cents, currency)
           VALUES (@nowUts, @minimumCents, @medianCents, @maximumCents, @currency)`,
        )
        .run({ ...value, nowUts: run.nowUts() });
    });
  } catch (error) {
    if (run.signal.aborted || !(error instanceof RewindError)) throw error;
    run.write(() => writeFact(database, askedFact, day));
  }
}
