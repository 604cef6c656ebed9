import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { applicationId, currentFormat } from "../../src/store/file/schema.ts";
import { tempDirectory } from "../support/temp.ts";

const open = (path: string): ReturnType<typeof openDatabase> => openDatabase(path, { mode: "write" });

describe("a new cache", () => {
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
