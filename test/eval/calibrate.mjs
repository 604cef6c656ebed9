// Writes the confidence table: what each rung earned on the project's own labelled cases and on counted pairs.
//   npm run --silent build && node test/eval/calibrate.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { rungs } from "../../dist-modules/match/rungs/ladder.js";
import { createMatcher } from "../../dist-modules/match/matcher.js";
import { readLines, readLabelledCase } from "./labelled.mjs";

const at = (path) => new URL(path, import.meta.url);

/** [right, seen] by rung. */
function ownCounts() {
  const counts = {};
  for (const one of readLines(at("../match/labelled.jsonl"))) {
    const { release, albums } = readLabelledCase(one);
    const match = createMatcher(albums).match(release);
    if (match.credited.length === 0) continue;
    const [right, seen] = counts[match.rule] ?? [0, 0];
    counts[match.rule] = [right + (one.label === "same" ? 1 : 0), seen + 1];
  }
  return counts;
}

function added(sources) {
  return (rung) =>
    sources.reduce(
      ([right, seen], counts) => [right + (counts[rung]?.[0] ?? 0), seen + (counts[rung]?.[1] ?? 0)],
      [0, 0],
    );
}

/** From this many labelled credits on, the share that was right is told; before, the pessimistic end of its interval. */
const enough = 20;
/** A rung that is no likelier to be right than wrong would not be one; what is known of it may be less than that. */
const least = 0.51;

function claim([right, seen]) {
  return seen >= enough ? (right + 1) / (seen + 2) : Math.max(least, wilsonLow(right, seen));
}

/** The lower end of Wilson's interval at 95 %. */
function wilsonLow(right, seen) {
  if (seen === 0) return 0;
  const z = 1.96;
  const share = right / seen;
  const middle = share + (z * z) / (2 * seen);
  const spread = z * Math.sqrt((share * (1 - share)) / seen + (z * z) / (4 * seen * seen));
  return (middle - spread) / (1 + (z * z) / seen);
}

const counted = JSON.parse(readFileSync(at("counts.json"), "utf8")).map((source) => source.counts);
const earnedBy = added([ownCounts(), ...counted]);
const fuzzy = rungs.filter((rung) => rung !== "title" && rung !== "edition");
const lines = fuzzy.map((rung) => {
  const [right, seen] = earnedBy(rung);
  const name = rung.includes("-") ? `"${rung}"` : rung;
  return `  ${name}: ${Math.min(0.99, Number(claim([right, seen]).toFixed(2)))}, // ${right} of ${seen}`;
});
const table = `// Written by test/eval/calibrate.mjs.
import type { TitleRule } from "./ladder.ts";

/**
 * What each rung earned on labelled pairs: (right + 1) / (seen + 2) from ${enough} of them on; with fewer, the
 * pessimistic end of Wilson's interval. Behind each, the pairs that it was right on.
 */
export const confidences: Readonly<Record<Exclude<TitleRule, "title" | "edition">, number>> = {
${lines.join("\n")}
};
`;
writeFileSync(at("../../src/match/rungs/confidence.ts"), table);
process.stdout.write(`${lines.join("\n")}\n`);
