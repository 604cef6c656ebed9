// A cache is no larger than what it holds: what is staged goes back to the disk.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, test } from "vitest";
import type { Database } from "../../src/store/database.ts";
import { openDatabase } from "../../src/store/open.ts";
import { giveBackSpace } from "../../src/store/spare-pages.ts";
import { tempDirectory } from "../support/temp.ts";

const megabyte = 2 ** 20;

function cacheOf(path: string): Database {
  const database = openDatabase(path, { mode: "write" });
  if (database === undefined) throw new Error("not opened");
  return database;
}

/** Stages a few megabytes among rows that stay, and drops them again. */
function stageAndDrop(database: Database): void {
  const stage = database.prepare(
    "INSERT INTO staged_scrobble (uts, artist, track, album, album_mbid, occurrence) VALUES (?, ?, 'Song', '', '', 1)",
  );
  const keep = database.prepare("INSERT INTO fact VALUES (?, ?)");
  database.transaction(() => {
    for (let at = 0; at < 4000; at += 1) {
      stage.run(at, "x".repeat(1000));
      if (at % 40 === 0) keep.run(`fact ${at}`, "y".repeat(500));
    }
  })();
  database.exec("DELETE FROM staged_scrobble");
}

/** As a rewind of before made it. */
function makeOldFile(path: string): void {
  cacheOf(path).close();
  const database = new Sqlite(path);
  database.pragma("journal_mode = DELETE");
  database.pragma("auto_vacuum = NONE");
  database.exec("VACUUM");
  database.close();
}

const pragma = (database: Database, name: string): unknown => database.pragma(name, { simple: true });

test("free pages are given back, and what stays is whole", () => {
  const path = join(tempDirectory(), "rewind.db");
  const database = cacheOf(path);
  stageAndDrop(database);
  database.pragma("wal_checkpoint(TRUNCATE)");
  expect(statSync(path).size).toBeGreaterThan(4 * megabyte);
  giveBackSpace(database);
  expect(pragma(database, "freelist_count")).toBe(0);
  expect(database.prepare("SELECT count(*), sum(length(value)) FROM fact").raw().get()).toEqual([
    100, 50_000,
  ]);
  expect(pragma(database, "integrity_check")).toBe("ok");
  database.close();
  expect(statSync(path).size).toBeLessThan(megabyte);
});

test("a few free pages are kept for the next sync", () => {
  const database = cacheOf(join(tempDirectory(), "rewind.db"));
  const keep = database.prepare("INSERT INTO fact VALUES (?, ?)");
  for (let at = 0; at < 100; at += 1) keep.run(`fact ${at}`, "y".repeat(5000));
  database.exec("DELETE FROM fact WHERE name IN ('fact 7', 'fact 8')");
  const free = Number(pragma(database, "freelist_count"));
  expect(free).toBeGreaterThan(0);
  giveBackSpace(database);
  expect(pragma(database, "freelist_count")).toBe(free);
  database.close();
});

test("a full disk leaves a file of before as it is", () => {
  const path = join(tempDirectory(), "rewind.db");
  makeOldFile(path);
  const database = cacheOf(path);
  giveBackSpace(database, () => 2 * statSync(path).size - 1);
  expect(pragma(database, "auto_vacuum")).toBe(0);
  giveBackSpace(database, () => 2 * statSync(path).size);
  expect(pragma(database, "auto_vacuum")).toBe(2);
  database.close();
});

test("a file of before is written anew once, and from then on gives pages back", () => {
  const path = join(tempDirectory(), "rewind.db");
  makeOldFile(path);
  const database = cacheOf(path);
  expect(pragma(database, "auto_vacuum")).toBe(0);
  stageAndDrop(database);
  giveBackSpace(database);
  expect(pragma(database, "auto_vacuum")).toBe(2);
  expect(pragma(database, "freelist_count")).toBe(0);
  expect(pragma(database, "journal_mode")).toBe("wal");
  expect(database.prepare("SELECT count(*) FROM fact").pluck().get()).toBe(100);
  stageAndDropAgain(database);
  giveBackSpace(database);
  expect(pragma(database, "freelist_count")).toBe(0);
  expect(pragma(database, "integrity_check")).toBe("ok");
  database.close();
  expect(statSync(path).size).toBeLessThan(megabyte);
});

function stageAndDropAgain(database: Database): void {
  database.exec("DELETE FROM fact");
  stageAndDrop(database);
}

test("while another one holds the file, it is left to the next sync", () => {
  const path = join(tempDirectory(), "rewind.db");
  makeOldFile(path);
  const database = cacheOf(path);
  database.pragma("busy_timeout = 1");
  const other = cacheOf(path);
  other.exec("BEGIN IMMEDIATE");
  giveBackSpace(database);
  other.exec("ROLLBACK");
  other.close();
  expect(pragma(database, "auto_vacuum")).toBe(0);
  giveBackSpace(database);
  expect(pragma(database, "auto_vacuum")).toBe(2);
  database.close();
});

test("opening a file of before for reading rewrites nothing", () => {
  const path = join(tempDirectory(), "rewind.db");
  makeOldFile(path);
  const { mtimeMs, size } = statSync(path);
  const database = openDatabase(path, { mode: "read" });
  expect(database && pragma(database, "auto_vacuum")).toBe(0);
  database?.close();
  expect(statSync(path)).toMatchObject({ mtimeMs, size });
  expect(existsSync(`${path}-wal`)).toBe(false);
});
