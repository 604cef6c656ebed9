import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { drawing, present } from "../../output/present.ts";
import { dimensionByName, type DimensionName } from "../../queries/figures/dimensions.ts";
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
      table: () => drawing((look) => statsLines(answer, { ...look, nowMs })),
    },
  );
}

function spanOf({ arguments: [words], options }: Call, nowUts: number): Span | null {
  const { during } = options as { during?: string };
  const given = Array.isArray(words) ? joinedSpan(words.map(String)) : "";
  if (given === "") return during === undefined ? null : parseSpan("--during", during, nowUts);
  if (during !== undefined) {
    throw new UsageError(`${given} and --during ${during} can't be combined`, "Give one span of time.");
  }
  if (dimensionByName.has(given)) {
    throw new UsageError(`stats takes a span of time, not "${given}"`, `Did you mean --by ${given}?`);
  }
  return parseSpan("stats", given, nowUts);
}

function refuseListingOptions({ options }: Call): void {
  if (options["over"] !== undefined) {
    throw new UsageError("--over needs --by", "Try: rewind stats --by genre --over year");
  }
  const { as, all, limit, page, sort, reverse } = options as {
    as?: string;
    all?: true;
    limit?: number;
    page?: number;
    sort?: string;
    reverse?: true;
  };
  if (as !== undefined && as !== "table" && as !== "json") {
    throw new UsageError(`--as ${as} needs --by`, "Try: rewind stats --by genre --as csv");
  }
  if (sort !== undefined || reverse !== undefined) {
    throw new UsageError("--sort and --reverse need --by", "Try: rewind stats --by artist --sort never");
  }
  if (all !== undefined || limit !== undefined || page !== undefined) {
    throw new UsageError("--page, --limit and --all need --by", "Help: rewind stats --help");
  }
}
