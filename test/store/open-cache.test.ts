import { expect, test } from "vitest";
import { createTestCache } from "../support/filled-cache.ts";

test("every reference to a row that may be removed is indexed", () => {
  const database = createTestCache();
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
});
