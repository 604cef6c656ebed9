// Matches the shelf again when the rules changed, and keeps what the changed matches were before.
import { transact, type Database } from "../store/database.ts";
import { rematch } from "./rematch.ts";

const creditedAlbums = (record: string): string => `
  (SELECT json_group_array(json_array(artist, title)) FROM (
     SELECT artist, title FROM credit JOIN album ON album.id = credit.album_id
     WHERE credit.record_id = ${record} ORDER BY artist, title))`;

/**
 * Returns how many records changed as a person would see it: another type of match, or other albums credited.
 * A rung that only earned another confidence is no change.
 */
export function rematchByNewRules(database: Database): number {
  return transact(database, () => {
    database.exec(`
      CREATE TEMP TABLE match_before AS
      SELECT record_id, type, confidence, ${creditedAlbums("match.record_id")} AS albums, play_count FROM match`);
    rematch(database);
    database.exec("DELETE FROM former_match");
    const { changes } = database
      .prepare(
        `INSERT INTO former_match (record_id, type, confidence, albums, play_count)
         SELECT b.record_id, b.type, b.confidence, b.albums, b.play_count
         FROM match_before AS b JOIN match AS m USING (record_id)
         WHERE b.type <> m.type OR b.albums <> ${creditedAlbums("m.record_id")}`,
      )
      .run();
    database.exec("DROP TABLE match_before");
    return changes;
  });
}

/** Lets decisions hold that were made while a sync was at work. */
export function rematchByDecisions(database: Database): void {
  transact(database, () => rematch(database));
}
