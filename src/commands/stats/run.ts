import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { drawing, present, type TableView } from "../../output/present.ts";
import {
  dimensionByName,
  type DimensionName,
  dimensions,
  type PartSort,
  dimensionNames,
  partSorts,
} from "../../queries/figures/breakdown.ts";
import { type PeriodUnit, periodUnits } from "../../queries/figures/periods.ts";
import { joinedSpan, parsePlaySpan, type Span } from "../../queries/conditions/span.ts";
import { ask, document } from "../../queries/shelf/stats.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { runBreakdown, labelOf } from "./breakdown-table.ts";
import { statsLines } from "./screen.ts";
import { sparkline, thousands } from "../../output/number-text.ts";
import type { Field } from "../../output/field.ts";
import {
  askOverTime,
  overTimeDocument,
  type OverTimeAnswer,
  type PartOverTime,
} from "../../queries/shelf/stats-by.ts";
import { readListingOptions, runListing } from "../shared/listing/run-listing.ts";
import { countField, nameWidth } from "../shared/listing/list-fields.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { duringOption, listOptions } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "stats",
  isQuestion: true,
  details: `Shows how much of your shelf you play and where your plays go. "Played" counts records with at least one
play. Plays count once per album, however many copies you own, so they add up to less than the rows of xref.
Decades are by the year of the pressing; --by original-decade uses the year that rewind sync --musicbrainz found. With --over,
each column is a period, and Trend shows the last 24 on the row's own scale.`,
  json: async () => {
    const { breakdownSchema, overTimeSchema, statsSchema } =
      await import("../../queries/documents/statistics-documents.ts");
    return [
      { schema: statsSchema },
      { when: "With --by", schema: breakdownSchema },
      { when: "With --by and --over", schema: overTimeSchema },
    ];
  },
  arguments: [
    {
      name: "[span...]",
      help: "a time such as 2025, 1y or last-month; same as --during",
      choices: { source: "span" },
    },
  ],
  options: [
    {
      flags: "--by <quality>",
      help: "",
      choices: { words: dimensionNames, otherWords: ["pressing-decade"] },
      parse: (text) => dimensionByName.get(text),
    },
    {
      flags: "--over <period>",
      help: "with --by: plays per period, one column each",
      choices: { words: periodUnits },
    },
    {
      flags: "--sort <order>",
      help: "with --by; never puts what you own most and play least first",
      choices: { words: partSorts },
    },
    { flags: "--reverse", help: "reverse the order" },
    duringOption,
    ...listOptions("records,plays"),
  ],
  examples: [
    ["rewind stats", "the whole shelf in one screen"],
    ["rewind stats 2025", "the plays of a year"],
    ["rewind stats --by genre --during 1y", "which genres you played in the last year"],
    ["rewind stats --by genre --over year", "your genres, year by year"],
    ["rewind stats --by artist --sort never", "artists that you own most of and play least"],
    ["rewind stats --json | jq '.scrobbled / .records'", "the share of your records that you play"],
  ],
  load: async () => runStats,
};

async function runStats(context: Context, call: Call): Promise<void> {
  const { by, over } = call.options as { by?: DimensionName; over?: PeriodUnit };
  const nowMs = context.clock.now();
  const span = spanOf(call, Math.floor(nowMs / 1000));
  if (by !== undefined && over !== undefined) return runOverTime(context, call, { by, over, span });
  if (by !== undefined) return runBreakdown(context, call, { by, span });
  refuseListingOptions(call);
  const { database } = await openMatchedAnswers(context, { call });
  const answer = ask(database, { span });
  const { as } = readListingOptions(call.options, context);
  await present(
    context,
    { as },
    {
      document: () => document(answer),
      table: () => drawing((style) => statsLines(answer, { ...style, nowMs })),
    },
  );
}

function spanOf({ arguments: [words], options }: Call, nowUts: number): Span | null {
  const { during } = options as { during?: string };
  const spanText = joinedSpan(words as readonly string[]);
  if (spanText === "") return during === undefined ? null : parsePlaySpan("--during", during, nowUts);
  if (during !== undefined) {
    throw new UsageError(`${spanText} and --during ${during} can't be combined`, "Give only one of them.");
  }
  if (dimensionByName.has(spanText)) {
    throw new UsageError(`stats takes a span of time, not "${spanText}"`, `Did you mean --by ${spanText}?`);
  }
  return parsePlaySpan("stats", spanText, nowUts);
}

const optionsOfBy = ["over", "sort", "reverse", "columns", "all", "limit", "page"] as const;

function refuseListingOptions({ options }: Call): void {
  const { as } = options as { as?: string };
  if (as !== undefined && as !== "table" && as !== "json") {
    throw new UsageError(`--as ${as} needs --by`, "Try: rewind stats --by genre --as csv");
  }
  const name = optionsOfBy.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  const value = typeof options[name] === "boolean" ? "" : ` ${String(options[name])}`;
  throw new UsageError(`--${name} needs --by`, `Try: rewind stats --by genre --${name}${value}`);
}

// rewind stats --by X --over PERIOD: the plays of each part in each year, quarter or month.

async function runOverTime(
  context: Context,
  call: Call,
  question: Pick<OverTimeAnswer["question"], "by" | "over" | "span">,
): Promise<void> {
  await runListing(context, call, ({ options, paging, isReversed, nowMs }) => {
    const { sort }: { readonly sort?: PartSort } = options;
    return {
      ask: (database) =>
        askOverTime(database, { ...question, sort: sort ?? null, reverse: isReversed, paging }),
      document: overTimeDocument,
      fields: fieldsOf,
      table: (answer) => overTimeTable(answer, nowMs),
    };
  });
}

function fieldsOf({ question: { by }, periods }: OverTimeAnswer): Field<PartOverTime>[] {
  const { heading } = dimensions[by];
  return [
    {
      name: by,
      value: ({ value }) => value,
      header: heading,
      cell: (part) => labelOf(by, part),
      flexible: nameWidth,
      isName: true,
    },
    ...periods.map(({ name }, at): Field<PartOverTime> => ({
      // Not the bare year: JavaScript moves object keys that are numbers to the front.
      ...countField(`plays_${name}`, name, ({ byPeriod }) => byPeriod[at] ?? 0, at),
      cell: ({ byPeriod }) => thousands(byPeriod[at] ?? 0),
    })),
    { ...countField("plays", "All", ({ plays }) => plays), cell: ({ plays }) => thousands(plays) },
    {
      name: "trend",
      header: "Trend",
      value: () => null,
      cell: ({ byPeriod }, { screen }) =>
        sparkline(byPeriod.slice(-Math.min(mostSigns, screen.width / 4)), screen),
      isOfScreens: true,
    },
  ];
}

/** More may not fit the screen. */
const mostPeriods = 8;
/** A longer sparkline would leave no room for the figures. */
const mostSigns = 24;

function overTimeTable(answer: OverTimeAnswer, nowMs: number): TableView<PartOverTime> {
  return {
    names: fieldsOf(answer).map(({ name }) => name),
    page: { total: answer.total, noun: "row" },
    footer: () => footerOf(answer, nowMs),
    empty: () => "The collection is empty.",
  };
}

function footerOf({ question, periods, isCountedTwice }: OverTimeAnswer, nowMs: number): string[][] {
  const { over, span } = question;
  const [first, last] = [periods.at(0), periods.at(-1)];
  return [
    [isCountedTwice ? "Records in several rows count in each." : ""],
    [
      first === undefined || last === undefined
        ? "None of these plays has a date"
        : `Plays on records you own, each ${over} from ${first.name} to ${last.name}`,
      span === null ? "" : `played ${spanInWords(span, nowMs)}`,
      periods.length > mostPeriods ? "all columns: --as csv" : "",
    ],
  ];
}
