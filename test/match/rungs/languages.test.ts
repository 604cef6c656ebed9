// Titles in several languages, and other titles that a service gives: near-misses first, all of them invented.
import { describe, expect, test } from "vitest";
import { createMatcher } from "../../../src/match/matcher.ts";
import type { OtherTitle } from "../../../src/model/model.ts";
import { releaseBy, rows } from "../scenarios.ts";
import { lp, verdict } from "../verdicts.ts";

test("a part of a title has its own subtitle", () => {
  const titles = ["Quiet Harbour (A Winter In Four Rooms) = 静かな港", "Quiet Harbour"] as const;
  expect(verdict("Cactus Meridian", titles).credited).toHaveLength(1);
});

test("an artist's name in two languages stands for each of them", () => {
  const albums = rows(["Cactus Meridian", "Quiet Harbour"], ["仙人掌", "静かな港"]);
  const record = releaseBy(["仙人掌 = Cactus Meridian"], "静かな港 = Quiet Harbour", lp);
  expect(createMatcher(albums).match(record).credited).toHaveLength(2);
  const whole = rows(["仙人掌 = Cactus Meridian", "静かな港"]);
  expect(createMatcher(whole).match(record).credited).toHaveLength(1);
});

test("an artist listed twice stands for both spellings", () => {
  const artist = { id: 7, name: "Cactus Meridian", anv: "", join: "=" };
  const artists = [artist, { ...artist, anv: "仙人掌", join: "" }];
  const record = { ...releaseBy([], "Quiet Harbour", lp), artists };
  expect(createMatcher(rows(["仙人掌", "Quiet Harbour"])).match(record).type).toBe("exact");
});

const ruleOf = (title: string, other: OtherTitle, album: string): string => {
  const record = { ...releaseBy(["Cactus Meridian"], title, lp), otherTitles: [other] };
  return createMatcher(rows(["Cactus Meridian", album])).match(record).rule;
};

describe("a title that a service gives", () => {
  test.each([
    ["El Puerto", "Quiet Harbour", "Quiet Harbour"],
    ["El Puerto", "Quiet Harbour", "Quiet Harbour (2011 Remaster)"],
    ["Untitled", "Cactus Meridian", "Cactus Meridian"],
  ])("%s, known as %s: %s", (title, known, album) => {
    expect(ruleOf(title, { title: known, source: "musicbrainz" }, album)).toBe("musicbrainz-title");
    expect(ruleOf(title, { title: known, source: "master" }, album)).toBe("master-title");
  });

  test.each([
    ["Cactus Meridian (Green Album)", "Cactus Meridian", "Cactus Meridian"],
    ["Quiet Harbour (Live)", "Quiet Harbour", "Quiet Harbour"],
    ["Quiet Harbour II", "Quiet Harbour", "Quiet Harbour"],
    ["El Puerto", "Quiet Harbour", "Quiet Harbour (Live)"],
  ])("%s is not %s: %s", (title, known, album) => {
    expect(ruleOf(title, { title: known, source: "musicbrainz" }, album)).toBe("artist");
  });
});
