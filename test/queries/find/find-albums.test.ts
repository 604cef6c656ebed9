import { expect, test } from "vitest";
import { findAlbums, type FoundAlbums } from "../../../src/queries/find/find-albums.ts";
import { findLinesByWords } from "../../../src/queries/find/filter-by-words.ts";
import { buildNameLines, formatNameLine } from "../../../src/queries/find/name-lines.ts";
import { defineFunctions } from "../../../src/queries/conditions/sql-functions.ts";
import { createSmallCollection } from "../../support/small-collection.ts";
import { openCache } from "../../support/filled-cache.ts";

const albums = [
  { artist: "AC/DC", title: "Back in Black", plays: 90 },
  { artist: "Sigur Rós", title: "( )", plays: 80 },
  { artist: "Nick Cave & The Bad Seeds", title: "Murder Ballads", plays: 70 },
  { artist: "Ed Sheeran", title: "+", plays: 60 },
  { artist: "Nirvana", title: "Nevermind", plays: 50 },
  { artist: "Nirvana", title: "Nevermind (Remastered)", plays: 40 },
  { artist: "宇多田ヒカル", title: "First Love", plays: 30 },
  { artist: "Blur", title: "100% Blur", plays: 20 },
];

async function createFinder(): Promise<(text: string) => FoundAlbums> {
  const { path } = await createSmallCollection({ albums });
  const database = openCache(path, "read");
  defineFunctions(database);
  return (text) => findAlbums(database, text);
}

test.for([
  ["a1", [1]],
  ["a2,a4", [2, 4]],
  ["A2, a4", [2, 4]],
  ["a2 a4", [2, 4]],
  ["a2 a2,a4", [2, 4]],
  ["https://www.last.fm/music/AC%2FDC/Back+in+Black", [1]],
  ["https://www.last.fm/music/AC%252FDC/Back+in+Black", [1]],
  ["https://www.last.fm/music/Sigur+R%C3%B3s/(+)", [2]],
  ["https://www.last.fm/de/music/Nick+Cave+&+The+Bad+Seeds/Murder+Ballads?x=y", [3]],
  ["last.fm/music/Nick+Cave+%26+The+Bad+Seeds/Murder+Ballads", [3]],
  ["https://www.last.fm/music/Ed+Sheeran/%2B", [4]],
  ["https://www.last.fm/user/someone/library/music/Nirvana/Nevermind", [5]],
  ["https://www.last.fm/music/nirvana/nevermind", [5]],
  ["https://www.last.fm/music/%E5%AE%87%E5%A4%9A%E7%94%B0%E3%83%92%E3%82%AB%E3%83%AB/First+Love", [7]],
  ["https://www.last.fm/music/Blur/100%+Blur", [8]],
  ["murder ballads", [3]],
  ["cave MURDER", [3]],
  ["nevermind remastered", [6]],
] as const)("%s", async ([text, ids]) => {
  const { albums: found, isCertain } = (await createFinder())(text);
  expect(found.map(({ id }) => id)).toEqual(ids);
  expect(isCertain).toBe(true);
});

test.for([
  ["nirvana", [5, 6], "words"],
  // The title of both; one is an edition.
  ["nevermind", [5, 6], "title"],
  ["ballads murd", [3], "beginning"],
  ["never mind", [5, 6], "typo"],
  ["murder balads", [3], "typo"],
  ["murder ballads cave prestige", [3], "some words"],
  ["allad", [3], "inside"],
] as const)("%s finds %j by %s", async ([text, ids, by]) => {
  const found = (await createFinder())(text);
  expect(found.albums.map(({ id }) => id)).toEqual(ids);
  expect(found.reading.by).toBe(by);
  expect(found.isCertain).toBe(by === "beginning");
});

test.for([
  ["a99", "no album a99 in your plays"],
  ["https://www.last.fm/music/Nirvana", "that is not the address of an album"],
  ["https://www.last.fm/music/Nirvana/_/Lithium", "that is not the address of an album"],
  ["https://www.last.fm/music/Nirvana/+albums", "that is not the address of an album"],
  ["https://www.last.fm/music/Nirvana/Bleach", 'no album "Bleach" by Nirvana in your plays'],
  ["in utero", 'no album in your plays has "in utero" in artist or title'],
  ["3", '"3" is not the id of an album: album ids begin with a'],
  ["m12", 'no album in your plays has "m12" in artist or title'],
] as const)("%s is refused", async ([text, message]) => {
  const find = await createFinder();
  expect(() => find(text)).toThrow(message);
});

test.for([
  ["R.E.M.", [1]],
  ["can", [3]],
  ["remas", [2]],
  ["cany", [4]],
  ["emast", [2]],
] as const)("a list has the rows with the whole words, or else with parts of them: %s", ([words, ids]) => {
  const names = ["R.E.M. Murmur", "Suicide Suicide (Remastered)", "Can Ege Bamyasi", "Canyon Canyon"];
  const lines = buildNameLines([1, 2, 3, 4], names.map(formatNameLine).join(""));
  expect([...findLinesByWords(lines, [words]).ids]).toEqual(ids);
});
