// What each rung may claim, by the credits that were observed: no case that was made for a rung counts for it.

/** A rung without a credit claims that it is hardly likelier to be right than wrong. */
export const minConfidence = 0.51;
const maxConfidence = 0.99;
/** Their confidence is 1. */
const exactRules = new Set(["title", "edition"]);
/** A rung is judged with this many more credits, which are as often right as those of its class. */
const priorCredits = 4;
/** The largest difference between a stated confidence and the share of credits that are right. */
export const maxDeviation = 0.05;

/**
 * @typedef {object} Earned
 * @property {string} rung
 * @property {number} right
 * @property {number} seen
 * @property {number} claim
 */

/**
 * What each rung earned and claims.
 * @param {readonly string[]} rungs
 * @param {(rung: any) => boolean} isUnreliable
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 * @returns {readonly Earned[]}
 */
export function computeEarnedByRule(rungs, isDoubtful, observed) {
  const rows = rungs
    .filter((rung) => !exactRules.has(rung))
    .map((rung) => ({ rung, ...getCounts(rung, observed) }));
  const computeClassShare = (isOfClass) => {
    const { right, seen } = sumCounts(rows.filter(({ rung }) => isOfClass(rung)));
    return right / seen;
  };
  const [doubtful, sound] = [computeClassShare(isDoubtful), computeClassShare((rung) => !isDoubtful(rung))];
  return rows.map((row) => {
    const earned =
      (row.right + priorCredits * (isDoubtful(row.rung) ? doubtful : sound)) / (row.seen + priorCredits);
    const claim =
      row.seen === 0
        ? minConfidence
        : Math.min(maxConfidence, Math.max(minConfidence, Math.floor(earned * 100) / 100));
    return { ...row, claim };
  });
}

/** The credits at each stated confidence, the highest first. */
export function groupByClaim(earned) {
  const claims = [...new Set(earned.map(({ claim }) => claim))].toSorted((a, b) => b - a);
  return claims.map((claim) => {
    const rows = earned.filter((row) => row.claim === claim);
    return { claim, rungs: rows.map(({ rung }) => rung), ...sumCounts(rows) };
  });
}

/** The source of the table of confidences. */
export function renderConfidenceTable(rungs, isDoubtful, observed) {
  const lines = computeEarnedByRule(rungs, isDoubtful, observed).map(({ rung, right, seen, claim }) => {
    const name = rung.includes("-") ? `"${rung}"` : rung;
    return `  ${name}: ${claim}, // ${right} of ${seen}`;
  });
  return `// Written by test/eval/calibrate.mjs. confidenceOf() in ladder.ts reads it for each credit of a match.

/**
 * The share of each rung's labelled credits that are right, with the counts behind it. Four credits with the share of all
 * sound rungs are added first; for a doubtful rung, the share of all doubtful ones. So a few credits prove little.
 */
export const confidences = {
${lines.join("\n")}
} as const;
`;
}

function getCounts(rung, observed) {
  return sumCounts(
    observed.map(({ counts }) => ({ right: counts[rung]?.[0] ?? 0, seen: counts[rung]?.[1] ?? 0 })),
  );
}

function sumCounts(rows) {
  const sumBy = (key) => rows.reduce((total, row) => total + row[key], 0);
  return { right: sumBy("right"), seen: sumBy("seen") };
}
