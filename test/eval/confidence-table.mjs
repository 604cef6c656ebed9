// What each rung may claim, by the credits that were observed: no case that was made for a rung counts for it.

/** A rung that is no likelier to be right than wrong would not be one; a rung without a credit claims no more than that. */
export const least = 0.51;
const most = 0.99;
/** Their confidence is in src/match/rungs/rules.ts. */
const unobserved = new Set(["title", "edition", "single-or-album"]);
/** How many credits the rate of all rungs of a kind counts for beside a rung's own, and those that are not known. */
const [shared, unknown] = [5, 2];

/**
 * The source of the table of confidences.
 * @param {readonly string[]} rungs
 * @param {(rung: any) => boolean} isDoubtful
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 */
export function confidenceTable(rungs, isDoubtful, observed) {
  const known = rungs.filter((rung) => !unobserved.has(rung));
  const rateOf = (rung) =>
    rate(
      known.filter((one) => isDoubtful(one) === isDoubtful(rung)),
      observed,
    );
  const lines = known.map((rung) => {
    const [right, seen] = earnedBy(rung, observed);
    const name = rung.includes("-") ? `"${rung}"` : rung;
    return `  ${name}: ${claim(right, seen, rateOf(rung))}, // ${right} of ${seen}`;
  });
  return `// Written by test/eval/calibrate.mjs.
import type { ObservedRule } from "./ladder.ts";

/**
 * What each rung earned on labelled credits. Its own credits count, ${shared} that are as often right as those of all rungs of its
 * kind, doubtful or not, and ${unknown} that are right half of the time. A rung without credits claims little. Behind each, how many
 * of its credits are right.
 */
export const confidences: Readonly<Record<ObservedRule, number>> = {
${lines.join("\n")}
};
`;
}

/**
 * The share of right credits that the rungs have together.
 * @param {readonly string[]} rungs
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 */
export function rate(rungs, observed) {
  const [right, seen] = rungs.reduce(
    ([rights, all], rung) => {
      const [good, count] = earnedBy(rung, observed);
      return [rights + good, all + count];
    },
    [0, 0],
  );
  return right / seen;
}

/**
 * Right credits, and all.
 * @param {string} rung
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 */
export function earnedBy(rung, observed) {
  return observed.reduce(
    ([right, seen], { counts }) => [right + (counts[rung]?.[0] ?? 0), seen + (counts[rung]?.[1] ?? 0)],
    [0, 0],
  );
}

function claim(right, seen, common) {
  const earned = seen === 0 ? 0 : (right + shared * common + unknown / 2) / (seen + shared + unknown);
  return Math.min(most, Math.max(least, Math.floor(earned * 100) / 100));
}
