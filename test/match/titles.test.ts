// Words that make another album of a title, and what may be left aside of one: near-misses first, all of them invented.
import { describe, expect, test } from "vitest";
import { idsOf, lp, ruleOfTitles, verdict } from "./verdicts.ts";
import { rows } from "./scenarios.ts";

ruleOfTitles("subtitle", {
  not: [
    ["Glass Harvest", "Glass Harvest: A Companion"],
    ["Glass Harvest", "Glass Harvest: Side B"],
    ["Glass Harvest", "Glass Harvest: Variations"],
    ["Glass Harvest", "Glass Harvest: The Long Barn By The River Sessions (As Seen On Television)"],
    ["Glass Harvest", "Re: Glass Harvest"],
    ["Glass Harvest", "Glass Harvest: Embers"],
    ["Glass Harvest: Embers", "Glass Harvest: Ashes"],
    ["Glass Harvest", "Glass Harvest: The Score"],
    ["Glass Harvest", "Glass Harvest (The Score)"],
  ],
  same: [
    ["Glass Harvest", "Glass Harvest: Reloaded"],
    ["Glass Harvest", "Glass Harvest: A Winter In Four Rooms"],
  ],
});

ruleOfTitles("longer-title", {
  not: [
    ["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Some More"],
    ["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Again"],
  ],
  same: [["Sing And Paint Your Ladder", "Sing And Paint Your Ladder Blue"]],
});

ruleOfTitles("small-words", {
  not: [["Walking In The Harbour", "Walking With The Harbour"]],
  same: [
    ["The Hour Of Lanterns", "The Hour Of The Lanterns"],
    ["A Lantern Left Of The Harbour", "A Lantern Left To The Harbour"],
  ],
});

ruleOfTitles("reordered", {
  not: [["Echo From The Branches", "The Branches Of Echo"]],
  same: [["Echo Of The Branches", "The Branches Of Echo"]],
});

describe("the number of a soundtrack", () => {
  test.each([
    ["Amber Line (Original Soundtrack)", "Amber Line (Original Soundtrack, Vol. 2)"],
    ["Amber Line (Season 1 Original Soundtrack)", "Amber Line (Season 2 Original Soundtrack)"],
    ["Amber Line", "Amber Line (Music From The Original Series Season Three)"],
    ["Music From The Film Amber Line", "Amber Line (Original Soundtrack Of The Sequel)"],
  ])("is another album's: %s / %s", (record, album) => {
    expect(verdict("Ada Vole", [record, album]).credited).toEqual([]);
  });

  test.each([
    ["Amber Line (Original Soundtrack)", "Amber Line (Season One Original Soundtrack)"],
    ["Amber Line (Original Soundtrack)", "Amber Line (Original Soundtrack From The Harbour Picture)"],
    ["Amber Line", "Amber Line (The Collector's Edition Soundtrack)"],
    ["Amber Line", "Amber Line Original Soundtracks"],
    ["Amber Line", "Amber Line - The Original Motion Picture Soundtrack Of Joan Doe's Movie"],
  ])("%s / %s", (record, album) => {
    expect(verdict("Ada Vole", [record, album]).rule).toBe("soundtrack");
  });
});

ruleOfTitles("cut-off", {
  oneWay: true,
  not: [
    [
      "A Long Walk Home For People With Nothing At All To Carry, Part Two",
      "A Long Walk Home For People With Nothing At All To Ca",
    ],
    ["Where The River...", "Where The River Bends Live At The Harbour Hall"],
    ["Where...", "Where The River Bends And Goes Home"],
    ["Where The River", "Where The River Bends And Goes Home"],
  ],
  same: [
    [
      "A Long Walk Home For People With Nothing At All To Carry",
      "A Long Walk Home For People With Nothing At Al",
    ],
    ["Where The River...", "Where The River Bends And Takes The Longer Way Home"],
    ["Where The River Bends And Takes The Longer Way Home", "Where The River…"],
  ],
});

ruleOfTitles("dated", {
  not: [
    ["Live Lantern", "1987 - Live Lantern"],
    ["Lantern Sessions", "1987 Lantern Sessions"],
    ["Greatest Hits", "1987 - Greatest Hits"],
  ],
  same: [["Lantern Road Revisited", "1987 - Lantern Road Revisited"]],
});

ruleOfTitles("notation", {
  not: [
    ["Ada & Tom", "Und Ada Tom"],
    ["Ada & Tom", "Ada Y"],
    ["Letter V", "Letter Versus"],
  ],
  same: [
    ["Salz & Rost", "Salz Und Rost"],
    ["Sal & Ferro", "Sal E Ferro"],
    ["Sel Et Rouille", "Sel & Rouille"],
    ["Salt Och Rost", "Salt & Rost"],
    ["Cat Vs. Dog", "Cat v Dog"],
  ],
});

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
