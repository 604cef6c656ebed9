// The project's labelled cases: each improvement and each loss shows by name.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { confidences } from "../../src/match/confidence.ts";
import { rungs } from "../../src/match/ladder.ts";
import { createMatcher, ruleInWords } from "../../src/match/matcher.ts";
import { releaseBy } from "./scenarios.ts";

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

const nameOf = (one: LabelledCase): string =>
  `${one.artist.join(" + ")} – ${one.title} / ${one.rows.map((row) => row.join(" – ")).join("; ")}`;

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

test("the confidence of a fuzzy rung lies between a half and one, and never rises down the ladder", () => {
  const claimed = rungs.flatMap((rung) =>
    rung === "title" || rung === "edition" ? [] : [confidences[rung]],
  );
  for (const one of claimed) {
    expect(one).toBeGreaterThan(0.5);
    expect(one).toBeLessThan(1);
  }
  expect(claimed).toEqual(claimed.toSorted((a, b) => b - a));
});

test("every rung can be said in words", () => {
  for (const rung of rungs) expect(ruleInWords(rung)).toMatch(/\w+ \w+/);
});
