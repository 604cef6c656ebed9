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

describe("a series that names whose part it is", () => {
  test("by the artist", () => {
    const given = [["Ada Crane"], "Slow Night Radio", "Ada Crane"] as const;
    expect(credited(...given, "Slow Night Radio: Ada Crane").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio (Ada Crane)").rule).toBe("artist-in-title");
    expect(credited(...given, "Slow Night Radio: Kit Lark").rule).not.toBe("artist-in-title");
  });
});
