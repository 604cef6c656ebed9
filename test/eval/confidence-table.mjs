// What each rung may claim, by the credits that were observed: no case that was made for a rung counts for it.

/** From this many labelled credits on, the share that was right is told; before, the pessimistic end of its interval. */
export const enough = 20;
/** A rung that is no likelier to be right than wrong would not be one; what is known of it may be less than that. */
export const least = 0.51;
const most = 0.99;
/** Their confidence is in src/match/rungs/rules.ts. */
const unobserved = new Set(["title", "edition", "single-or-album"]);

/**
 * The source of the table of confidences.
 * @param {readonly string[]} rungs
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 */
export function confidenceTable(rungs, observed) {
  const lines = rungs
    .filter((rung) => !unobserved.has(rung))
    .map((rung) => {
      const [right, seen] = earnedBy(rung, observed);
      const name = rung.includes("-") ? `"${rung}"` : rung;
      return `  ${name}: ${claim(right, seen)}, // ${right} of ${seen}`;
    });
  return `// Written by test/eval/calibrate.mjs.
import type { ObservedRule } from "./ladder.ts";

/**
 * What each rung earned on labelled credits: (right + 1) / (seen + 2) from ${enough} of them on; with fewer, the
 * pessimistic end of Wilson's interval, or a little more than chance. Behind each, the credits that it was right on.
 */
export const confidences: Readonly<Record<ObservedRule, number>> = {
${lines.join("\n")}
};
`;
}

function earnedBy(rung, observed) {
  return observed.reduce(
    ([right, seen], { counts }) => [right + (counts[rung]?.[0] ?? 0), seen + (counts[rung]?.[1] ?? 0)],
    [0, 0],
  );
}

function claim(right, seen) {
  const earned = seen >= enough ? (right + 1) / (seen + 2) : wilsonLow(right, seen);
  return Math.min(most, Math.max(least, Math.floor(earned * 100) / 100));
}

/**
 * The lower end of Wilson's interval at 95 %.
 * @param {number} right
 * @param {number} seen
 */
export function wilsonLow(right, seen) {
  if (seen === 0) return 0;
  const z = 1.96;
  const share = right / seen;
  const middle = share + (z * z) / (2 * seen);
  const spread = z * Math.sqrt((share * (1 - share)) / seen + (z * z) / (4 * seen * seen));
  return (middle - spread) / (1 + (z * z) / seen);
}
