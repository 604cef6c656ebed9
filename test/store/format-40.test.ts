// Format 40 groups the names of an album. In a cache of format 39 editions are grouped at once, other names at the next match.
import { join } from "node:path";
import { expect, test } from "vitest";
import { connect } from "../../src/store/file/database.ts";
import { migrations, readFormat } from "../../src/store/file/schema.ts";
import { migrate } from "../../src/store/open-cache.ts";
import { createTempDirectory } from "../support/temp-directories.ts";
import { openCache } from "../support/filled-cache.ts";

test("groups the editions of format 39, and albums without a key by themselves", () => {
  const path = join(createTempDirectory(), "rewind.db");
  const former = connect(path, "write");
  migrate(former, migrations.slice(0, 2));
  expect(readFormat(former)).toBe(39);
  former.exec(`INSERT INTO album (id, artist, title, play_count, edition_key) VALUES
    (3, 'Iva', 'Shoals', 1, 'iva shoals'), (5, 'Iva', 'Dune', 1, NULL), (7, 'Iva', 'Shoals (Deluxe)', 1, 'iva shoals')`);
  former.close();
  const database = openCache(path);
  expect(database.prepare("SELECT id, group_id FROM album ORDER BY id").raw().all()).toEqual([
    [3, 3],
    [5, 5],
    [7, 3],
  ]);
  database.close();
});
