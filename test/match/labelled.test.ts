// The project's labelled cases: each improvement and each loss shows by name.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { editionKey } from "../../src/match/titles/title.ts";
import { isDoubtful, rungs } from "../../src/match/rungs/ladder.ts";
import { createMatcher, creditInWords, ruleInWords } from "../../src/match/matcher.ts";
import { rulesVersion } from "../../src/match/rules-version.ts";
import { confidenceTable, type earnedByRung } from "../eval/confidence-table.mjs";
import { releaseBy } from "./scenarios.ts";

const pinned = { version: 14, digest: "b5270819f0d84c86" };

interface LabelledCase {
  readonly label: "same" | "different";
  /** The rung that decides today, right or wrong. */
  readonly rule: string;
  readonly artist: readonly string[];
  readonly title: string;
  readonly formats?: readonly string[];
  readonly rows: readonly (readonly [artist: string, title: string])[];
}

const cases = readFileSync(new URL("labelled.jsonl", import.meta.url), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line): LabelledCase => JSON.parse(line));

const told = readFileSync(new URL("../../src/match/rungs/confidence.ts", import.meta.url), "utf8");

const nameOf = (one: LabelledCase): string =>
  `${one.artist.join(" + ")} – ${one.title} / ${one.rows.map((row) => row.join(" – ")).join("; ")}`;

function readObserved(): Parameters<typeof earnedByRung>[2] {
  return JSON.parse(readFileSync(new URL("../eval/counts.json", import.meta.url), "utf8"));
}

function verdictOf(one: LabelledCase) {
  const albums = one.rows.map(([artist, title], at) => ({ id: at + 1, artist, title, playCount: at + 1 }));
  return createMatcher(albums).match(releaseBy(one.artist, one.title, one.formats));
}

test("every case is decided by the rung noted beside it", () => {
  const noted = cases.map((one) => `${one.rule}: ${nameOf(one)}`);
  const found = cases.map((one) => `${verdictOf(one).rule}: ${nameOf(one)}`);
  expect(found).toEqual(noted);
});

test("of the cases known to be wrong there are no more than these", () => {
  const wrong = cases.filter((one) => verdictOf(one).credited.length > 0 !== (one.label === "same"));
  expect(wrong.map(nameOf)).toEqual([
    "Depeche Mode – Memento Mori: Mexico City / Depeche Mode – Memento Mori",
    "Madonna – Material Girl - The Best Of / Madonna – Material Girl",
  ]);
});

test("no different album is credited at full confidence", () => {
  const different = cases.filter((one) => one.label === "different");
  expect(different.length).toBeGreaterThan(40);
  expect(different.filter((one) => verdictOf(one).type === "exact").map(nameOf)).toEqual([]);
});

test("all rows of a case that is the same are credited together", () => {
  const partly = cases.filter(
    (one) => one.label === "same" && verdictOf(one).credited.length !== one.rows.length,
  );
  expect(partly.map(nameOf)).toEqual([]);
});

test("the confidences are those that observed credits earned, no case of this file counted", () => {
  expect(told).toBe(confidenceTable(rungs, isDoubtful, readObserved()));
});

// Matches in a cache are made again when the version of the rules is another, and only then: what changes a verdict
// must raise it; so must what changes the keys that are kept with them. The digest is of verdicts, not of code: it stands
// as long as the rules say the same. A confidence is no verdict: a rung that earned another one credits what it
// credited, and the next sync applies it to a cache.
test("rules that judge these cases otherwise have another version", () => {
  const verdicts = cases.map((one) => {
    const { type, rule, credited } = verdictOf(one);
    const keys = one.rows.map(([artist, title]) => editionKey(artist, title));
    return [nameOf(one), type, rule, ...credited.map((credit) => credit.album.id), ...keys];
  });
  const digest = createHash("sha256").update(JSON.stringify(verdicts)).digest("hex").slice(0, 16);
  expect(
    { version: rulesVersion, digest },
    "the verdicts changed: raise rulesVersion, and write version and digest down here",
  ).toEqual(pinned);
});

test("every rung can be said in words", () => {
  for (const rung of rungs) expect(ruleInWords(rung)).toMatch(/\w+ \w+/);
});

test("a title that a service gives is named with the service", () => {
  const [record, album] = ["Silent Harbour", "Quiet Harbour (Remastered)"].map((title) => ({
    artist: "Ada Vole",
    title,
  }));
  expect(creditInWords("musicbrainz-title", record!, album!, null)).toBe(
    "known as Quiet Harbour (MusicBrainz)",
  );
});

test.each([
  ["near-artist", "same title, by an artist with a similar name: Ada Voel, taken for Ada Vole"],
  ["misspelled", "same title, one of them misspelled: Quiet Harbor, taken for Quiet Harbour"],
  ["typo", "same title except for a letter or two: Quiet Harbor, taken for Quiet Harbour"],
] as const)("the rule %s names what was taken for what", (rule, words) => {
  const [record, album] = [
    { artist: "Ada Voel", title: "Quiet Harbor" },
    { artist: "Ada Vole", title: "Quiet Harbour" },
  ];
  expect(creditInWords(rule, record, album, null)).toBe(words);
});
