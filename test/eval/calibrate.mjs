// Writes the confidence table: what each rung earned on the project's own labelled cases and on counted pairs.
//   npm run --silent build && node test/eval/calibrate.mjs
import { readFileSync, writeFileSync } from "node:fs";
import { rungs } from "../../dist/match/ladder.js";
import { createMatcher } from "../../dist/match/matcher.js";
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

/** Neighbours that are out of order are taken together, until no looser rung claims more than a tighter one. */
function neverRising(earned) {
  const pools = [];
  for (const [rung, [right, seen]] of earned) {
    pools.push({ rungs: [rung], right, seen });
    while (pools.length > 1 && claim(pools.at(-1)) > claim(pools.at(-2))) {
      const last = pools.pop();
      const before = pools.pop();
      pools.push({
        rungs: [...before.rungs, ...last.rungs],
        right: before.right + last.right,
        seen: before.seen + last.seen,
      });
    }
  }
  return pools;
}

function claim({ right, seen }) {
  return (right + 1) / (seen + 2);
}

const counted = JSON.parse(readFileSync(at("counts.json"), "utf8")).map((source) => source.counts);
const earnedBy = added([ownCounts(), ...counted]);
const fuzzy = rungs.filter((rung) => rung !== "title" && rung !== "edition");
const pools = neverRising(fuzzy.map((rung) => [rung, earnedBy(rung)]));
const lines = pools.flatMap((pool) =>
  pool.rungs.map((rung) => {
    const name = rung.includes("-") ? `"${rung}"` : rung;
    const [right, seen] = earnedBy(rung);
    return `  ${name}: ${Number(claim(pool).toFixed(2))}, // ${right} of ${seen}`;
  }),
);
const table = `// Written by test/eval/calibrate.mjs.
import type { TitleRule } from "./ladder.ts";

/**
 * What each rung earned: (right + 1) / (seen + 2) on labelled pairs, never rising down the ladder
 * (neighbours that would are counted together). Behind each, the pairs that it was right on.
 */
export const confidences: Readonly<Record<Exclude<TitleRule, "title" | "edition">, number>> = {
${lines.join("\n")}
};
`;
writeFileSync(at("../../src/match/confidence.ts"), table);
process.stdout.write(`${lines.join("\n")}\n`);
