// A cache of an invented shelf and its listener, in memory's reach: synced like any other.
import { join } from "node:path";
import { defineFunctions } from "../../src/queries/conditions/sql-functions.ts";
import type { Database } from "../../src/store/file/database.ts";
import { fillDatabase, openCache } from "./filled-cache.ts";
import { inventWorld, type WorldSize } from "./generate.ts";
import type { Play } from "./world.ts";

export interface GeneratedCache {
  readonly database: Database;
  readonly plays: readonly Play[];
}

/** In the given directory. The caller closes the database. */
export async function generateCache(directory: string, size: WorldSize): Promise<GeneratedCache> {
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
