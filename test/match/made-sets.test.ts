// The made sets are found and told apart no worse than this; test/eval/evaluate-made.mjs lists what is missed.
import { expect, test } from "vitest";
import { createMatcher } from "../../src/match/matcher.ts";
import { getAnswer, computeStatistics } from "../eval/statistics.mjs";
import { madeSets, readMadeSet, buildRelease } from "../eval/made-sets.mjs";

test.each(madeSets)("%s", (name) => {
  const { records, pairs, rows, heard } = readMadeSet(name);
  const matcher = createMatcher(rows, { heard });
  const answers = records.map((record) => getAnswer(matcher, record, buildRelease(record, true)));
  const { figures } = computeStatistics(pairs, answers);
  expect(figures.wrongExact).toBe(0);
  expect(figures.recordPrecision).toBeGreaterThan(0.993);
  expect(figures.recordRecall).toBeGreaterThan(0.95);
  expect(figures.pairRecall).toBeGreaterThan(0.92);
  expect(figures.calibrationError).toBeLessThan(0.05);
});
