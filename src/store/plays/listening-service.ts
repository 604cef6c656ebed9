// Removes the plays and the account of the listening service from a cache.
import type { Database } from "../file/database.ts";
import { change } from "../file/sql.ts";
import { dropWalk } from "../file/listings.ts";
import { dropUnplayed, listeningSourceId } from "./merged-plays.ts";

/**
 * Merge the sources and refresh the plays afterwards, in the same
 * transaction.
 */
export function removeListeningService(database: Database, service: string): void {
  dropWalk(database, "albums");
  dropWalk(database, "history");
  database.exec(`
    DELETE FROM publication WHERE step IN ('albums', 'history');
    DELETE FROM scrobble WHERE source_id = ${listeningSourceId};
    DELETE FROM merge_quarter WHERE source_id = ${listeningSourceId};
    UPDATE album SET (chart_count, url) = (NULL, NULL) WHERE chart_count IS NOT NULL`);
  change(database)`DELETE FROM account WHERE service = ${service}`;
  dropUnplayed(database);
}
