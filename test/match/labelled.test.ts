// The project's labelled cases: each improvement and each loss shows by name.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { toEditionKey } from "../../src/match/titles/title.ts";
import { isUnreliable, titleRules } from "../../src/match/rules/rule-order.ts";
import { createMatcher, explainMatch, describeRule } from "../../src/match/matcher.ts";
import { rulesVersion } from "../../src/match/rules-version.ts";
import { renderConfidenceTable, type computeEarnedByRule } from "../eval/confidence-table.mjs";
import { buildReleaseBy } from "./scenarios.ts";

const pinnedVersion = { version: 23, digest: "87127fb8cc4ad7e6" };

interface LabelledCase {
  readonly label: "same" | "different";
  /** The rule that decides today, right or wrong. */
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

const sourceText = readFileSync(new URL("../../src/match/rules/confidence.ts", import.meta.url), "utf8");

const formatCase = (one: LabelledCase): string =>
  `${one.artist.join(" + ")} – ${one.title} / ${one.rows.map((row) => row.join(" – ")).join("; ")}`;

function readObserved(): Parameters<typeof computeEarnedByRule>[2] {
  return JSON.parse(readFileSync(new URL("../eval/counts.json", import.meta.url), "utf8"));
}

function judgeCase(one: LabelledCase) {
  const albums = one.rows.map(([artist, title], at) => ({ id: at + 1, artist, title, playCount: at + 1 }));
  return createMatcher(albums).match(buildReleaseBy(one.artist, one.title, one.formats));
}

test("matches every labelled case by the rule in its label", () => {
  const noted = cases.map((one) => `${one.rule}: ${formatCase(one)}`);
  const found = cases.map((one) => `${judgeCase(one).rule}: ${formatCase(one)}`);
  expect(found).toEqual(noted);
});

test("matches no labelled case wrongly except the known ones", () => {
  const wrong = cases.filter((one) => judgeCase(one).credited.length > 0 !== (one.label === "same"));
  expect(wrong.map(formatCase)).toEqual([
    "Depeche Mode – Memento Mori: Mexico City / Depeche Mode – Memento Mori",
    "Madonna – Material Girl - The Best Of / Madonna – Material Girl",
  ]);
});

test("matches no different album at full confidence", () => {
  const different = cases.filter((one) => one.label === "different");
  expect(different.length).toBeGreaterThan(40);
  expect(different.filter((one) => judgeCase(one).type === "exact").map(formatCase)).toEqual([]);
});

test("matches all rows of a case that is the same together", () => {
  const partly = cases.filter(
    (one) => one.label === "same" && judgeCase(one).credited.length !== one.rows.length,
  );
  expect(partly.map(formatCase)).toEqual([]);
});

test("states the confidences that observed matches earned, without the cases of this file", () => {
  expect(sourceText).toBe(renderConfidenceTable(titleRules, isUnreliable, readObserved()));
});

// Matches in a cache are made again when the version of the rules is another, and only then: what changes a verdict
// must raise it; so must what changes the keys that are kept with them. The digest is of verdicts, not of code: it stands
// as long as the rules say the same. A confidence is no verdict: a rule that earned another one credits what it
// credited, and the next sync applies it to a cache.
test("changes the version if the rules judge these cases otherwise", () => {
  const verdicts = cases.map((one) => {
    const { type, rule, credited } = judgeCase(one);
    const keys = one.rows.map(([artist, title]) => toEditionKey(artist, title));
    return [formatCase(one), type, rule, ...credited.map((credit) => credit.album.id), ...keys];
  });
  const digest = createHash("sha256").update(JSON.stringify(verdicts)).digest("hex").slice(0, 16);
  expect(
    { version: rulesVersion, digest },
    "the verdicts changed: raise rulesVersion, and write version and digest down here",
  ).toEqual(pinnedVersion);
});

test("describes every rule in words", () => {
  for (const rule of titleRules) expect(describeRule(rule)).toMatch(/\w+ \w+/);
});

const album = { artist: "Ada Vole", title: "Quiet Harbour (Remastered)" };

test("names the service with a title that a service gives", () => {
  const record = { artist: "Ada Vole", title: "Silent Harbour" };
  expect(explainMatch("musicbrainz-title", { record, album }, null, () => 1)).toBe(
    "known as Quiet Harbour (MusicBrainz)",
  );
});

test.each([
  ["near-artist", "same title, by an artist with a similar name", "Ada Voel", "Ada Vole"],
  ["misspelled", "same title, one of them misspelled", "Quiet Harbor", "Quiet Harbour"],
  ["typo", "same title except for a letter or two", "Quiet Harbor", "Quiet Harbour"],
] as const)(
  "the rule %s takes the name that fewer albums have for the misspelled one",
  (rule, words, misspelled, right) => {
    const record = { artist: "Ada Voel", title: "Quiet Harbor" };
    const explain = (usesOnRecord: number): string =>
      explainMatch(rule, { record, album }, null, (_, { artist }) =>
        artist === "Ada Voel" ? usesOnRecord : 2,
      );
    expect(explain(1)).toBe(`${words}: ${misspelled}, taken for ${right}`);
    expect(explain(2)).toBe(`${words}: ${right}, taken for ${misspelled}`);
    expect(explain(3)).toBe(`${words}: ${right}, taken for ${misspelled}`);
  },
);
