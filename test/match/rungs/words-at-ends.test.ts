// Words of formats, shops and collections, and the artist's name in the title. All albums are invented.
import { describe, expect, test } from "vitest";
import { rows } from "../scenarios.ts";
import { idsOf, lp, verdict } from "../verdicts.ts";

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
