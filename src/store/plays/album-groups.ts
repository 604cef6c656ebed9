// Groups of albums: the names under which the plays of one album came. Each name is a row of the chart.
import { minCertainConfidence } from "../../model/model.ts";
import type { Database } from "../file/database.ts";
import { execute, listSql, queryValues } from "../file/sql.ts";

/**
 * Returns edition keys that stand for one album, each with the key of its group: the names that one record is credited
 * with, as "Trans-Europe Express" and "Trans Europa Express". An uncertain credit joins a name only if it has the title of
 * a certain one. A box holds several albums, and so does a record with two in one.
 */
function findJoinedKeys(database: Database): Map<string, string> {
  const lists = queryValues<string>(database)`
    SELECT DISTINCT json_group_array(DISTINCT (confidence >= ${minCertainConfidence}) || album.edition_key ORDER BY album.edition_key)
    FROM album_match JOIN album ON album.id = album_id
      JOIN record ON record.id = record_id JOIN release ON release.id = record.release_id
    WHERE release.kind <> 'box' AND album_match.rule <> 'both-albums'
    GROUP BY record_id HAVING count(DISTINCT album.edition_key) > 1`;
  const groups = new Map<string, readonly string[]>();
  for (const list of lists) {
    const credits = (JSON.parse(list) as string[]).map((text) => ({
      isSure: text.startsWith("1"),
      key: text.slice(1),
    }));
    const sureTitles = new Set(credits.filter(({ isSure }) => isSure).map(({ key }) => getTitleKey(key)));
    const keys = credits.map(({ key }) => key).filter((key) => sureTitles.has(getTitleKey(key)));
    const group = [...new Set(keys.flatMap((key) => groups.get(key) ?? [key]))].toSorted();
    for (const key of group) groups.set(key, group);
  }
  return new Map([...groups].map(([key, [first = key]]) => [key, first]));
}

/** An edition key is the artist's key, a NUL and the title's. */
function getTitleKey(editionKey: string): string {
  return editionKey.slice(editionKey.indexOf("\u0000"));
}

/** Run it after every change of albums, edition keys and credits, in the same transaction. */
export function refreshAlbumGroups(database: Database): void {
  execute(database)`
    WITH joined AS MATERIALIZED (
        SELECT CAST(value ->> 0 AS TEXT) AS key, value ->> 1 AS group_key FROM ${listSql([...findJoinedKeys(database)])}),
      joined_group AS MATERIALIZED (
        SELECT DISTINCT key, min(album.id) OVER (PARTITION BY group_key) AS group_id
        FROM joined JOIN album ON album.edition_key = joined.key),
      grouped AS (
        SELECT album.id AS id, coalesce(joined_group.group_id,
          (SELECT min(id) FROM album AS edition WHERE edition.edition_key = album.edition_key), album.id) AS group_id
        FROM album LEFT JOIN joined_group ON joined_group.key = album.edition_key)
    UPDATE album SET group_id = grouped.group_id FROM grouped
    WHERE grouped.id = album.id AND album.group_id IS NOT grouped.group_id`;
}
