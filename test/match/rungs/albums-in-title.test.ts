// Two albums on one record, the sides of a single, and the album that only a bracket names. All of them are invented.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";
import { idsOf, lp, verdict } from "../verdicts.ts";

const albums = rows(["Ada Vole", "Paper Kite"], ["Ada Vole", "Tin Moon"], ["Ada Vole", "Driftwood"]);
const twoInOne = ["Compilation"];

describe("a title of two albums", () => {
  test.each([
    ["Paper Kite / Tin Moon", lp],
    ["Paper Kite / Tin Moon (Deluxe Edition)", lp],
    ["Paper Kite + Tin Moon", twoInOne],
    ["Paper Kite & Tin Moon", twoInOne],
    ["Paper Kite; Tin Moon", twoInOne],
  ])("%s is both, and its plays are their sum", (title, formats) => {
    const { credited, rule } = createMatcher(albums).match(releaseBy(["Ada Vole"], title, formats));
    expect(credited.map(({ album }) => album.id).toSorted((a, b) => a - b)).toEqual([1, 2]);
    expect(rule).toBe("both-albums");
  });

  test("names three", () => {
    expect(idsOf(albums, ["Ada Vole"], "Paper Kite / Tin Moon / Driftwood", twoInOne)).toEqual([1, 2, 3]);
  });

  test.each([
    ["Paper Kite & Tin Moon", lp],
    ["Paper Kite + Tin Moon", lp],
    ["Paper Kite + Glass Harbour", twoInOne],
    ["Paper Kite & Glass Harbour", twoInOne],
    ["Paper Kite (Live) + Tin Moon (Live)", twoInOne],
  ])("%s is one title, or another album", (title, formats) => {
    expect(idsOf(albums, ["Ada Vole"], title, formats)).toEqual([]);
  });
});

describe("the first side of a single", () => {
  const titles = ["Paper Kite / Tin Moon", "Paper Kite"] as const;

  test('is what a 12" is filed under', () => {
    expect(verdict("Ada Vole", titles, ['12"']).credited).toHaveLength(1);
  });

  test("not: the second side, or the album that a single gave its name", () => {
    expect(verdict("Ada Vole", ["Tin Moon / Paper Kite", "Paper Kite"], ['12"']).credited).toEqual([]);
    expect(verdict("Ada Vole", titles, ['12"', "Single"]).credited).toEqual([]);
    expect(verdict("Ada Vole", [titles[0], "Paper Kite (Deluxe Edition)"], ['12"']).credited).toEqual([]);
  });

  test("is one that calls itself a single", () => {
    expect(verdict("Ada Vole", [titles[0], "Paper Kite - Single"], ['12"', "Single"]).credited).toHaveLength(
      1,
    );
  });
});
