// Words of formats, shops and collections, and the artist's name in the title. All albums are invented.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";
import { idsOf, lp, verdict } from "../verdicts.ts";

describe("the words of a format or a shop say nothing", () => {
  test.each([
    "Glass Harvest [2CD Digipack]",
    "Glass Harvest [180g]",
    "Glass Harvest (180 Gram Vinyl)",
    "Glass Harvest (2xLP)",
    "Glass Harvest -Promo-",
    "Glass Harvest-Pr",
    "Glass Harvest (incl. 2 Bonus Songs)",
    "Glass Harvest ...And More",
    "Glass Harvest+",
    "1986_Glass_Harvest",
    "Glass Harvest-1986",
    "Glass Harvest (Tour Edition)",
  ])("%s", (album) => {
    expect(verdict("Cactus Meridian", ["Glass Harvest", album]).credited).toHaveLength(1);
    expect(verdict("Cactus Meridian", [album, "Glass Harvest"]).credited).toHaveLength(1);
  });
});

describe("an ordinal alone is no number", () => {
  test.each([
    ["First", "1", 0],
    ["Third", "III", 0],
    ["13", "Thirteenth", 0],
    ["1st", "First", 1],
    ["Three", "3", 1],
    ["Third Harvest", "3rd Harvest", 1],
  ])("%s / %s", (record, album, credits) => {
    expect(verdict("Cactus Meridian", [record, album]).credited).toHaveLength(credits);
  });
});

describe("a record of the artist's own name", () => {
  test.each([
    ["Cactus Meridian (Box Set)", lp],
    ["Cactus Meridian Remasters (Disc 1)", lp],
    ["Best Of Cactus Meridian", ["Compilation"]],
    ["Cactus Meridian (Original Soundtrack)", lp],
  ])("is not the album of that name: %s", (title, formats) => {
    expect(verdict("Cactus Meridian", [title, "Cactus Meridian"], formats).credited).toEqual([]);
    expect(verdict("Cactus Meridian", ["Cactus Meridian", title]).credited).toHaveLength(
      title.includes("Soundtrack") ? 1 : 0,
    );
  });

  test("may be the album where it is a collection, and is it otherwise", () => {
    const titles = ["Cactus Meridian", "Cactus Meridian"] as const;
    expect(verdict("Cactus Meridian", titles, ["Compilation"])).toMatchObject({
      type: "fuzzy",
      rule: "self-titled",
    });
    expect(verdict("Cactus Meridian", titles)).toMatchObject({ type: "exact", rule: "title" });
  });

  test("is the EP of that name where it is an EP", () => {
    const albums = rows(["Cactus Meridian", "Cactus Meridian"], ["Cactus Meridian", "Cactus Meridian EP"]);
    expect(idsOf(albums, ["Cactus Meridian"], "Cactus Meridian", ["EP"])).toEqual([2]);
    expect(idsOf(albums, ["Cactus Meridian"], "Cactus Meridian", lp)).toEqual([1]);
  });
});

describe("the music of a film", () => {
  const albums = rows(
    ["Cactus Meridian", "Glass Harvest"],
    ["Cactus Meridian", "Glass Harvest (Remastered)"],
    ["Cactus Meridian", "Glass Harvest (Original Soundtrack)"],
  );

  test("is another album than one that has editions", () => {
    expect(idsOf(albums, ["Cactus Meridian"], "Glass Harvest")).toEqual([1, 2]);
    expect(idsOf(albums, ["Cactus Meridian"], "Glass Harvest (Original Motion Picture Soundtrack)")).toEqual([
      3,
    ]);
  });

  test("is the album where nothing says that it is another", () => {
    expect(
      idsOf(
        albums.filter(({ id }) => id !== 2),
        ["Cactus Meridian"],
        "Glass Harvest",
      ),
    ).toEqual([1, 3]);
  });
});

const sole = (artist: string, record: string, album: string): number =>
  createMatcher(rows([artist, album])).match(releaseBy([artist], record, lp)).credited.length;

describe("the artist's name in the title", () => {
  test.each([
    ["Vole At The Mill", "At The Mill"],
    ["The Best Of Ada Vole, Vol. 1", "Best Of Volume I"],
    ["Ada Vole Live", "Live"],
  ])("%s is %s", (record, album) => {
    expect(sole("Ada Vole", record, album)).toBe(1);
    expect(sole("Ada Vole", album, record)).toBe(1);
  });

  test.each([
    ["Vole's Dream", "Dream"],
    ["Vole Country", "Country"],
    ["Ada Vole's Christmas", "Christmas"],
    ["Vole And The Mill", "The Mill"],
    ["The Best Of Ada Vole, Vol. 1", "Best Of Volume II"],
  ])("%s is not %s", (record, album) => {
    expect(sole("Ada Vole", record, album)).toBe(0);
    expect(sole("Ada Vole", album, record)).toBe(0);
  });
});
