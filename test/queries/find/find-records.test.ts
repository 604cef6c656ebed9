import { expect, test } from "vitest";
import { findAllRecords, findRecords, type FoundRecords } from "../../../src/queries/find/find-records.ts";
import type { Database } from "../../../src/store/file/database.ts";
import { defineFunctions } from "../../../src/queries/conditions/sql-functions.ts";
import { everyCase, smallShelf } from "../../support/small-shelf.ts";
import { openCache } from "../../support/filled-cache.ts";

type Find = (database: Database, text: string) => FoundRecords;

async function finder(
  find: Find = (database, text) => findRecords(database, text.split(" ")),
): Promise<(text: string) => string[]> {
  const { path } = await smallShelf(everyCase);
  const database = openCache(path, "read");
  defineFunctions(database);
  return (text) => find(database, text).hits.map((hit) => hit.map(({ id }) => id).join("+"));
}

test("every way to name a record", async () => {
  const find = await finder();
  // What is asked for comes first, its other copies behind it.
  expect(find("2")).toEqual(["2+1"]);
  expect(find("#10")).toEqual(["10+11"]);
  expect(find("r901")).toEqual(["2+1"]);
  expect(find("[r901]")).toEqual(["2+1"]);
  expect(find("m13814")).toEqual(["1+2"]);
  expect(find("https://www.discogs.com/release/20755-New-Order-Blue-Monday")).toEqual(["3"]);
  expect(find("https://www.discogs.com/de/release/20755")).toEqual(["3"]);
  expect(find("discogs.com/New-Order-Blue-Monday/release/20755")).toEqual(["3"]);
  expect(find("https://www.discogs.com/master/13814-Nirvana-Nevermind?x=1#y")).toEqual(["1+2"]);
  expect(find("https://www.discogs.com/sell/release/20755")).toEqual(["3"]);
});

test("a bare number is a record, else a release that is owned, but not a word or a part of a title", async () => {
  const find = await finder();
  expect(find("5")).toEqual(["5"]);
  expect(find("461178")).toEqual(["5"]);
  expect(find("1969")).toEqual([]);
  expect(find("five 1969")).toEqual(["4"]);
  expect(find("424242")).toEqual([]);
});

test("a search lists exact titles first, then titles with the words, by plays", async () => {
  const search = await finder(findAllRecords);
  expect(search("BLUE")).toEqual(["9", "10+11", "3"]);
});

test("words are found in artist and title, folded, in any order; an exact title hides what contains it", async () => {
  const find = await finder();
  expect(find("BLUE")).toEqual(["9"]);
  expect(find("davis kind")).toEqual(["10+11"]);
  expect(find("godspeed you black emperor")).toEqual(["6"]);
  expect(find("five years 1969 - 1973")).toEqual(["4"]);
  expect(find("gong you")).toEqual(["5"]);
  expect(find("...")).toEqual([]);
  expect(find("zzz")).toEqual([]);
});
