import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import { openForQueries } from "../../src/store/open-cache.ts";
import { views } from "../../src/store/sql-views.ts";
import { createTestCache } from "../support/filled-cache.ts";

test("each connection has the views of this program, whatever views the file has, without waiting for a writer", () => {
  const path = createTestCache().name;
  const other = new Sqlite(path);
  other.exec(`
    INSERT INTO album (artist, title, play_count) VALUES ('Can', 'Tago Mago', 7);
    CREATE VIEW albums AS SELECT 'of before' AS title;
    BEGIN IMMEDIATE`);
  const asking = openForQueries(path);
  expect(asking.prepare("SELECT title FROM albums").pluck().all()).toEqual(["Tago Mago"]);
  for (const { name } of views) expect(() => asking.prepare(`SELECT * FROM ${name}`).all()).not.toThrow();
  asking.close();
  other.close();
});
