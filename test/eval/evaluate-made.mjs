// Runs the matcher over the made sets: by names alone, then with what services know of the records.
//   npm run bench -- test/eval/evaluate-made.mjs [--list] [--counts]
import { createMatcher } from "../../src/match/matcher.ts";
import { answerOf, countsByRule, figuresOf, print } from "./figures.mjs";
import { madeSets, readMade, releaseOf } from "./made.mjs";

for (const name of madeSets) {
  const { records, pairs, rows, heard } = readMade(name);
  for (const isKnown of [false, true]) {
    const matcher = createMatcher(rows, isKnown ? { heard } : {});
    const answers = records.map((record) => answerOf(matcher, record, releaseOf(record, isKnown)));
    const { figures, listed } = figuresOf(pairs, answers);
    process.stdout.write(
      `${name}, ${isKnown ? "with titles and tracks" : "by names"}: ${JSON.stringify(figures)}\n`,
    );
    if (process.argv.includes("--counts"))
      process.stdout.write(`${JSON.stringify(countsByRule(pairs, answers))}\n`);
    if (process.argv.includes("--list")) print(listed);
  }
}
