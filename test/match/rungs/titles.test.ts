// Words that make another album of a title, and what may be ignored in one: near-misses first, all of them invented.
import { describe, expect, test } from "vitest";
import { idsOf, lp, verdict } from "../verdicts.ts";
import { rows } from "../scenarios.ts";

describe("a mini-album", () => {
  const mini = ["LP", "Mini-Album"];

  test("not: a single of its title", () => {
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite - Single"], mini).type).toBe("artist_only");
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite EP"], lp).type).toBe("artist_only");
  });

  test("is an EP to many", () => {
    expect(verdict("Ada Vole", ["Paper Kite", "Paper Kite EP"], mini).rule).toBe("format");
    const albums = rows(["Ada Vole", "Paper Kite"], ["Ada Vole", "Paper Kite EP"]);
    expect(idsOf(albums, ["Ada Vole"], "Paper Kite", mini)).toEqual([1, 2]);
  });
});

describe("a name of one word in a title", () => {
  test("may be part of it, but not beside a collection's own word", () => {
    expect(verdict("Cactus", ["Cactus Time", "Time"]).type).toBe("artist_only");
    expect(verdict("Cactus", ["Cactus Live", "Live"]).type).toBe("artist_only");
    expect(verdict("Cactus", ["Cactus Gold", "Gold"]).rule).toBe("artist-in-title");
  });
});

describe("the years of a collection", () => {
  const collection = ["LP", "Compilation"];
  const artist = "Ada Vole";

  test.each([
    ["of an album", [artist, "Driftwood 1977-1980"], "Driftwood", lp],
    ["of a kind", [artist, "Greatest Hits 1977-1980"], "Greatest Hits", collection],
    ["of the artist", [artist, "Ada Vole 1977-1980"], "Ada Vole", collection],
  ] as const)("tell it from another: %s", (_, album, record, formats) => {
    expect(idsOf(rows(album), [artist], record, formats)).toEqual([]);
  });

  test("tell it from one of other years", () => {
    const albums = rows([artist, "Driftwood 1977-1980"], [artist, "Driftwood 1981-1984"]);
    expect(idsOf(albums, [artist], "Driftwood", collection)).toEqual([]);
  });

  test("are ignored where there is one", () => {
    expect(verdict(artist, ["Driftwood", "Driftwood: 1977-1980"], collection).rule).toBe("dated");
    expect(verdict(artist, ["Driftwood 1977–80", "Driftwood"], collection).rule).toBe("dated");
  });
});

describe("what a collection says of itself", () => {
  const collection = ["CD", "Compilation"];

  test("counts beside its plain title, where the record is one", () => {
    const albums = rows(["Ada Vole", "Driftwood"], ["Ada Vole", "Driftwood (The Rarities)"]);
    expect(idsOf(albums, ["Ada Vole"], "Driftwood", collection)).toEqual([1, 2]);
    expect(idsOf(albums, ["Ada Vole"], "Driftwood", lp)).toEqual([1]);
  });

  test("is ignored where the rest says that it is one", () => {
    expect(verdict("Ada Vole", ["Vole Gold (Greatest Hits)", "Vole Gold"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Driftwood (Greatest Hits)", "Driftwood"], collection).rule).toBe("best-of");
    expect(verdict("Ada Vole", ["Driftwood (Greatest Hits)", "Driftwood"], lp).type).toBe("artist_only");
  });
});

describe("halves beside the whole", () => {
  const artist = "Ada Vole";
  const albums = rows(
    [artist, "Paper Kite / Tin Moon"],
    [artist, "Paper Kite"],
    [artist, "Tin Moon"],
    [artist, "Driftwood / Ada Vole Sings"],
    [artist, "Driftwood"],
  );

  test("not: one of them alone, or of a single", () => {
    expect(idsOf(albums.slice(0, 2), [artist], "Paper Kite / Tin Moon")).toEqual([1]);
    expect(idsOf(albums, [artist], "Paper Kite / Tin Moon", ['7"', "Single"])).toEqual([1]);
  });

  test("both of them, and one where the other says who is heard", () => {
    expect(idsOf(albums, [artist], "Paper Kite / Tin Moon")).toEqual([1, 2, 3]);
    expect(idsOf(albums, [artist], "Driftwood / Ada Vole Sings")).toEqual([4, 5]);
  });
});

describe("an album named after its artist by himself", () => {
  test("is none of his plain name", () => {
    expect(verdict("Vole", ["The Vole Album", "Vole"]).type).toBe("artist_only");
    expect(verdict("Vole", ["Vole", "The Vole Album"]).type).toBe("artist_only");
    expect(verdict("Vole", ["Vole", "Vole Album"]).rule).toBe("self-titled");
    expect(verdict("The Voles", ["The Voles", "The Voles Album"]).rule).toBe("self-titled");
  });
});

describe("a collection called by its artist's name", () => {
  const box = ["Compilation", "Box Set"];

  test.each([
    ["Ada Vole", "Ada Vole", box],
    ["Ada Vole", "Ada Vole (Remastered)", box],
    ["The Ada Vole", "Ada Vole", box],
  ])("a box called %s is not %s", (title, album, formats) => {
    expect(verdict("Ada Vole", [title, album], formats).type).toBe("artist_only");
  });

  test.each([
    ["Paper Kite", "Paper Kite", box, "title"],
    ["Ada Vole", "Ada Vole", ["Album", "Box Set"], "title"],
    ["Ada Vole", "Ada Vole", ["Compilation"], "self-titled"],
    ["The Ada Vole", "Ada Vole", ["Compilation"], "self-titled"],
  ])("%s as %s", (title, album, formats, rule) => {
    expect(verdict("Ada Vole", [title, album], formats).rule).toBe(rule);
  });

  test("is not the album of that name", () => {
    const collection = ["CD", "Compilation"];
    expect(verdict("Ada Vole", ["Ada Vole", "Ada Vole: The Best Of"], collection).type).toBe("artist_only");
  });

  test("nor is an LP an EP, whatever else is said of it", () => {
    expect(verdict("Ada Vole", ["Paper Kite LP", "Paper Kite EP"], ["LP", "Mini-Album"]).type).toBe(
      "artist_only",
    );
  });
});
