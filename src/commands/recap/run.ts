import type { Context } from "../../context.ts";
import { UsageError } from "../../errors.ts";
import { localDay } from "../../output/dates.ts";
import { linesText } from "../../output/escape.ts";
import { drawing, present } from "../../output/present.ts";
import { lastWeek, parseSpan, type Span } from "../../queries/filters/span.ts";
import { ask } from "../../queries/recap.ts";
import { document } from "../../queries/recap-document.ts";
import { openAnswers } from "../shared/answers.ts";
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
  const [given] = call.arguments;
  const days = [answerDay(span.fromUts, 0), answerDay(span.toUts, 1)];
  const typedSpan = typeof given === "string" ? given : days.join("..");
  const { database, synced } = await openAnswers(context, { call });
  const answer = await ask(database, { span, nowUts });
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

/** "" for an end that is open. */
function answerDay(uts: number | null, secondsBefore: number): string {
  return uts === null ? "" : localDay(uts - secondsBefore);
}

/** Whole days: of today nobody knows yet what it will have been. */
function spanOf({ arguments: [given], options }: Call, nowUts: number): Span {
  const { week, month } = options as { week?: true; month?: true };
  const all = [
    typeof given === "string" ? given : "",
    week === true ? "--week" : "",
    month === true ? "--month" : "",
  ].filter((each) => each !== "");
  if (all.length > 1) {
    throw new UsageError(`${all.slice(0, 2).join(" and ")} can't be combined`, "Give one span of time.");
  }
  if (typeof given === "string") return parseSpan("recap", given, nowUts);
  const { fromUts, toUts } = lastWeek(nowUts);
  return { fromUts: month === true ? parseSpan("", "1mo", nowUts).fromUts : fromUts, toUts };
}
