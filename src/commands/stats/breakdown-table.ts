// rewind stats --by: a line for each genre, decade, artist and so on.
import type { Context } from "../../context.ts";
import { type SafeText, printable } from "../../output/escape.ts";
import type { Field } from "../../output/field.ts";
import { bar, barWidth, counted, percent, thousands } from "../../output/number-text.ts";
import { type Screen, screenText } from "../../output/screen.ts";
import { cutEnd, padEnd, padStart, widthOf } from "../../output/width.ts";
import { type Part, type PartSort, dimensions, type DimensionName } from "../../queries/figures/breakdown.ts";
import { amountOf } from "../../model/price.ts";
import { spentText, type Spent } from "../../queries/figures/money.ts";
import {
  ask,
  document,
  type BreakdownAnswer,
  type BreakdownQuestion,
  type PricedPart,
} from "../../queries/shelf/stats-by.ts";
import type { Call } from "../shared/declaration.ts";
import { runListing } from "../shared/listing/run-listing.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import type { TableView } from "../../output/present.ts";

export async function runBreakdown(
  context: Context,
  call: Call,
  { by, span }: Pick<BreakdownQuestion, "by" | "span">,
): Promise<void> {
  await runListing(context, call, ({ options, as, paging, isReversed, nowMs }) => {
    const { sort, page, limit } = options as { sort?: PartSort; page?: number; limit?: number };
    // JSON has all rows unless the user asks for a page: there are only a few.
    const isWhole = as === "json" && page === undefined && limit === undefined;
    const question = { by, span, sort: sort ?? null, reverse: isReversed, paging: isWhole ? null : paging };
    return {
      ask: (database) => ask(database, question),
      document,
      fields: ({ totals }) => fieldsOf(by, totals.paid),
      table: (answer) => breakdownTable(answer, nowMs),
    };
  });
}

function fieldsOf(by: DimensionName, paid: readonly Spent[]): Field<PricedPart>[] {
  return [
    { name: by, value: (part) => part.value },
    { name: "records", value: (part) => part.records, numeric: true },
    { name: "scrobbled", value: (part) => part.scrobbled, numeric: true },
    { name: "plays", value: (part) => part.plays, numeric: true },
    ...paid.map(({ currency }): Field<PricedPart> => ({
      name: currency === null ? "paid" : `paid_${currency}`,
      value: (part) => amountOf(part.paid.find((spent) => spent.currency === currency)?.cents ?? null),
      numeric: true,
    })),
  ];
}

function breakdownTable(answer: BreakdownAnswer, nowMs: number): TableView<PricedPart> {
  return {
    draw: (_, { screen, colours }) =>
      barLines(answer, screen).map((line, at) => (at === 0 ? colours.bold(line) : line)),
    // A pipe gets no header.
    plain: (_, { screen }) => barLines(answer, screen).slice(1),
    page: { total: answer.total, noun: "row" },
    footer: () => footerOf(answer, nowMs),
    empty: () => "The collection is empty.",
  };
}

function barLines({ question: { by, span, sort }, rows }: BreakdownAnswer, screen: Screen): SafeText[] {
  const isOfNever = sort === "never";
  const { heading } = dimensions[by];
  const names = ["records", "played", span === null ? "never" : "not"];
  const lines = rows.map((part): ShareLine => {
    const { records, scrobbled, plays } = part;
    return {
      remark: spentText(part.paid),
      label: labelOf(by, part),
      figures: [records, scrobbled, ...(isOfNever ? [records - scrobbled] : []), plays],
      part: scrobbled,
      whole: records,
    };
  });
  const longest = lines.reduce((most, { label }) => Math.max(most, widthOf(label)), widthOf(heading));
  const group = {
    heading: `  ${heading}`,
    names: [...names.slice(0, isOfNever ? 3 : 2), "plays", "share"],
    lines,
    labelWidth: Math.min(48, longest + 4),
    figureWidths: isOfNever ? [8, 11, 7, 9] : [8, 11, 9],
  };
  return shareLines(group, screen);
}

function footerOf({ question, rows, sums, totals }: BreakdownAnswer, nowMs: number): string[][] {
  const { by, span } = question;
  const { fetchedBy, none } = dimensions[by];
  const isKnown = fetchedBy === undefined || rows.some(({ value }) => value !== null);
  return [
    [isKnown ? "" : `Every record has ${none}. To fetch them: ${fetchedBy}`],
    [
      sums.records === totals.records && sums.plays === totals.plays
        ? ""
        : `Records in several rows count in each. In all: ${counted(totals.records, "record")}, ${counted(totals.plays, "play")}`,
    ],
    [totals.paid.length === 0 ? "" : `Paid: ${spentText(totals.paid)}`],
    [span === null ? "" : `Played, plays: from ${spanInWords(span, nowMs)}`],
  ];
}

// Lines with figures and a share of a whole, as a percentage and as a bar.

/** The name of a part of the shelf, for people. */
export function labelOf(by: DimensionName, { value }: Part): SafeText {
  return printable(value ?? dimensions[by].none);
}

export interface ShareLine {
  readonly label: string;
  /** Figures before the share, one a column. */
  readonly figures: readonly number[];
  readonly part: number;
  readonly whole: number;
  /** Shown at the right if there is room. */
  readonly remark?: string;
}

export interface ShareGroup {
  readonly heading: string;
  /** Headers of the figures and of the share; empty for none. */
  readonly names: readonly string[];
  readonly lines: readonly ShareLine[];
  /** Width in terminal columns. */
  readonly labelWidth: number;
  readonly figureWidths: readonly number[];
}

const shareWidth = 8;

/** Draws rows of cells, the header first, in columns of these widths. */
type DrawRows = (
  rows: readonly (readonly string[])[],
  columns: readonly { readonly align: "left" | "right"; readonly width: number }[],
  screen: Pick<Screen, "unicode">,
) => readonly SafeText[];

/** Columns for names of any script. */
const drawPadded: DrawRows = (rows, columns) =>
  rows.map((cells) =>
    printable(
      columns
        .map(({ align, width }, at) =>
          (align === "right" ? padStart : padEnd)(printable(cells[at] ?? ""), width),
        )
        .join("")
        .trimEnd(),
    ),
  );

/** Lines that fit the screen. Remarks are dropped first, then all bars are shortened alike. */
export function shareLines(
  group: ShareGroup,
  screen: Pick<Screen, "width" | "unicode">,
  draw: DrawRows = drawPadded,
): SafeText[] {
  const ellipsis = screenText("…", screen);
  const figuresWidth = group.figureWidths.reduce((sum, width) => sum + width, 0) + shareWidth;
  const labelWidth = Math.min(group.labelWidth, Math.max(8, screen.width - figuresWidth));
  const textWidth = labelWidth + figuresWidth;
  const width = Math.min(barWidth, screen.width - textWidth - 2);
  const remarkStart = textWidth + 2 + barWidth + 2;
  const rows = group.lines.map((line) => {
    const label = `  ${cutEnd(printable(line.label), labelWidth - 3, ellipsis)}`;
    const share = percent(line.part, line.whole);
    const barText =
      width < 4 || line.whole === 0 ? "" : bar(line.part / line.whole, { width, unicode: screen.unicode });
    const remark = screenText(line.remark ?? "", screen);
    const shownRemark = widthOf(remark) <= screen.width - remarkStart ? remark : "";
    return [
      label,
      ...line.figures.map(thousands),
      share,
      barText && `  ${barText}`,
      shownRemark && `  ${shownRemark}`,
    ];
  });
  const heading = cutEnd(printable(group.heading), labelWidth, ellipsis);
  const columns = [
    { align: "left", width: labelWidth },
    ...[...group.figureWidths, shareWidth].map((each) => ({ align: "right", width: each }) as const),
    { align: "left", width: barWidth + 2 },
    { align: "left", width: 0 },
  ] as const;
  const lines = draw([[heading, ...group.names], ...rows], columns, screen);
  return lines.map((line) => cutEnd(line, screen.width, ellipsis));
}
