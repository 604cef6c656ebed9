// A cache of an invented shelf and its listener, in memory's reach: synced like any other.
import { join } from "node:path";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import { fillDatabase, openCache } from "./filled-cache.ts";
import { inventWorld, type WorldSize } from "./generate.ts";

export type GeneratedCache = Awaited<ReturnType<typeof generateCache>>;

/** In the given directory. The caller closes the database. */
export async function generateCache(directory: string, size: WorldSize) {
  const database = openCache(join(directory, "rewind.db"));
  const { discogs, lastfm } = inventWorld(size);
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
