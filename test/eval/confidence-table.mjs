// What each rung may claim, by the credits that were observed: no case that was made for a rung counts for it.

/** A rung without a credit claims that it is hardly likelier to be right than wrong. */
export const least = 0.51;
const most = 0.99;
/** Their confidence is 1. */
const exact = new Set(["title", "edition"]);
/** A rung is judged with this many more credits, which are as often right as those of its class. */
const shared = 4;
/** The largest difference between a stated confidence and the share of credits that are right. */
export const tolerance = 0.05;

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
 * @param {(rung: any) => boolean} isDoubtful
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 * @returns {readonly Earned[]}
 */
export function earnedByRung(rungs, isDoubtful, observed) {
  const rows = rungs.filter((rung) => !exact.has(rung)).map((rung) => ({ rung, ...countOf(rung, observed) }));
  const shareOf = (isOfClass) => {
    const { right, seen } = sumOf(rows.filter(({ rung }) => isOfClass(rung)));
    return right / seen;
  };
  const [doubtful, sound] = [shareOf(isDoubtful), shareOf((rung) => !isDoubtful(rung))];
  return rows.map((row) => {
    const earned = (row.right + shared * (isDoubtful(row.rung) ? doubtful : sound)) / (row.seen + shared);
    const claim = row.seen === 0 ? least : Math.min(most, Math.max(least, Math.floor(earned * 100) / 100));
    return { ...row, claim };
  });
}

/** The credits at each stated confidence, the highest first. */
export function byClaim(earned) {
  const claims = [...new Set(earned.map(({ claim }) => claim))].toSorted((a, b) => b - a);
  return claims.map((claim) => {
    const rows = earned.filter((row) => row.claim === claim);
    return { claim, rungs: rows.map(({ rung }) => rung), ...sumOf(rows) };
  });
}

/** The source of the table of confidences. */
export function confidenceTable(rungs, isDoubtful, observed) {
  const lines = earnedByRung(rungs, isDoubtful, observed).map(({ rung, right, seen, claim }) => {
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

function countOf(rung, observed) {
  return sumOf(
    observed.map(({ counts }) => ({ right: counts[rung]?.[0] ?? 0, seen: counts[rung]?.[1] ?? 0 })),
  );
}

function sumOf(rows) {
  const sum = (key) => rows.reduce((total, row) => total + row[key], 0);
  return { right: sum("right"), seen: sum("seen") };
}
