// A cache of an invented shelf and its listener, in memory's reach: synced like any other.
import { join } from "node:path";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { fillDatabase, openCache } from "./filled-cache.ts";
import { generateServiceData, type DataSize } from "./generated-data.ts";

export type GeneratedCache = Awaited<ReturnType<typeof generateCache>>;

/** Writes into the given directory. The caller closes the database. */
export async function generateCache(directory: string, size: DataSize) {
  const database = openCache(join(directory, "rewind.db"));
  const { discogs, lastfm } = generateServiceData(size);
  const plays = lastfm.listener.plays.rows;
  await fillDatabase(database, {
    records: discogs.shelf.records.rows,
    wants: discogs.shelf.wants.rows,
    folders: discogs.shelf.folders.rows,
    customFields: discogs.shelf.fields.rows,
    plays,
  });
  defineFunctions(database);
  return { database, plays };
}
