// Runs the matcher over the made sets: by names alone, then with what services know of the records.
//   npm run bench -- test/eval/evaluate-made.mjs [--list] [--counts]
import { createMatcher } from "../../src/match/matcher.ts";
import { getAnswer, countByRule, computeStatistics, printCases } from "./statistics.mjs";
import { madeSets, readMadeSet, buildRelease } from "./made-sets.mjs";

for (const name of madeSets) {
  const { records, pairs, rows, heard } = readMadeSet(name);
  for (const isKnown of [false, true]) {
    const matcher = createMatcher(rows, isKnown ? { heard } : {});
    const answers = records.map((record) => getAnswer(matcher, record, buildRelease(record, isKnown)));
    const { figures, listed } = computeStatistics(pairs, answers);
    process.stdout.write(
      `${name}, ${isKnown ? "with titles and tracks" : "by names"}: ${JSON.stringify(figures)}\n`,
    );
    if (process.argv.includes("--counts"))
      process.stdout.write(`${JSON.stringify(countByRule(pairs, answers))}\n`);
    if (process.argv.includes("--list")) printCases(listed);
  }
}
