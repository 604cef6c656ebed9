// The confidence of each rule, by the observed matches: no case that was made for a rule counts for it.

/** A rule without a credit claims that it is hardly likelier to be right than wrong. */
export const minConfidence = 0.51;
const maxConfidence = 0.99;
/** The rules with confidence 1. */
const exactRules = new Set(["title", "edition"]);
/** A rule is judged with this many more credits, which are as often right as those of its class. */
const priorCredits = 4;
/** The largest difference between a stated confidence and the share of credits that are right. */
export const maxDeviation = 0.05;

/**
 * @typedef {object} Earned
 * @property {string} rule
 * @property {number} right
 * @property {number} seen
 * @property {number} claim
 */

/**
 * Returns what each rule earned and claims.
 * @param {readonly string[]} rules
 * @param {(rule: any) => boolean} isUnreliable
 * @param {readonly { readonly counts: Readonly<Record<string, readonly number[]>> }[]} observed
 * @returns {readonly Earned[]}
 */
export function computeEarnedByRule(rules, isDoubtful, observed) {
  const rows = rules
    .filter((rule) => !exactRules.has(rule))
    .map((rule) => ({ rule, ...getCounts(rule, observed) }));
  const computeClassShare = (isOfClass) => {
    const { right, seen } = sumCounts(rows.filter(({ rule }) => isOfClass(rule)));
    return right / seen;
  };
  const [doubtful, sound] = [computeClassShare(isDoubtful), computeClassShare((rule) => !isDoubtful(rule))];
  return rows.map((row) => {
    const earned =
      (row.right + priorCredits * (isDoubtful(row.rule) ? doubtful : sound)) / (row.seen + priorCredits);
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
    return { claim, rules: rows.map(({ rule }) => rule), ...sumCounts(rows) };
  });
}

/** The source of the table of confidences. */
export function renderConfidenceTable(rules, isDoubtful, observed) {
  const lines = computeEarnedByRule(rules, isDoubtful, observed).map(({ rule, right, seen, claim }) => {
    const name = rule.includes("-") ? `"${rule}"` : rule;
    return `  ${name}: ${claim}, // ${right} of ${seen}`;
  });
  return `// Written by test/eval/calibrate.mjs. getConfidence() in rule-order.ts reads it for each credit of a match.

/**
 * The share of each rule's labelled credits that are right, with the counts behind it. Four credits with the share of all
 * sound rules are added first; for a doubtful rule, the share of all doubtful ones. So a few credits prove little.
 */
export const confidences = {
${lines.join("\n")}
} as const;
`;
}

function getCounts(rule, observed) {
  return sumCounts(
    observed.map(({ counts }) => ({ right: counts[rule]?.[0] ?? 0, seen: counts[rule]?.[1] ?? 0 })),
  );
}

function sumCounts(rows) {
  const sumBy = (key) => rows.reduce((total, row) => total + row[key], 0);
  return { right: sumBy("right"), seen: sumBy("seen") };
}
