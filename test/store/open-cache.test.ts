import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { transact } from "../../src/store/file/database.ts";
import { openDatabase } from "../../src/store/open-cache.ts";
import { applicationId, currentFormat } from "../../src/store/file/schema.ts";
import { CacheError } from "../../src/model/errors.ts";
import { tempDirectory } from "../support/temp.ts";

const open = (path: string): ReturnType<typeof openDatabase> => openDatabase(path, { mode: "write" });

describe("a new cache", () => {
  test("is made with its directory, for its owner alone", () => {
    const path = join(tempDirectory(), "deep", "down", "rewind.db");
    open(path)?.close();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(path, "..")).mode & 0o777).toBe(0o700);
  });

  test("knows its format and whose file it is", () => {
    const database = open(join(tempDirectory(), "rewind.db"));
    expect(database?.pragma("user_version", { simple: true })).toBe(currentFormat);
    expect(database?.pragma("application_id", { simple: true })).toBe(applicationId);
    expect(database?.pragma("journal_mode", { simple: true })).toBe("wal");
    expect(database?.pragma("foreign_keys", { simple: true })).toBe(1);
    database?.close();
  });

  test("is not made by a reader", () => {
    const path = join(tempDirectory(), "rewind.db");
    expect(openDatabase(path, { mode: "read" })).toBeUndefined();
    expect(existsSync(path)).toBe(false);
  });
});

describe("a file that is no cache of ours is explained and left as it is", () => {
  const cases: [string, (path: string) => void, RegExp][] = [
    ["a text file", (path) => writeFileSync(path, "dear diary, ".repeat(100)), /not a SQLite file/],
    [
      "another program's SQLite file",
      (path) => {
        const other = new Sqlite(path);
        other.exec("CREATE TABLE note (text TEXT)");
        other.close();
      },
      /another program's/,
    ],
    [
      "a newer rewind's cache",
      (path) => {
        open(path)?.close();
        const newer = new Sqlite(path);
        newer.pragma(`user_version = ${currentFormat + 1}`);
        newer.pragma("journal_mode = DELETE");
        newer.close();
      },
      /newer rewind/,
    ],
    [
      "a damaged cache",
      (path) => {
        open(path)?.close();
        const bytes = readFileSync(path);
        bytes.fill(0xff, 100, 4096);
        writeFileSync(path, bytes);
      },
      /damaged/,
    ],
  ];

  test.each(cases)("%s", (_, make, message) => {
    const path = join(tempDirectory(), "rewind.db");
    make(path);
    const before = readFileSync(path);
    for (const mode of ["read", "write"] as const) {
      expect(() => openDatabase(path, { mode })).toThrow(CacheError);
      expect(() => openDatabase(path, { mode })).toThrow(message);
    }
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test("a path through a file", () => {
    const file = join(tempDirectory(), "file");
    writeFileSync(file, "");
    expect(() => open(join(file, "rewind.db"))).toThrow(CacheError);
  });
});

test("an empty file counts as no cache yet", () => {
  const path = join(tempDirectory(), "rewind.db");
  writeFileSync(path, "");
  expect(openDatabase(path, { mode: "read" })).toBeUndefined();
  expect(open(path)).toBeDefined();
});

test("a failed transaction leaves nothing behind", () => {
  const database = open(join(tempDirectory(), "rewind.db"));
  if (database === undefined) throw new Error("not opened");
  expect(() =>
    transact(database, () => {
      database.exec("INSERT INTO account VALUES ('discogs', 'someone')");
      throw new Error("stop");
    }),
  ).toThrow("stop");
  expect(database.prepare("SELECT count(*) FROM account").pluck().get()).toBe(0);
  database.close();
});

test("a cache on a read-only disk can be read", ({ skip }) => {
  if (process.getuid?.() === 0) skip("root may write everywhere");
  const directory = tempDirectory();
  const path = join(directory, "rewind.db");
  open(path)?.close();
  chmodSync(path, 0o400);
  chmodSync(directory, 0o500);
  const database = openDatabase(path, { mode: "read" });
  expect(database?.prepare("SELECT count(*) FROM record").pluck().get()).toBe(0);
  database?.close();
  chmodSync(directory, 0o700);
});

test("every reference to a row that may be removed is indexed", () => {
  const database = open(join(tempDirectory(), "rewind.db"));
  if (database === undefined) throw new Error("not opened");
  const tables = database
    .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
    .pluck()
    .all();
  const unindexed: string[] = [];
  for (const table of tables) {
    const references = database
      .prepare<[string], { id: number; from: string }>(
        'SELECT id, "from" FROM pragma_foreign_key_list(?) WHERE seq = 0',
      )
      .all(table);
    for (const { from } of references) {
      const plan = database
        .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN SELECT 1 FROM ${table} WHERE ${from} = 1`)
        .all();
      if (!plan.every(({ detail }) => detail.startsWith("SEARCH"))) unindexed.push(`${table}.${from}`);
    }
  }
  expect(unindexed).toEqual([]);
  database.close();
});
