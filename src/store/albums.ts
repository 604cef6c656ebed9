// The album chart: staged page by page, then published whole.
import type { Album } from "../model.ts";
import type { Changes } from "./changes.ts";
import type { Database } from "./database.ts";

export function stageAlbums(database: Database, rows: readonly Album[], round: number): void {
  // A row that moved from one page to the next while they were read is listed twice: the later count is the larger.
  const stage = database.prepare(`
    INSERT INTO staged_album (artist, title, seen, before, play_count, mbid, url)
    VALUES (@artist, @title, @round, 0, @playCount, @mbid, @url)
    ON CONFLICT (artist, title) DO UPDATE SET
      before = iif(seen < excluded.seen, seen, before),
      play_count = iif(seen < excluded.seen, excluded.play_count, max(play_count, excluded.play_count)),
      seen = excluded.seen, mbid = excluded.mbid, url = excluded.url`);
  for (const album of rows) stage.run({ ...album, round });
}

/** Makes the rows that a round listed the chart. Runs inside the caller's transaction. */
export function publishAlbums(database: Database, round: number): Changes {
  const added = database
    .prepare(
      `INSERT INTO album (artist, title, play_count, mbid, url)
       SELECT artist, title, play_count, mbid, url FROM staged_album AS s
       WHERE seen >= ? AND NOT EXISTS (SELECT 1 FROM album WHERE artist = s.artist AND title = s.title)
       ORDER BY play_count DESC, artist, title`,
    )
    .run(round).changes;
  const updated = database
    .prepare(
      `UPDATE album SET (play_count, mbid, url) = (s.play_count, s.mbid, s.url) FROM staged_album AS s
       WHERE s.seen >= ? AND s.artist = album.artist AND s.title = album.title
         AND (album.play_count, album.mbid, album.url) IS NOT (s.play_count, s.mbid, s.url)`,
    )
    .run(round).changes;
  const removed = database
    .prepare(
      `DELETE FROM album WHERE NOT EXISTS
         (SELECT 1 FROM staged_album AS s WHERE s.artist = album.artist AND s.title = album.title AND seen >= ?)`,
    )
    .run(round).changes;
  return { added, updated, removed };
}

export function countAlbums(database: Database): number {
  return database.prepare("SELECT count(*) FROM album").pluck().get() as number;
}

/** Whether the cache holds albums that a round didn't list. */
export function hasMissingAlbums(database: Database, round: number): boolean {
  const missing = database
    .prepare(
      `SELECT 1 FROM album WHERE NOT EXISTS
         (SELECT 1 FROM staged_album AS s WHERE s.artist = album.artist AND s.title = album.title AND seen >= ?) LIMIT 1`,
    )
    .get(round);
  return missing !== undefined;
}
