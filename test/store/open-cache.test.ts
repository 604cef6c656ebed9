import { join } from "node:path";
import { expect, test } from "vitest";
import { openDatabase } from "../../src/store/open-cache.ts";
import { tempDirectory } from "../support/temp.ts";

const open = (path: string): ReturnType<typeof openDatabase> => openDatabase(path, { mode: "write" });

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
