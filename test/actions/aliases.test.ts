import { expect, test } from "vitest";
import { AlbumHistory } from "../../src/match/albums/album-history.ts";
import { pickItem, createSeededRandom } from "../support/random.ts";

test("aliased names become one artist in any order, under the alphabetically first name", () => {
  const random = createSeededRandom(3);
  const names = Array.from({ length: 60 }, (_, at) => `name${at}`);
  for (let round = 0; round < 40; round += 1) {
    const aliases = Array.from({ length: 25 }, () => ({
      name: pickItem(random, names),
      sameAs: pickItem(random, names),
    }));
    const library = new AlbumHistory([], aliases);
    // Spreads the smallest name along the pairs until nothing changes.
    const least = new Map(names.map((name) => [name, name]));
    for (let changed = true; changed;) {
      changed = false;
      for (const { name, sameAs } of aliases) {
        const [one = "", other = ""] = [least.get(name), least.get(sameAs)];
        const first = one < other ? one : other;
        if (one !== other) changed = true;
        least.set(name, first).set(sameAs, first);
      }
    }
    expect(names.map((name) => library.toArtistKey(name))).toEqual(names.map((name) => least.get(name)));
  }
});

// These would take hours, or too much memory, if the work grew with the square of the number.
test.each([
  ["of one artist", (at: number) => ({ name: `spelling ${at}`, sameAs: "The Artist" })],
  ["in a chain", (at: number) => ({ name: `spelling ${at}`, sameAs: `spelling ${at + 1}` })],
  ["in a chain from its end", (at: number) => ({ name: `spelling ${-at}`, sameAs: `spelling ${-at - 1}` })],
])("resolves ten thousand aliases %s", (_, aliasAt) => {
  const aliases = Array.from({ length: 10_000 }, (__, at) => aliasAt(at));
  const library = new AlbumHistory([], aliases);
  expect(new Set(aliases.map(({ name }) => library.toArtistKey(name))).size).toBe(1);
});
