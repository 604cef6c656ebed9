import { expect, test } from "vitest";
import { findAllRecords, findRecords, type FoundRecords } from "../../../src/queries/find/find-records.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { defineFunctions } from "../../../src/queries/conditions/sql-functions.ts";
import { allMatchCases, createSmallCollection } from "../../support/small-collection.ts";
import { openCache } from "../../support/filled-cache.ts";

type Find = (database: Database, text: string) => FoundRecords;

async function createFinder(
  find: Find = (database, text) => findRecords(database, text.split(" ")),
): Promise<(text: string) => string[]> {
  const { path } = await createSmallCollection(allMatchCases);
  const database = openCache(path, "read");
  defineFunctions(database);
  return (text) => find(database, text).hits.map((hit) => hit.map(({ id }) => id).join("+"));
}

test("finds a record by each way to name it", async () => {
  const find = await createFinder();
  // The requested copy comes first, its other copies follow.
  expect(find("2")).toEqual(["2+1"]);
  expect(find("#10")).toEqual(["10+11"]);
  expect(find("r901")).toEqual(["2+1"]);
  expect(find("[r901]")).toEqual(["2+1"]);
  expect(find("m13814")).toEqual(["2+1"]);
  expect(find("https://www.discogs.com/release/20755-New-Order-Blue-Monday")).toEqual(["3"]);
  expect(find("https://www.discogs.com/de/release/20755")).toEqual(["3"]);
  expect(find("discogs.com/New-Order-Blue-Monday/release/20755")).toEqual(["3"]);
  expect(find("https://www.discogs.com/master/13814-Nirvana-Nevermind?x=1#y")).toEqual(["2+1"]);
  expect(find("https://www.discogs.com/sell/release/20755")).toEqual(["3"]);
});

test("reads a bare number as a record, else an owned release, but never as a word or a part of a title", async () => {
  const find = await createFinder();
  expect(find("5")).toEqual(["5"]);
  expect(find("461178")).toEqual(["5"]);
  expect(find("1969")).toEqual([]);
  expect(find("five 1969")).toEqual(["4"]);
  expect(find("424242")).toEqual([]);
});

test("a search lists exact titles first, then titles with the words, by plays", async () => {
  const search = await createFinder(findAllRecords);
  expect(search("BLUE")).toEqual(["9", "11+10", "3"]);
});

test("finds folded words in artist and title in any order; an exact title hides longer ones", async () => {
  const find = await createFinder();
  expect(find("BLUE")).toEqual(["9"]);
  expect(find("davis kind")).toEqual(["11+10"]);
  expect(find("godspeed you black emperor")).toEqual(["6"]);
  expect(find("five years 1969 - 1973")).toEqual(["4"]);
  expect(find("gong you")).toEqual(["5"]);
  expect(find("...")).toEqual([]);
  expect(find("zzz")).toEqual([]);
});
