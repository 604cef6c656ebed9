// Words that make another album of a title, and what may be left aside of one: near-misses first, all of them invented.
import { describe, expect, test } from "vitest";
import { ruleOfTitles, verdict } from "./verdicts.ts";

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
