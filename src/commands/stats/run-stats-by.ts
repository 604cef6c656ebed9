// rewind stats --by: a line for each genre, decade, artist and so on.
import type { Context } from "../../context.ts";
import { type SafeText, toPrintable } from "../../output/safe-text.ts";
import type { Field } from "../../output/field.ts";
import { renderBar, barWidth, pluralize, formatPercent, formatNumber } from "../../output/format-numbers.ts";
import { type Terminal, toTerminalText } from "../../output/terminal.ts";
import { cutEnd, padEnd, padStart, measureWidth } from "../../output/width.ts";
import { type Part, dimensions, type DimensionName } from "../../queries/statistics/stats-by-dimension.ts";
import { toAmount } from "../../model/price.ts";
import { formatSpending, type Spending } from "../../queries/statistics/money.ts";
import {
  queryStatsBy,
  buildStatsByDocument,
  type StatsByResult,
  type StatsByParameters,
  type PricedPart,
} from "../../queries/shelf/stats-by.ts";
import { runListing, type ListInvocation } from "../shared/listing/run-listing.ts";
import { formatPeriod } from "../../output/format-period.ts";
import type { TableView } from "../../output/present.ts";

export async function runStatsBy(
  context: Context,
  call: ListInvocation,
  question: Omit<StatsByParameters, "paging">,
): Promise<void> {
  await runListing(context, call, ({ as, paging, nowMs }) => {
    const { page, limit } = call.options;
    // JSON has all rows unless the user asks for a page: there are only a few.
    const isWhole = as === "json" && page === undefined && limit === undefined;
    return {
      ask: (database) => queryStatsBy(database, { ...question, paging: isWhole ? null : paging }),
      buildDocument: buildStatsByDocument,
      fields: ({ totals }) => buildFields(question.by, totals.paid),
      table: (answer) => buildStatsByTable(answer, nowMs),
    };
  });
}

function buildFields(by: DimensionName, paid: readonly Spending[]): Field<PricedPart>[] {
  return [
    { name: by, value: (part) => part.value },
    { name: "records", value: (part) => part.records, numeric: true },
    { name: "scrobbled", value: (part) => part.scrobbled, header: "played", numeric: true },
    { name: "plays", value: (part) => part.plays, numeric: true },
    ...paid.map(({ currency }): Field<PricedPart> => ({
      name: currency === null ? "paid" : `paid_${currency}`,
      value: (part) => toAmount(part.paid.find((spent) => spent.currency === currency)?.cents ?? null),
      numeric: true,
    })),
  ];
}

function buildStatsByTable(answer: StatsByResult, nowMs: number): TableView<PricedPart> {
  return {
    draw: (_, { screen, colours }) =>
      renderBars(answer, screen).map((line, at) => (at === 0 ? colours.bold(line) : line)),
    // A pipe gets no header, and whole lines.
    plain: (_, { screen }) => renderBars(answer, { ...screen, width: Number.MAX_SAFE_INTEGER }).slice(1),
    page: { total: answer.total, noun: "row" },
    footer: () => buildFooter(answer, nowMs),
    empty: () => "The collection is empty.",
  };
}

function renderBars({ question: { by, period, sort }, rows }: StatsByResult, screen: Terminal): SafeText[] {
  const isOfNever = sort === "never";
  const { heading } = dimensions[by];
  const names = ["records", "played", period === null ? "never" : "not"];
  const lines = rows.map((part): ShareLine => {
    const { records, scrobbled, plays } = part;
    return {
      remark: formatSpending(part.paid),
      label: formatPartLabel(by, part),
      figures: [records, scrobbled, ...(isOfNever ? [records - scrobbled] : []), plays],
      part: scrobbled,
      whole: records,
    };
  });
  const longest = lines.reduce(
    (most, { label }) => Math.max(most, measureWidth(label)),
    measureWidth(heading),
  );
  const group = {
    heading: `  ${heading}`,
    names: [...names.slice(0, isOfNever ? 3 : 2), "plays", "share"],
    lines,
    ...(rows.some(({ paid }) => paid.length > 0) ? { remarkName: "paid" } : {}),
    labelWidth: Math.min(48, longest + 4),
    figureWidths: isOfNever ? [8, 11, 7, 9] : [8, 11, 9],
  };
  return renderShares(group, screen);
}

function buildFooter({ question, rows, sums, totals }: StatsByResult, nowMs: number): string[][] {
  const { by, period } = question;
  const { fetchedBy } = dimensions[by];
  const isKnown = fetchedBy === undefined || rows.some(({ value }) => value !== null);
  return [
    [isKnown ? "" : `Nothing for --by ${by} is fetched yet: ${fetchedBy}`],
    [
      sums.records === totals.records && sums.plays === totals.plays
        ? ""
        : `Records in several rows count in each. In all: ${pluralize(totals.records, "record")}, ${pluralize(totals.plays, "play")}`,
    ],
    [totals.paid.length === 0 ? "" : `Paid: ${formatSpending(totals.paid)}`],
    [period === null ? "" : `Played, plays: from ${formatPeriod(period, nowMs)}`],
  ];
}

// Lines with figures and a share of a whole, as a percentage and as a bar.

/** The name of a part of the shelf, for people. */
export function formatPartLabel(by: DimensionName, { value }: Part): SafeText {
  return toPrintable(value ?? dimensions[by].none);
}

export interface ShareLine {
  readonly label: string;
  /** Figures before the share, one a column. */
  readonly figures: readonly number[];
  readonly part: number;
  readonly whole: number;
  /** Shown at the right. */
  readonly remark?: string;
}

export interface ShareGroup {
  readonly heading: string;
  /** Headers of the figures and of the share; empty for none. */
  readonly names: readonly string[];
  readonly lines: readonly ShareLine[];
  /** Header of the remarks. Bars and labels are shortened for these; remarks without a header are left out where they don't fit. */
  readonly remarkName?: string;
  /** Width in terminal columns. */
  readonly labelWidth: number;
  readonly figureWidths: readonly number[];
}

const shareWidth = 8;

/** Draws rows of cells, the header first, in columns of these widths. */
type RowRenderer = (
  rows: readonly (readonly string[])[],
  columns: readonly { readonly align: "left" | "right"; readonly width: number }[],
  screen: Pick<Terminal, "unicode">,
) => readonly SafeText[];

/** Columns for names of any script. */
const renderPaddedRows: RowRenderer = (rows, columns) =>
  rows.map((cells) =>
    toPrintable(
      columns
        .map(({ align, width }, at) =>
          (align === "right" ? padStart : padEnd)(toPrintable(cells[at] ?? ""), width),
        )
        .join("")
        .trimEnd(),
    ),
  );

/** Lines that fit the screen. Remarks without a header are dropped first, then all bars are shortened alike. */
export function renderShares(
  group: ShareGroup,
  screen: Pick<Terminal, "width" | "unicode">,
  draw: RowRenderer = renderPaddedRows,
): SafeText[] {
  const ellipsis = toTerminalText("…", screen);
  const figuresWidth = group.figureWidths.reduce((sum, width) => sum + width, 0) + shareWidth;
  const remarks = group.lines.map((line) => toTerminalText(line.remark ?? "", screen));
  const isNamed = group.remarkName !== undefined;
  const remarkWidth = isNamed ? remarks.reduce((most, text) => Math.max(most, measureWidth(text) + 2), 0) : 0;
  const labelWidth = Math.min(
    group.labelWidth,
    Math.max(isNamed ? 20 : 8, screen.width - figuresWidth - remarkWidth),
  );
  const textWidth = labelWidth + figuresWidth;
  const width = Math.min(barWidth, screen.width - textWidth - remarkWidth - 2);
  const hasBars = width >= 4;
  const barColumnWidth = !isNamed ? barWidth + 2 : hasBars ? width + 2 : 0;
  const remarkRoom = screen.width - textWidth - barColumnWidth - 2;
  const rows = group.lines.map((line, at) => {
    const label = `  ${cutEnd(toPrintable(line.label), labelWidth - 3, ellipsis)}`;
    const share = formatPercent(line.part, line.whole);
    const barText =
      !hasBars || line.whole === 0
        ? ""
        : renderBar(line.part / line.whole, { width, unicode: screen.unicode });
    const remark = remarks[at] ?? "";
    const shownRemark = isNamed || measureWidth(remark) <= remarkRoom ? remark : "";
    return [
      label,
      ...line.figures.map(formatNumber),
      share,
      barText && `  ${barText}`,
      shownRemark && `  ${shownRemark}`,
    ];
  });
  const heading = cutEnd(toPrintable(group.heading), labelWidth, ellipsis);
  const columns = [
    { align: "left", width: labelWidth },
    ...[...group.figureWidths, shareWidth].map((each) => ({ align: "right", width: each }) as const),
    { align: "left", width: barColumnWidth },
    { align: "left", width: 0 },
  ] as const;
  const header = [heading, ...group.names];
  const remarkHeader = isNamed ? ["", `  ${group.remarkName}`] : [];
  const lines = draw([[...header, ...remarkHeader], ...rows], columns, screen);
  return lines.map((line) => cutEnd(line, screen.width, ellipsis));
}
