// Artists credited otherwise on the other side: first the names that are as near and are others, then those that are the same.
import { describe, expect, test } from "vitest";
import { createMatcher, type Match } from "../../../src/match/matcher.ts";
import { releaseBy, rows } from "../scenarios.ts";

const lp = ["LP", "Album"];

function credited(artists: readonly string[], record: string, artist: string, album: string): Match {
  return createMatcher(rows([artist, album])).match(releaseBy(artists, record, lp));
}

const composed = ["Otto Albert Vane", "Ada Crane", "The Moss Quartet"];

describe("names of a record's other artists in a title", () => {
  test("under all of them", () => {
    const all = "Otto Albert Vane, Ada Crane & The Moss Quartet";
    expect(credited(composed, "String Quintet", all, "Vane: String Quintet").rule).toBe("artist-in-title");
  });
});

test("an album called after both, in whatever order they are credited", () => {
  const both = "Ada Crane - Kit Lark";
  const given = [["Kit Lark", "Ada Crane"], both, "Ada Crane & Kit Lark"] as const;
  expect(credited(...given, "Ada Crane & Kit Lark").rule).toBe("self-titled");
  expect(credited(...given, "Ada Crane & Kit Lark II").credited).toEqual([]);
  expect(credited(["Kit Lark", "Ada Crane"], both, "Ada Crane", "Ada Crane").credited).toEqual([]);
});

describe("a series that names whose part it is", () => {
  test("by the artist", () => {
    const given = [["Ada Crane"], "Slow Night Radio", "Ada Crane"] as const;
    expect(credited(...given, "Slow Night Radio: Ada Crane").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio (Ada Crane)").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio: Kit Lark").rule).not.toBe("artist-in-title");
  });
});

describe("a split release", () => {
  const record = [["Ada Crane", "Kit Lark"], "Paper Kite / Tin Moon"] as const;

  test("not: one side of a single", () => {
    const albums = rows(["Ada Crane", "Paper Kite"]);
    expect(createMatcher(albums).match(releaseBy(...record, ['7"', "Single"])).credited).toEqual([]);
  });

  test("each half by its own artist", () => {
    const albums = rows(["Ada Crane", "Paper Kite"], ["Kit Lark", "Tin Moon"]);
    expect(credited(...record, "Ada Crane", "Paper Kite").rule).toBe("half");
    for (const artists of [["Ada Crane", "Kit Lark"], ["Ada Crane / Kit Lark"]])
      expect(createMatcher(albums).match(releaseBy(artists, record[1], lp)).credited.length).toBe(2);
    expect(createMatcher(albums).match(releaseBy(...record, ['7"', "Single"])).credited.length).toBe(2);
  });
});
