import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import { drawing, present } from "../../output/present.ts";
import { joinedSpan, lastWeek, parseSpan, type Span } from "../../queries/conditions/span.ts";
import { ask } from "../../queries/time/recap.ts";
import { document } from "../../queries/time/recap-document.ts";
import { openAnswers } from "../shared/opening/answers.ts";
import type { Call } from "../shared/call.ts";
import { markdownLines } from "./markdown.ts";
import { recapLines } from "./screen.ts";

export async function runRecap(context: Context, call: Call): Promise<void> {
  const { as = "table", json } = call.options as { as?: "table" | "json" | "markdown"; json?: true };
  if (json === true && as === "markdown") {
    throw new UsageError("--json and --as markdown can't be combined", "Give one of them.");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const span = spanOf(call, nowUts);
  const days = [answerDay(span.fromUts, 0), answerDay(span.toUts, 1)];
  const given = givenSpan(call);
  const typedSpan = given === "" || lately.has(given) ? days.join("..") : given;
  const { database, synced } = await openAnswers(context, { call });
  const answer = ask(database, { span, nowUts });
  if (as === "markdown") return context.write(linesText(markdownLines(answer)));
  await present(
    context,
    { as: json === true ? "json" : as },
    {
      document: () => document(answer),
      table: () => drawing((look) => recapLines(answer, { ...look, synced, typedSpan })),
    },
  );
}

/** These words mean the same as the flags. */
const lately: ReadonlyMap<string, string> = new Map([
  ["week", "7d"],
  ["month", "1mo"],
]);

function givenSpan({ arguments: [words] }: Call): string {
  return Array.isArray(words) ? joinedSpan(words.map(String)) : "";
}

/** "" for an end that is open. */
function answerDay(uts: number | null, secondsBefore: number): string {
  return uts === null ? "" : localDay(uts - secondsBefore);
}

/** Whole days: of today nobody knows yet what it will have been. */
function spanOf(call: Call, nowUts: number): Span {
  const { week, month } = call.options as { week?: true; month?: true };
  const given = givenSpan(call);
  const all = [given, week === true ? "--week" : "", month === true ? "--month" : ""].filter(
    (each) => each !== "",
  );
  if (all.length > 1) {
    throw new UsageError(`${all.slice(0, 2).join(" and ")} can't be combined`, "Give one span of time.");
  }
  const named = given === "" ? (month === true ? "month" : "week") : given;
  const age = lately.get(named);
  if (age === undefined) return parseSpan("recap", named, nowUts);
  const { fromUts, toUts } = lastWeek(nowUts);
  return { fromUts: age === "7d" ? fromUts : parseSpan("", age, nowUts).fromUts, toUts };
}
