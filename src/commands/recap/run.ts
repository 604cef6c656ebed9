import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay } from "../../output/dates.ts";
import { linesText, safe, type SafeText } from "../../output/escape.ts";
import { drawing, present } from "../../output/present.ts";
import { joinedSpan, lastWeek, parseSpan, type Span } from "../../queries/conditions/span.ts";
import { ask, document, type RecapAnswer } from "../../queries/time/recap.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { recapLines } from "./screen.ts";
import { markdownText } from "../../output/row-formats.ts";
import { counted, thousands } from "../../output/number-text.ts";
import { factsOf, longFacts, sharesOf, spanTitle, usualTitle, type RecapFact } from "./recap-facts.ts";

export async function runRecap(context: Context, call: Call): Promise<void> {
  const { as = "table", json } = call.options as { as?: "table" | "json" | "markdown"; json?: true };
  if (json === true && as === "markdown") {
    throw new UsageError("--json and --as markdown can't be combined", "Give one of them.");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const span = spanOf(call, nowUts);
  const days = [localDay(span.fromUts), span.toUts === null ? "" : localDay(span.toUts - 1)];
  const spanText = typedWords(call);
  const typedSpan = spanText === "" || ages.has(spanText) ? days.join("..") : spanText;
  const { database, synced } = await openMatchedAnswers(context, { call });
  const answer = ask(database, { span, nowUts });
  if (as === "markdown") return context.write(linesText(markdownLines(answer)));
  await present(
    context,
    { as: json === true ? "json" : as },
    {
      document: () => document(answer),
      table: () => drawing((style) => recapLines(answer, { ...style, synced, typedSpan })),
    },
  );
}

/** Words that mean the same as the flags. */
const ages: ReadonlyMap<string, string> = new Map([
  ["week", "7d"],
  ["month", "1mo"],
]);

function typedWords({ arguments: [words] }: Call): string {
  return Array.isArray(words) ? joinedSpan(words.map(String)) : "";
}

/** Weeks and months end yesterday, since today is not over. */
function spanOf(call: Call, nowUts: number): Span {
  const { week, month } = call.options as { week?: true; month?: true };
  const spanText = typedWords(call);
  const all = [spanText, week === true ? "--week" : "", month === true ? "--month" : ""].filter(
    (each) => each !== "",
  );
  if (all.length > 1) {
    throw new UsageError(`${all.slice(0, 2).join(" and ")} can't be combined`, "Give only one of them.");
  }
  const spanName = spanText === "" ? (month === true ? "month" : "week") : spanText;
  const age = ages.get(spanName);
  if (age === undefined) return parseSpan("recap", spanName, nowUts);
  const { fromUts, toUts } = lastWeek(nowUts);
  return { fromUts: age === "7d" ? fromUts : parseSpan("", age, nowUts).fromUts, toUts };
}

function markdownLines(answer: RecapAnswer): SafeText[] {
  const { span, plays, usualPlays } = answer;
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  // Nobody else needs to know what is left to review.
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

/** Groups each fact that has a label with those that follow under it. */
function sections(facts: readonly RecapFact[]): [RecapFact, ...RecapFact[]][] {
  const groups: [RecapFact, ...RecapFact[]][] = [];
  for (const fact of facts) {
    const last = groups.at(-1);
    if (fact.label !== "" || last === undefined) groups.push([fact]);
    else last.push(fact);
  }
  return groups;
}

function factText({ what, remark = "", aside = "" }: RecapFact): SafeText {
  return remark === "" ? markdownText(what) : safe`${markdownText(what)} (${markdownText(remark + aside)})`;
}
