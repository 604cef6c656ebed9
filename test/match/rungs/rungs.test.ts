// Each rule by itself: first the titles that are as near and are other albums, then those that it is for.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";
import { idsOf, lp, verdict } from "../verdicts.ts";

describe("self-titled", () => {
  test("of two artists each has an album of his own name; of both it is one", () => {
    const albums = rows(["Ada Vole", "Ada Vole"], ["Ada Vole", "Ada Vole & Tom Crane"]);
    expect(idsOf(albums, ["Ada Vole", "Tom Crane"], "Ada Vole Tom Crane")).toEqual([2]);
  });

  test("where brackets tell several of one name apart, the bare name is none of them", () => {
    const albums = rows(
      ["Glass Pony", "Glass Pony (Blue)"],
      ["Glass Pony", "Glass Pony (Green)"],
      ["Glass Pony", "Glass Pony I"],
    );
    expect(idsOf(albums, ["Glass Pony"], "Glass Pony")).toEqual([]);
  });
});

describe("anniversary", () => {
  const artist = "Cactus Meridian";

  test.each([
    ["a number that is no anniversary", ["Signal Fires 17"], "Signal Fires"],
    ["a short name", ["Now 20"], "Now"],
    ["one of a series", ["Signal Fires 20", "Signal Fires 19"], "Signal Fires"],
  ])("not: %s", (_, titles, record) => {
    expect(idsOf(rows(...titles.map((title) => [artist, title] as const)), [artist], record)).toEqual([]);
  });

  test.each([
    ["Signal Fires", "Signal Fires 25"],
    ["Signal Fires", "Signal Fires XX"],
    ["Signal Fires XX", "Signal Fires"],
    ["Signal Fires", "Signal Fires 25 Super Deluxe Edition"],
  ])("%s / %s", (record, album) => {
    expect(verdict(artist, [record, album]).rule).toBe("anniversary");
    const both = rows([artist, "Signal Fires"], [artist, album]);
    expect(idsOf(both, [artist], "Signal Fires")).toContain(1);
  });
});

describe("best-of", () => {
  const collection = ["LP", "Compilation"];

  test("not: an album beside its collection", () => {
    const named = "Songs For The Long Road: The Best Of Ada Vole";
    expect(verdict("Ada Vole", ["Songs For The Long Road", named], lp).type).toBe("artist_only");
  });

  test("what a collection says of itself", () => {
    const kite = ["Paper Kite - The Best Of Ada Vole", "Paper Kite"] as const;
    expect(verdict("Ada Vole", kite, collection).rule).toBe("best-of");
    const named = "Songs For The Long Road: The Greatest Hits 1990-2001";
    expect(verdict("Ada Vole", [named, "Songs For The Long Road"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Songs For The Long Road", named], collection).rule).toBe("best-of");
  });
});

describe("half", () => {
  const single = ['7"', "Single"];
  const halves = rows(["Ada Vole", "Paper Kite"], ["Ada Vole", "Tin Moon"]);

  test("not: one side of a single", () => {
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], single).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], []).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite / Tin Moon"], lp).type).toBe("artist_only");
  });

  test("one of two albums on a disc, or both sides", () => {
    expect(verdict("Ada Vole", ["Paper Kite / Tin Moon", "Paper Kite"], lp).rule).toBe("half");
    expect(idsOf(halves, ["Ada Vole"], "Paper Kite / Tin Moon", single)).toEqual([1, 2]);
  });
});

describe("beside a tight row", () => {
  const artist = "Cactus Meridian";
  const albums = rows(
    [artist, "Distant Weather"],
    [artist, "Distant Waether"],
    [artist, "Distant Weather [Label House]"],
    [artist, "Distant Weather: The Long Way Home"],
    [artist, "Distant Weather EP"],
    [artist, "Distant Weather II"],
  );

  test("a slip and a note are credited; a subtitle, an EP and a sequel are not", () => {
    expect(idsOf(albums, [artist], "Distant Weather")).toEqual([1, 2, 3]);
  });

  test("an EP is credited where the record is one or says nothing", () => {
    expect(idsOf(albums, [artist], "Distant Weather", ["EP"])).toEqual([1, 2, 3, 5]);
    expect(idsOf(albums, [artist], "Distant Weather", [])).toEqual([1, 2, 3, 5]);
  });

  test("an EP beside editions of an album is another record than the album", () => {
    const edited = [...albums, ...rows(["", ""], ["", ""])].slice(0, 6);
    const deluxe = { ...edited[0], id: 7, artist, title: "Distant Weather (Deluxe)", playCount: 1 };
    expect(idsOf([...albums, deluxe], [artist], "Distant Weather", [])).toEqual([1, 2, 3, 7]);
  });
});

describe("a disc of a set", () => {
  test("has a name behind its number", () => {
    for (const album of [
      "Distant Weather CD2 - Extra Weather",
      "Distant Weather - CD2 - Extra",
      "Distant Weather (Disc 2: Extra)",
    ])
      expect(verdict("Ada Vole", ["Distant Weather", album]).rule).toBe("disc");
  });
});

describe("credits as sets", () => {
  test("a row under another spelling of the credit counts beside one under the same", () => {
    const albums = rows(
      ["Moss And The Glass Choir", "Moss And The Glass Choir"],
      ["Kit Moss", "Moss And The Glass Choir"],
    );
    expect(idsOf(albums, ["Moss And The Glass Choir"], "Moss And The Glass Choir")).toEqual([1, 2]);
  });

  test("letters in disguise are letters", () => {
    expect(verdict("M!sty", ["Paper Kite", "Paper Kite"]).rule).toBe("title");
    expect(
      createMatcher(rows(["Misty", "Paper Kite"])).match(releaseBy(["M!sty"], "Paper Kite", lp)).rule,
    ).toBe("title");
  });
});

describe("soundtracks", () => {
  test("not: a song from a film", () => {
    expect(verdict("Ada Vole", ["Amber Line", 'Amber Line (From "Another Film")']).type).toBe("artist_only");
  });
});
