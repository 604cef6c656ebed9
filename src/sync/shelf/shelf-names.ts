// The names of a collection's folders and custom fields.
import { AccountError } from "../../model/errors.ts";
import type { CustomField, Folder } from "../../model/model.ts";
import { BadAnswer } from "../../sources/transport/failures.ts";
import type { Run } from "../walks/run.ts";

/** Folders and fields are the owner's: other people's collections do without. Names are no reason to lose records. */
export async function readShelfNames(
  run: Run,
  username: string,
): Promise<{ folders: readonly Folder[] | null; fields: readonly CustomField[] | null }> {
  const [folders, fields] = await Promise.all([
    orNull(run, "folders", run.services.collection.folders(username, run.call)),
    readFieldNames(run, username),
  ]);
  return { folders, fields };
}

export function readFieldNames(run: Run, username: string): Promise<readonly CustomField[] | null> {
  return orNull(run, "custom fields", run.services.collection.customFields(username, run.call));
}

async function orNull<Rows>(run: Run, what: string, reading: Promise<Rows>): Promise<Rows | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof AccountError) return null;
    if (!(error instanceof BadAnswer)) throw error;
    run.notes.push(`${run.services.collection.name} sent no names for ${what}: the known ones stay.`);
    return null;
  }
}
