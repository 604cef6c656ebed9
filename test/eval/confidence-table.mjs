// What each rung may claim, by the credits that were observed: no case that was made for a rung counts for it.

/** A rung that is no likelier to be right than wrong would not be one; a rung without a credit claims no more than that. */
export const least = 0.51;
const most = 0.99;
/** Their confidence is in src/match/rungs/rules.ts. */
const unobserved = new Set(["title", "edition", "single-or-album"]);
/** A rung is judged with this many credits that are as often right as those of all sound rungs, and as many unknown ones. */
const [shared, unknown] = [5, 2];
/** From this many credits on, a doubtful rung claims what it earned; before, the pessimistic end of its interval. */
const enough = 20;

/**
 * The source of the table of confidences.
 * @param {readonly string[]} rungs
 * @param {(rung: any) => boolean} isDoubtful
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 */
export function confidenceTable(rungs, isDoubtful, observed) {
  const known = rungs.filter((rung) => !unobserved.has(rung));
  const [sound, all] = known
    .filter((rung) => !isDoubtful(rung))
    .map((rung) => earnedBy(rung, observed))
    .reduce(([right, seen], one) => [right + one[0], seen + one[1]]);
  const lines = known.map((rung) => {
    const [right, seen] = earnedBy(rung, observed);
    const name = rung.includes("-") ? `"${rung}"` : rung;
    const earned = isDoubtful(rung) ? ofDoubtful(right, seen) : ofSound(right, seen, sound / all);
    const claim = Math.min(most, Math.max(least, Math.floor(earned * 100) / 100));
    return `  ${name}: ${claim}, // ${right} of ${seen}`;
  });
  return `// Written by test/eval/calibrate.mjs.
import type { ObservedRule } from "./ladder.ts";

/**
 * What each rung earned on labelled credits; behind each, how many of its credits are right. A sound rung is judged with ${shared}
 * more credits that are as often right as those of all sound rungs, and ${unknown} that are right half of the time. A doubtful one earns
 * (right + 1) / (seen + 2) from ${enough} credits on; with fewer, the pessimistic end of Wilson's interval.
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

function ofSound(right, seen, common) {
  return seen === 0 ? 0 : (right + shared * common + unknown / 2) / (seen + shared + unknown);
}

function ofDoubtful(right, seen) {
  return seen >= enough ? (right + 1) / (seen + 2) : wilsonLow(right, seen);
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
