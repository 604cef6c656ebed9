import { expect, test, vi } from "vitest";
import { filterParameters, readFilters } from "../../../src/doors/http/parameters.ts";
import { fillDatabase, newCache, record } from "../../support/filled-cache.ts";

test("filters without values ask the cache for no values", async () => {
  const database = newCache();
  await fillDatabase(database, { records: [record({ genres: ["Jazz"] })] });
  const none = Object.fromEntries(Object.keys(filterParameters("cross-reference")).map((name) => [name, []]));
  const prepare = vi.spyOn(database, "prepare");
  const statementsOf = (values: Readonly<Record<string, unknown>>): number => {
    prepare.mockClear();
    readFilters(
      "cross-reference",
      { ...none, q: undefined, during: undefined, ...values },
      { database, nowUts: 0 },
    );
    return prepare.mock.calls.length;
  };
  // The number of records alone.
  expect(statementsOf({})).toBe(1);
  expect(statementsOf({ genre: ["jazz"] })).toBe(2);
  database.close();
});
