import { expect, test } from "vitest";
import { createEmptyCache } from "../../../src/store/open-cache.ts";
import { hashTrackAlbums, hashUnmatchedSongInputs } from "../../../src/store/plays/track-albums.ts";
import { hashOriginalYears } from "../../../src/store/shelf/derived-columns.ts";

/** 10,000 tracks of ten albums, and three records with the years 1970 to 1972. */
function createFilledCache() {
  const database = createEmptyCache();
  database.exec(`
    WITH RECURSIVE number AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM number WHERE id < 10000)
    INSERT INTO track (id, artist, name, album, album_mbid) SELECT id, 'Can', id, 'Album', '' FROM number;
    INSERT INTO album (id, artist, title, play_count) SELECT id, 'Can', id, 0 FROM track WHERE id <= 10;
    UPDATE track SET album_id = id % 10 + 1;
    INSERT INTO release (id, title, genres, styles, artist, kind, form, original_year)
      SELECT id, id, '[]', '[]', 'Can', 'album', 'LP', 1969 + id FROM track WHERE id <= 3;
    INSERT INTO record (instance_id, release_id, rating) SELECT id, id, 0 FROM release`);
  return database;
}

const buildRelinkSql = (id: number, albumId: number): string =>
  `UPDATE track SET album_id = ${albumId} WHERE id = ${id};`;

test.each([
  ["track 8191 moves to another album", buildRelinkSql(8191, 9)],
  ["tracks 100 and 8291 swap albums", buildRelinkSql(100, 2) + buildRelinkSql(8291, 1)],
  ["two tracks move in opposite directions", buildRelinkSql(9, 8) + buildRelinkSql(18, 10)],
  [
    "the last track goes and another one of its album comes",
    "DELETE FROM track WHERE id = 10000;" +
      "INSERT INTO track (artist, name, album, album_mbid, album_id) VALUES ('Can', 'Spoon', 'Album', '', 1)",
  ],
])("the digests of heard tracks and unmatched songs change when %s", (_, change) => {
  const database = createFilledCache();
  const hashInputs = (): string[] => [hashTrackAlbums(database), hashUnmatchedSongInputs(database)];
  const before = hashInputs();
  expect(hashInputs()).toEqual(before);
  database.exec(change);
  for (const [at, digest] of hashInputs().entries()) expect(digest).not.toBe(before[at]);
});

test("the digest of original years changes when the changes of two years cancel out", () => {
  const database = createFilledCache();
  const before = hashOriginalYears(database);
  database.exec("UPDATE release SET original_year = iif(id = 1, 1973, 1971) WHERE id IN (1, 3)");
  expect(hashOriginalYears(database)).not.toBe(before);
});
