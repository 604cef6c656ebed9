// Details that only the owner of a collection can see: the names of its folders and custom fields, and its value.
import { AccountError, RewindError } from "../../model/errors.ts";
import type { CustomField, Folder } from "../../model/model.ts";
import { daySeconds } from "../../model/times.ts";
import type { CollectionService } from "../../sources/services/service-clients.ts";
import { BadAnswer } from "../../sources/transport/service-errors.ts";
import { readFact, saveFact } from "../../store/file/cache-facts.ts";
import { execute } from "../../store/file/sql.ts";
import type { AddNote, StepRun } from "../paging/step.ts";

interface OwnerRun extends StepRun {
  readonly service: CollectionService;
  readonly username: string;
  readonly note: AddNote;
}

/** Missing names are no failure. */
export async function fetchCollectionNames(
  run: OwnerRun,
): Promise<{ folders: readonly Folder[] | null; fields: readonly CustomField[] | null }> {
  const [folders, fields] = await Promise.all([
    fetchOrNull(run, "folders", run.service.fetchFolders(run.username, run.call)),
    fetchCustomFields(run),
  ]);
  return { folders, fields };
}

export function fetchCustomFields(run: OwnerRun): Promise<readonly CustomField[] | null> {
  return fetchOrNull(run, "custom fields", run.service.fetchCustomFields(run.username, run.call));
}

async function fetchOrNull<Rows>(run: OwnerRun, what: string, reading: Promise<Rows>): Promise<Rows | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AccountError) return null;
    if (!(error instanceof BadAnswer)) throw error;
    run.note(`${run.service.name} sent no names for ${what}: the known names stay.`);
    return null;
  }
}

// The collection's value, as its service estimates it: at most once a day, because nobody can fetch it later.

const valueDayFact = "value asked on day";

/** A sync that has no value is complete, so no failure is reported. The next day asks again. */
export async function fetchValue(run: OwnerRun): Promise<void> {
  const { database } = run;
  const day = String(Math.floor(run.nowUts() / daySeconds));
  if (readFact(database, valueDayFact) === day) return;
  const value = await run.service.fetchCollectionValue(run.username, run.call).catch((error: unknown) => {
    if (run.signal.aborted || !(error instanceof RewindError)) throw error;
    return null;
  });
  run.write(() => {
    saveFact(database, valueDayFact, day);
    if (value === null) return;
    const { minimumCents, medianCents, maximumCents, currency } = value;
    execute(database)`
      INSERT OR REPLACE INTO collection_value (fetched_uts, minimum_cents, median_cents, maximum_cents, currency)
      VALUES (${run.nowUts()}, ${minimumCents}, ${medianCents}, ${maximumCents}, ${currency})`;
  });
}
