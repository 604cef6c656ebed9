// A recap that is made to be pasted.
import { safe, type SafeText } from "../../output/escape.ts";
import { markdownText } from "../../output/listing.ts";
import { counted, thousands } from "../../output/numbers.ts";
import type { RecapAnswer } from "../../queries/time/recap.ts";
import { factsOf, longFacts, sharesOf, type RecapFact } from "./facts.ts";
import { spanTitle, usualTitle } from "./span-title.ts";

export function markdownLines(answer: RecapAnswer): SafeText[] {
  const { span, plays, usualPlays } = answer;
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  // What there is to do is for nobody else.
  const facts = [...longFacts(answer), ...factsOf(answer, "")].filter(({ label }) => label !== "To settle");
  return [
    safe`## ${markdownText(spanTitle(span))}`,
    safe``,
    safe`**${markdownText(counted(plays, "play"))}**${markdownText(usual)}`,
    ...(plays === 0 ? [] : shareTable(answer)),
    ...sections(facts).flatMap(([first, ...others]) =>
      others.length === 0
        ? [safe``, safe`**${markdownText(first.label)}:** ${factText(first)}`]
        : [
            safe``,
            safe`**${markdownText(first.label)}**`,
            safe``,
            ...[first, ...others].map((fact) => safe`- ${factText(fact)}`),
          ],
    ),
  ];
}

function shareTable(answer: RecapAnswer): SafeText[] {
  return [
    safe``,
    safe`| | Plays | Share | |`,
    safe`| --- | ---: | ---: | --- |`,
    ...sharesOf(answer).map(
      ({ label, plays, share, remark }) =>
        safe`| ${markdownText(label)} | ${plays} | ${markdownText(share)} | ${markdownText(remark)} |`,
    ),
  ];
}

/** Each begins with the fact that has the label. */
function sections(facts: readonly RecapFact[]): [RecapFact, ...RecapFact[]][] {
  const found: [RecapFact, ...RecapFact[]][] = [];
  for (const fact of facts) {
    const last = found.at(-1);
    if (fact.label !== "" || last === undefined) found.push([fact]);
    else last.push(fact);
  }
  return found;
}

function factText({ what, remark, aside = "" }: RecapFact): SafeText {
  return remark === "" ? markdownText(what) : safe`${markdownText(what)} (${markdownText(remark + aside)})`;
}
