// Writes the confidence table: what each rule earned on observed credits, which counts.json holds. Those of the dev sets
// are what `npm run eval -- … --counts` prints. Prints how often the credits at each stated confidence are right.
//   npm run calibrate
// Types are not checked before it: a new rule is in rule-order.ts, and not yet in the table that this writes.
import { readFileSync, writeFileSync } from "node:fs";
import { isUnreliable, titleRules } from "../../src/match/rules/rule-order.ts";
import { groupByClaim, renderConfidenceTable, computeEarnedByRule } from "./confidence-table.mjs";

const resolveUrl = (path) => new URL(path, import.meta.url);
const observed = JSON.parse(readFileSync(resolveUrl("counts.json"), "utf8"));

writeFileSync(
  resolveUrl("../../src/match/rules/confidence.ts"),
  renderConfidenceTable(titleRules, isUnreliable, observed),
);
for (const { claim, right, seen, rules: names } of groupByClaim(
  computeEarnedByRule(titleRules, isUnreliable, observed),
)) {
  const share = seen === 0 ? "  -  " : (right / seen).toFixed(3);
  process.stdout.write(`${claim.toFixed(2)}  ${share}  ${right} of ${seen}  ${names.join(", ")}\n`);
}
