import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { drawing, present } from "../../output/present.ts";
import { dimensionByName, type DimensionName } from "../../queries/figures/breakdown.ts";
import type { PeriodUnit } from "../../queries/figures/periods.ts";
import { joinedSpan, parseSpan, type Span } from "../../queries/conditions/span.ts";
import { ask, document } from "../../queries/shelf/stats.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call } from "../shared/declaration.ts";
import { runBreakdown } from "./breakdown-table.ts";
import { runOverTime } from "./over-time-table.ts";
import { statsLines } from "./screen.ts";

export async function runStats(context: Context, call: Call): Promise<void> {
  const { by, over } = call.options as { by?: DimensionName; over?: PeriodUnit };
  const nowMs = context.clock.now();
  const span = spanOf(call, Math.floor(nowMs / 1000));
  if (by !== undefined && over !== undefined) return runOverTime(context, call, { by, over, span });
  if (by !== undefined) return runBreakdown(context, call, { by, span });
  refuseListingOptions(call);
  const { database } = await openMatchedAnswers(context, { call });
  const answer = ask(database, { span });
  const asJson = call.options["json"] === true || call.options["as"] === "json";
  await present(
    context,
    { as: asJson ? "json" : "table" },
    {
      document: () => document(answer),
      table: () => drawing((style) => statsLines(answer, { ...style, nowMs })),
    },
  );
}

function spanOf({ arguments: [words], options }: Call, nowUts: number): Span | null {
  const { during } = options as { during?: string };
  const spanText = Array.isArray(words) ? joinedSpan(words.map(String)) : "";
  if (spanText === "") return during === undefined ? null : parseSpan("--during", during, nowUts);
  if (during !== undefined) {
    throw new UsageError(`${spanText} and --during ${during} can't be combined`, "Give only one of them.");
  }
  if (dimensionByName.has(spanText)) {
    throw new UsageError(`stats takes a span of time, not "${spanText}"`, `Did you mean --by ${spanText}?`);
  }
  return parseSpan("stats", spanText, nowUts);
}

const listOptions = ["over", "sort", "reverse", "all", "limit", "page"] as const;

function refuseListingOptions({ options }: Call): void {
  const { as } = options as { as?: string };
  if (as !== undefined && as !== "table" && as !== "json") {
    throw new UsageError(`--as ${as} needs --by`, "Try: rewind stats --by genre --as csv");
  }
  const name = listOptions.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  const value = typeof options[name] === "boolean" ? "" : ` ${String(options[name])}`;
  throw new UsageError(`--${name} needs --by`, `Try: rewind stats --by genre --${name}${value}`);
}
