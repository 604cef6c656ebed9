// The album chart: staged page by page, then published whole.
import type { Album } from "../../model/model.ts";
import {
  buildStagedSql,
  buildNotListedSql,
  type Changes,
  type StagedRows,
  type StagedColumns,
} from "../file/listings.ts";
import type { Database } from "../file/database.ts";
import { execute } from "../file/sql.ts";

export function toStagedAlbum({ artist, title, playCount, mbid, url }: Album): StagedColumns {
  return { artist, title, play_count: playCount, mbid, url };
}

/**
 * Publishes the albums that a read listed; with `isWhole` it removes the others. Runs inside the caller's
 * transaction.
 */
export function publishAlbums(
  database: Database,
  stagedRows: StagedRows,
  { isWhole }: { readonly isWhole: boolean },
): Changes {
  const addedCount = execute(database)`
    INSERT INTO album (artist, title, play_count, chart_count, mbid, url)
    SELECT artist, title, play_count, play_count, mbid, url FROM staged_album AS s
    WHERE ${buildStagedSql(stagedRows)} AND NOT EXISTS (SELECT 1 FROM album WHERE artist = s.artist AND title = s.title)
    ORDER BY play_count DESC, artist, title`;
  const updated = execute(database)`
    UPDATE album SET (play_count, chart_count, mbid, url) = (s.play_count, s.play_count, s.mbid, s.url)
    FROM staged_album AS s WHERE ${buildStagedSql(stagedRows)} AND s.artist = album.artist AND s.title = album.title
      AND (album.chart_count, album.mbid, album.url) IS NOT (s.play_count, s.mbid, s.url)`;
  // Further sources may have what the chart no longer lists: refreshOtherAlbums() drops the rest.
  const removedCount = isWhole
    ? execute(database)`UPDATE album SET chart_count = NULL WHERE ${buildNotListedSql("albums", stagedRows)}`
    : 0;
  return { added: addedCount, updated, removed: removedCount };
}

/**
 * Finds the albums of the chart that are on the shelf: the only definition of "owned". A record owns its credited albums
 * and those that its release is a pressing of, in all editions. A single or an EP often has the title of an album, so
 * only its credits count; and so they do once the user said that the record is not the album of its title. Run it after
 * every change of matches, keys and answers in reviews, in the same transaction.
 */
export function refreshOwnedAlbums(database: Database): void {
  database.exec(`
    DELETE FROM record_album;
    INSERT OR IGNORE INTO record_album (album_id, record_id)
    WITH decided (record_id, release_id, instance_id) AS (
      SELECT record.id, decision.release_id, max(decision.instance_id) FROM record JOIN decision
        ON decision.release_id = record.release_id AND decision.instance_id IN (0, record.instance_id) GROUP BY record.id),
    shelf_key (key, record_id) AS MATERIALIZED (
      SELECT release.edition_key, record.id FROM record JOIN release ON release.id = record.release_id
      WHERE release.kind NOT IN ('single', 'ep')
      EXCEPT
      SELECT release.edition_key, record_id FROM decided JOIN decision USING (release_id, instance_id)
        JOIN release ON release.id = release_id WHERE mode <> 'adjust'
      EXCEPT
      SELECT album.edition_key, record_id FROM decided JOIN decision_album USING (release_id, instance_id)
        JOIN album USING (artist, title) WHERE verdict = 'not'
      EXCEPT
      SELECT album.edition_key, record.id FROM review_answer JOIN record USING (release_id),
        json_each(iif(json_valid(subject), subject, '[]')) AS name JOIN album
        ON (album.artist, album.title) = (subject ->> (name.fullkey || '[0]'), subject ->> (name.fullkey || '[1]'))
      WHERE verdict = 'dismissed'
      UNION ALL
      SELECT album.edition_key, album_match.record_id FROM album_match JOIN album ON album.id = album_match.album_id)
    SELECT album.id, shelf_key.record_id FROM album JOIN shelf_key ON shelf_key.key = album.edition_key`);
}
