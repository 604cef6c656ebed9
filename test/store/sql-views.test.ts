// The views of a cache are this program's, whatever version made the cache.
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { Database } from "../../src/store/file/database.ts";
import { openDatabase, openForAsking } from "../../src/store/open-cache.ts";
import { views } from "../../src/store/sql-views.ts";
import { tempDirectory } from "../support/temp.ts";

/** A cache whose views another version made, with one of its owner's. */
function cacheWithOtherViews(): string {
  const path = join(tempDirectory(), "rewind.db");
  openDatabase(path, { mode: "write" })?.close();
  const database = new Sqlite(path);
  database.exec(`
    INSERT INTO album (artist, title, play_count) VALUES ('Can', 'Tago Mago', 7);
    DROP VIEW albums; DROP VIEW wants;
    CREATE VIEW albums AS SELECT 'of before' AS title;
    CREATE VIEW mine AS SELECT count(*) AS albums FROM album`);
  database.close();
  return path;
}

const titles = (database: Database | undefined): unknown[] =>
  database?.prepare("SELECT title FROM albums").pluck().all() ?? [];

test.each(["read", "write"] as const)(
  "opening a cache to %s it gives it today's views, and leaves others",
  (mode) => {
    const database = openDatabase(cacheWithOtherViews(), { mode });
    expect(titles(database)).toEqual(["Tago Mago"]);
    expect(database?.prepare("SELECT * FROM wants").all()).toEqual([]);
    expect(database?.prepare("SELECT albums FROM mine").pluck().get()).toBe(1);
    const kept = database
      ?.prepare("SELECT sql FROM sqlite_schema WHERE type = 'view' AND name <> 'mine'")
      .pluck()
      .all();
    expect(kept?.toSorted()).toEqual(views.map(({ sql }) => sql).toSorted());
    database?.close();
  },
);

test("a cache with current views is not written", () => {
  const path = join(tempDirectory(), "rewind.db");
  openDatabase(path, { mode: "write" })?.close();
  const database = openDatabase(path, { mode: "read" });
  const version = database?.pragma("schema_version", { simple: true });
  const other = openDatabase(path, { mode: "read" });
  other?.close();
  expect(database?.pragma("schema_version", { simple: true })).toBe(version);
  database?.close();
});

test("a read-only connection uses current views without waiting for a writer", () => {
  const path = cacheWithOtherViews();
  const other = new Sqlite(path);
  other.exec("BEGIN IMMEDIATE");
  const asking = openForAsking(path);
  expect(titles(asking)).toEqual(["Tago Mago"]);
  asking.close();
  other.exec("ROLLBACK");
  other.close();
});
