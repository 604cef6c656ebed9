import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { createDrawingView, present, type TableView } from "../../output/present.ts";
import {
  dimensionByName,
  dimensions,
  dimensionNames,
  partSorts,
} from "../../queries/statistics/stats-by-dimension.ts";
import { periodUnits } from "../../queries/statistics/calendar-periods.ts";
import { joinPeriodWords, parsePlayPeriod, type Period } from "../../queries/conditions/period.ts";
import { queryStats, buildStatsDocument } from "../../queries/shelf/stats.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { runStatsBy, formatPartLabel } from "./run-stats-by.ts";
import { renderStats } from "./view.ts";
import { renderSparkline, formatNumber } from "../../output/format-numbers.ts";
import type { Field } from "../../output/field.ts";
import {
  queryPartsOverTime,
  buildOverTimeDocument,
  type OverTimeResult,
  type PartOverTime,
} from "../../queries/shelf/stats-by.ts";
import { readListingOptions, runListing } from "../shared/listing/run-listing.ts";
import { countField, nameWidth } from "../shared/listing/list-fields.ts";
import { formatPeriod } from "../../output/format-period.ts";
import { duringOption, buildListOptions } from "../shared/listing/list-options.ts";

const statsOptions = declareOptions(
  {
    flags: "--by <field>",
    help: "group records and plays by this field",
    choices: { words: dimensionNames, otherWords: ["pressing-decade"] },
    parse: (text) => dimensionByName.get(text),
  },
  {
    flags: "--over <unit>",
    help: "with --by: show the plays of each period in its own column",
    choices: { words: periodUnits },
  },
  {
    flags: "--sort <order>",
    help: "with --by: order of the rows; never: most records without plays first",
    choices: { words: partSorts },
  },
  { flags: "--reverse", help: "reverse the order" },
  duringOption,
  ...buildListOptions("records,plays"),
);

export const declaration = declareCommand({
  name: "stats",
  isQuestion: true,
  details: `Shows how much of your shelf you play and where your plays go. "Played" counts records with at least one
play. Plays count once per album, however many copies you own, so they add up to less than the rows of xref.
Decades are by the year of the pressing; --by original-decade uses the year that rewind sync --musicbrainz found. With --over,
each column is a period, and Trend shows the last 24 on the row's own scale.`,
  json: async () => {
    const { statsBySchema, overTimeSchema, statsSchema } =
      await import("../../queries/documents/statistics-documents.ts");
    return [
      { schema: statsSchema },
      { when: "With --by", schema: statsBySchema },
      { when: "With --by and --over", schema: overTimeSchema },
    ];
  },
  arguments: [
    {
      name: "[period...]",
      help: "the same as --during",
      examples: "2025, 2025-Q1, 1y, last-month, november, week",
      choices: { source: "span" },
    },
  ],
  options: statsOptions,
  examples: [
    ["rewind stats", "the whole shelf in one screen"],
    ["rewind stats 2025", "the plays of a year"],
    ["rewind stats --by genre --during 1y", "which genres you played in the last year"],
    ["rewind stats --by genre --over year", "your genres, year by year"],
    ["rewind stats --by artist --sort never", "artists of whom you own much and play little"],
    ["rewind stats --json | jq '.scrobbled / .records'", "the share of your records that you play"],
  ],
  load: async () => runStats,
});

type StatsInvocation = Invocation<typeof statsOptions>;

async function runStats(context: Context, call: StatsInvocation): Promise<void> {
  const { by, over, sort = null, reverse = false } = call.options;
  const nowMs = context.clock.now();
  const span = parseStatsPeriod(call, Math.floor(nowMs / 1000));
  if (by !== undefined) {
    const question = { by, period: span, sort, reverse };
    return over === undefined
      ? runStatsBy(context, call, question)
      : runOverTime(context, call, { ...question, over });
  }
  refuseListingOptions(call);
  const { database } = await openMatchedCache(context, { call });
  const answer = queryStats(database, { span });
  const { as } = readListingOptions(call.options, context);
  await present(
    context,
    { as },
    {
      document: () => buildStatsDocument(answer),
      table: () => createDrawingView((style) => renderStats(answer, { ...style, nowMs })),
    },
  );
}

function parseStatsPeriod({ words, options: { during } }: StatsInvocation, nowUts: number): Period | null {
  const spanText = joinPeriodWords(words);
  if (spanText === "") return during === undefined ? null : parsePlayPeriod("--during", during, nowUts);
  if (during !== undefined) {
    throw new UsageError(`${spanText} and --during ${during} can't be combined`, "Give only one of them.");
  }
  if (dimensionByName.has(spanText.toLowerCase())) {
    throw new UsageError(
      `stats takes a span of time, not "${spanText}"`,
      `Did you mean --by ${spanText.toLowerCase()}?`,
    );
  }
  return parsePlayPeriod("stats", spanText, nowUts);
}

const statsByOptions = ["over", "sort", "reverse", "columns", "all", "limit", "page"] as const;

function refuseListingOptions({ options }: StatsInvocation): void {
  const { as } = options;
  if (as !== undefined && as !== "table" && as !== "json") {
    throw new UsageError(`--as ${as} needs --by`, "Try: rewind stats --by genre --as csv");
  }
  const name = statsByOptions.find((each) => options[each] !== undefined);
  if (name === undefined) return;
  const value = typeof options[name] === "boolean" ? "" : ` ${String(options[name])}`;
  throw new UsageError(`--${name} needs --by`, `Try: rewind stats --by genre --${name}${value}`);
}

// rewind stats --by X --over PERIOD: the plays of each part in each year, quarter or month.

async function runOverTime(
  context: Context,
  call: StatsInvocation,
  question: Omit<OverTimeResult["question"], "paging">,
): Promise<void> {
  await runListing(context, call, ({ paging, nowMs }) => ({
    ask: (database) => queryPartsOverTime(database, { ...question, paging }),
    buildDocument: buildOverTimeDocument,
    fields: buildFields,
    table: (answer) => buildOverTimeTable(answer, nowMs),
  }));
}

function buildFields({ question: { by }, periods }: OverTimeResult): Field<PartOverTime>[] {
  const { heading } = dimensions[by];
  return [
    {
      name: by,
      value: ({ value }) => value,
      header: heading,
      cell: (part) => formatPartLabel(by, part),
      flexible: nameWidth,
      isName: true,
    },
    ...periods.map(({ name }, at): Field<PartOverTime> => ({
      // The bare year won't do: JavaScript moves object keys that are numbers to the front.
      ...countField(`plays_${name}`, name, ({ byPeriod }) => byPeriod[at] ?? 0, at),
      cell: ({ byPeriod }) => formatNumber(byPeriod[at] ?? 0),
    })),
    { ...countField("plays", "All", ({ plays }) => plays), cell: ({ plays }) => formatNumber(plays) },
    {
      name: "trend",
      header: "Trend",
      value: () => null,
      cell: ({ byPeriod }, { screen }) =>
        renderSparkline(byPeriod.slice(-Math.min(maxSparklineLength, screen.width / 4)), screen),
      isOfScreens: true,
    },
  ];
}

/** More may not fit the screen. */
const maxPeriods = 8;
/** A longer sparkline would leave no room for the figures. */
const maxSparklineLength = 24;

function buildOverTimeTable(answer: OverTimeResult, nowMs: number): TableView<PartOverTime> {
  return {
    names: buildFields(answer).map(({ name }) => name),
    page: { total: answer.total, noun: "row" },
    footer: () => buildFooter(answer, nowMs),
    empty: () => "The collection is empty.",
  };
}

function buildFooter({ question, periods, isCountedTwice }: OverTimeResult, nowMs: number): string[][] {
  const { over, period } = question;
  const [first, last] = [periods.at(0), periods.at(-1)];
  return [
    [isCountedTwice ? "Records in several rows count in each." : ""],
    [
      first === undefined || last === undefined
        ? "None of these plays has a date"
        : `Plays on records you own, each ${over} from ${first.name} to ${last.name}`,
      period === null ? "" : `played ${formatPeriod(period, nowMs)}`,
      periods.length > maxPeriods ? "all columns: --as csv" : "",
    ],
  ];
}
