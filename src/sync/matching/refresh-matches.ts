// Matches the shelf again when the rules changed, and keeps what the changed matches were before.
import { transact, type Database } from "../../store/file/database.ts";
import { rematch } from "./rematch.ts";

const creditedAlbums = `
  (SELECT json_group_array(json_array(artist, title)) FROM (
     SELECT artist, title FROM credit JOIN album ON album.id = credit.album_id
     WHERE credit.record_id = match.record_id ORDER BY artist, title))`;

/** Returns how many records changed. */
export function rematchByNewRules(database: Database): number {
  return transact(database, () => {
    database.exec(`
      CREATE TEMP TABLE match_before AS
      SELECT record_id, type, confidence, ${creditedAlbums} AS albums, play_count FROM match`);
    const { changedIds } = rematch(database);
    database.exec("DELETE FROM former_match");
    const { changes } = database
      .prepare(
        `INSERT INTO former_match (record_id, type, confidence, albums, play_count)
         SELECT b.record_id, b.type, b.confidence, b.albums, b.play_count
         FROM match_before AS b WHERE b.record_id IN (SELECT value FROM json_each(?))`,
      )
      .run(JSON.stringify(changedIds));
    database.exec("DROP TABLE match_before");
    return changes;
  });
}

/** Lets decisions hold that were made while a sync was at work. */
export function rematchByDecisions(database: Database): void {
  transact(database, () => rematch(database));
}
