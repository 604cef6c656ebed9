// Removes the plays and the account of the listening service from a cache.
import type { Database } from "../file/database.ts";
import { execute } from "../file/sql.ts";
import { deleteCheckpoint } from "../file/listings.ts";
import { deleteUnplayedTracks, listeningSourceId } from "./merged-plays.ts";

/**
 * Merge the sources and refresh the plays afterwards, in the same
 * transaction.
 */
export function deleteListeningService(database: Database, service: string): void {
  deleteCheckpoint(database, "albums");
  deleteCheckpoint(database, "history");
  database.exec(`
    DELETE FROM publication WHERE step IN ('albums', 'history');
    DELETE FROM scrobble WHERE source_id = ${listeningSourceId};
    DELETE FROM merge_quarter WHERE source_id = ${listeningSourceId};
    UPDATE album SET (chart_count, url) = (NULL, NULL) WHERE chart_count IS NOT NULL`);
  execute(database)`DELETE FROM account WHERE service = ${service}`;
  deleteUnplayedTracks(database);
}
