// The rows that are worked out again after plays changed: all, or only those that a few tracks can have changed. The album of
// a track follows from the albums and tracks with its album title or its MBID.
import type { Database } from "../file/database.ts";
import { execute, listSql, queryValues, rawSql, sql, type Sql } from "../file/sql.ts";

/** "touched": the albums and tracks in the temporary tables that createTouchedScope fills. */
export type RefreshScope = "all" | "touched";

/** Tracks with plays that came or went, and rows of source_track whose plays did. */
export interface TouchedTracks {
  readonly tracks: ReadonlySet<number>;
  readonly sourceTracks: ReadonlySet<number>;
}

function createSelector(query: string): (scope: RefreshScope, column: string) => Sql {
  return (scope, column) => rawSql(scope === "all" ? "true" : `${column} IN (${query})`);
}

export const selectTitles = createSelector("SELECT title FROM temp.touched_title");
export const selectMbids = createSelector("SELECT mbid FROM temp.touched_mbid");
export const selectTracks = createSelector("SELECT id FROM temp.touched_track");
export const selectAlbums = createSelector("SELECT id FROM temp.touched_album");

/**
 * Fills the temporary tables: the titles that `titleKey` takes for those of the tracks, and all that has such a title. Tracks
 * with an MBID of theirs may belong to the same albums, so their titles are touched too.
 */
export function createTouchedScope(
  database: Database,
  { tracks, sourceTracks }: TouchedTracks,
  titleKey: (title: string) => string,
): void {
  database.exec(`
    CREATE TEMP TABLE touched_title (title TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE touched_mbid (mbid TEXT PRIMARY KEY) WITHOUT ROWID;
    CREATE TEMP TABLE touched_track (id INTEGER PRIMARY KEY);
    CREATE TEMP TABLE touched_album (id INTEGER PRIMARY KEY)`);
  const knownTitles = queryValues<string>(database)`SELECT album FROM track UNION SELECT title FROM album`;
  const touchTitles = (query: Sql): void => {
    const keys = new Set(queryValues<string>(database)`${query}`.map(titleKey));
    const titles = knownTitles.filter((title) => title !== "" && keys.has(titleKey(title)));
    execute(database)`INSERT OR IGNORE INTO touched_title SELECT value FROM ${listSql(titles)}`;
  };
  touchTitles(sql`
    SELECT album FROM track WHERE album <> '' AND id IN ${listSql([...tracks])}
    UNION SELECT album FROM source_track WHERE album <> '' AND id IN ${listSql([...sourceTracks])}`);
  touchTitles(sql`
    SELECT album FROM track WHERE album NOT IN (SELECT title FROM touched_title) AND album_mbid <> '' AND album_mbid IN (
      SELECT mbid FROM album WHERE title IN (SELECT title FROM touched_title)
      UNION ALL SELECT album_mbid FROM track WHERE album IN (SELECT title FROM touched_title))`);
  database.exec(`
    INSERT INTO touched_track SELECT id FROM track WHERE album IN (SELECT title FROM touched_title);
    INSERT OR IGNORE INTO touched_mbid SELECT album_mbid FROM track WHERE id IN (SELECT id FROM touched_track)`);
  execute(database)`INSERT OR IGNORE INTO touched_track SELECT value FROM ${listSql([...tracks])}`;
  touchAlbums(database);
}

/** Run it before and after the tracks get their albums. */
export function touchAlbums(database: Database): void {
  database.exec(`
    INSERT OR IGNORE INTO touched_album
      SELECT id FROM album WHERE title IN (SELECT title FROM touched_title)
      UNION SELECT album_id FROM track WHERE album_id IS NOT NULL AND id IN (SELECT id FROM touched_track)`);
}

export function dropTouchedScope(database: Database): void {
  database.exec(`
    DROP TABLE temp.touched_title; DROP TABLE temp.touched_mbid;
    DROP TABLE temp.touched_track; DROP TABLE temp.touched_album`);
}
