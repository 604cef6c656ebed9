// Format 41 tells albums of one artist and title apart by their masters on Discogs.
import { join } from "node:path";
import { expect, test } from "vitest";
import { connect } from "../../src/store/file/database.ts";
import { migrations, readFormat } from "../../src/store/file/schema.ts";
import { queryValues } from "../../src/store/file/sql.ts";
import { migrate } from "../../src/store/open-cache.ts";
import { refreshNameKeys } from "../../src/sync/matching/rematch.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { openCache } from "../support/filled-cache.ts";

test("gives the releases of format 40 the album keys that the next match would", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const former = connect(path, "write");
  migrate(former, migrations.slice(0, 3));
  expect(readFormat(former)).toBe(40);
  const insert = former.prepare(`
    INSERT INTO release (id, master_id, kind, artist, title, form, genres, styles, edition_key)
    VALUES (?, ?, ?, 'Weezer', ?, 'LP', '[]', '[]', lower(?))`);
  const releases: [number, number | null, string, string][] = [
    [1, 94, "album", "Weezer"],
    [2, 94, "compilation", "Weezer"],
    [3, 101, "album", "Weezer"],
    [4, null, "album", "Weezer"],
    [5, 102, "ep", "Weezer"],
    [6, null, "ep", "Weezer"],
    [7, 103, "album", "Pinkerton"],
    [8, null, "album", "Pinkerton"],
  ];
  for (const [id, master, kind, title] of releases) insert.run(id, master, kind, title, title);
  former.close();
  const database = openCache(path);
  const readGroups = (): string[] =>
    queryValues<string>(
      database,
    )`SELECT group_concat(id, ' ') FROM release GROUP BY album_key, kind = 'ep' ORDER BY min(id)`;
  expect(readGroups()).toEqual(["1 2", "3", "4", "5 6", "7 8"]);
  refreshNameKeys(database);
  expect(readGroups()).toEqual(["1 2", "3", "4", "5 6", "7 8"]);
  database.close();
});
