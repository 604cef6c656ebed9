import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { formatPeriodTitle, getPeriodUnit } from "../../output/format-period.ts";
import { joinLines, safe, type SafeText, toPrintable } from "../../output/safe-text.ts";
import { createDrawingView, present } from "../../output/present.ts";
import { joinPeriodWords, parsePlayPeriod } from "../../queries/conditions/period.ts";
import { queryRecap, buildRecapDocument, type RecapResult } from "../../queries/time/recap.ts";
import { findDataEnd } from "../../queries/shelf/sources.ts";
import { describeDataEnd } from "../../output/describe-sources.ts";
import { openMatchedCache } from "../shared/access/matched-cache.ts";
import { declareCommand, declareOptions, type Invocation } from "../shared/command-declaration.ts";
import { escapeMarkdown } from "../../output/row-formats.ts";
import { pluralize, formatNumber, renderSparkline } from "../../output/format-numbers.ts";
import {
  buildListeningFacts,
  buildShares,
  buildShelfFacts,
  type RecapFact,
  type RecapShare,
} from "./recap-facts.ts";
import type { Column } from "../../output/field.ts";
import { renderCommands, flowParts, joinBlocks, joinParts, wrapText } from "../../output/paragraph.ts";
import { adaptHints, isWidthLimited, type TerminalStyle, type Terminal } from "../../output/terminal.ts";
import { gapWidth, indentWidth, renderSectionTable } from "../../output/table.ts";
import { measureWidth } from "../../output/width.ts";
import { titleWidth } from "../shared/listing/list-fields.ts";
import { readOutputFormat } from "../shared/listing/run-listing.ts";
import { buildAsOption, jsonOption, refreshOption } from "../shared/listing/list-options.ts";

const recapOptions = declareOptions(
  { flags: "--week", help: "the last seven days, without today", excludes: ["month"] },
  { flags: "--month", help: "the last month, without today" },
  buildAsOption(["table", "json", "markdown"]),
  jsonOption,
  refreshOption,
);

export const declaration = declareCommand({
  name: "recap",
  isQuestion: true,
  details: `Sums up the last seven days without today, or any time that you name. "Usual" is your average for as many days:
over the year before, or over all your history if you name more than a month. "First time ever" lists records that you
had never played before, "Back after years" those not spun for two years. A new artist stayed if you played
them again after 30 days. "Still sealed" lists the records you added and never played.`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recapSchema }],
  arguments: [
    {
      name: "[period...]",
      help: "period to sum up",
      examples: "2025, 2025-Q1, 2024-06, november, 30d, last-month, last-week, year",
      defaultValue: "the last seven days, without today",
      choices: { source: "span" },
    },
  ],
  options: recapOptions,
  examples: [
    ["rewind recap", "the last seven days"],
    ["rewind recap 2025", "a year, with months, top albums and top artists"],
    ["rewind recap last-month --as markdown", "Markdown to paste into a post"],
  ],
  load: async () => runRecap,
});

async function runRecap(context: Context, call: Invocation<typeof recapOptions>): Promise<void> {
  const as = readOutputFormat(call.options, context);
  const nowUts = Math.floor(context.clock.now() / 1000);
  const spanText = getPeriodText(call);
  const span = parsePlayPeriod("recap", spanText, nowUts);
  const { database, synced } = await openMatchedCache(context, { call, needsCollection: false });
  const answer = queryRecap(database, { span, nowUts });
  if (as === "markdown") return context.write(joinLines(renderMarkdown(answer)));
  await present(
    context,
    { as },
    {
      document: () => buildRecapDocument(answer),
      table: () => {
        const dataEnd = describeDataEnd(findDataEnd(database, nowUts));
        return createDrawingView((style) =>
          renderRecap(answer, { ...style, synced, dataEnd, typedSpan: spanText }),
        );
      },
    },
  );
}

function getPeriodText({ words, options }: Invocation<typeof recapOptions>): string {
  const spanText = joinPeriodWords(words);
  const flag = (["week", "month"] as const).find((name) => options[name] === true);
  if (spanText !== "" && flag !== undefined) {
    throw new UsageError(`${spanText} and --${flag} can't be combined`, "Give only one of them.");
  }
  return spanText === "" ? (flag ?? "week") : spanText;
}

function renderMarkdown(answer: RecapResult): SafeText[] {
  // Nobody else needs to know what is left to review.
  const facts = [...buildListeningFacts(answer), ...buildShelfFacts(answer, "")].filter(
    ({ label }) => label !== "To review",
  );
  return [
    safe`## ${escapeMarkdown(formatPeriodTitle(answer.span))}`,
    safe``,
    safe`**${escapeMarkdown(formatPlays(answer))}**`,
    ...renderShareTable(buildShares(answer)),
    ...groupFacts(facts).flatMap(([first, ...others]) =>
      others.length === 0
        ? [safe``, safe`**${escapeMarkdown(first.label)}:** ${formatFact(first)}`]
        : [
            safe``,
            safe`**${escapeMarkdown(first.label)}**`,
            safe``,
            ...[first, ...others].map((fact) => safe`- ${formatFact(fact)}`),
          ],
    ),
  ];
}

function renderShareTable(shares: readonly RecapShare[]): SafeText[] {
  if (shares.length === 0) return [];
  return [
    safe``,
    safe`| | Plays | Share | |`,
    safe`| --- | ---: | ---: | --- |`,
    ...shares.map(
      ({ label, plays, share, remark }) =>
        safe`| ${escapeMarkdown(label)} | ${plays} | ${escapeMarkdown(share)} | ${escapeMarkdown(remark)} |`,
    ),
  ];
}

/** Groups each fact that has a label with those that follow under it. */
function groupFacts(facts: readonly RecapFact[]): [RecapFact, ...RecapFact[]][] {
  const groups: [RecapFact, ...RecapFact[]][] = [];
  for (const fact of facts) {
    const last = groups.at(-1);
    if (fact.label !== "" || last === undefined) groups.push([fact]);
    else last.push(fact);
  }
  return groups;
}

function formatFact({ what, remark = "", age = "" }: RecapFact): SafeText {
  return remark === ""
    ? escapeMarkdown(what)
    : safe`${escapeMarkdown(what)} (${escapeMarkdown(remark + age)})`;
}

/** "45 plays (your usual week: 2)" */
function formatPlays({ span, plays, usualPlays }: RecapResult): string {
  const unit = getPeriodUnit(span);
  const usual = unit === undefined ? "usual" : `your usual ${unit}`;
  return pluralize(plays, "play") + (usualPlays === null ? "" : ` (${usual}: ${formatNumber(usualPlays)})`);
}

// The screen.

/** `typedSpan` is the span as the user can type it. */
export function renderRecap(
  answer: RecapResult,
  style: TerminalStyle & Readonly<Record<"synced" | "dataEnd" | "typedSpan", string>>,
): SafeText[] {
  const { screen, colours, synced, dataEnd, typedSpan } = style;
  const [head = safe``, ...rest] = flowParts([formatPeriodTitle(answer.span), formatPlays(answer)], screen);
  return joinBlocks([
    [colours.bold(head), ...rest],
    renderWithoutHeader(shareColumns, buildShares(answer), screen),
    renderMonths(answer, screen),
    ...renderFactBlocks([...buildListeningFacts(answer), ...buildShelfFacts(answer, typedSpan)], style),
    flowParts(
      [dataEnd, synced].filter((part) => part !== ""),
      screen,
    ).map(colours.dim),
  ]);
}

/** A longer sparkline would not fit a line. */
const maxMonths = 36;

/** "Plays a month  ▃▅█" */
function renderMonths({ months }: RecapResult, screen: Terminal): SafeText[] {
  if (months === null) return [];
  const plays = months.map((month) => month.plays);
  if (months.length < 2 || months.length > maxMonths || plays.every((count) => count === 0)) return [];
  return [safe`  ${toPrintable(`Plays a month  ${renderSparkline(plays, screen)}`)}`];
}

function renderWithoutHeader<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
): SafeText[] {
  return rows.length === 0 ? [] : renderSectionTable(columns, rows, screen, { hasHeader: false });
}

const shareColumns: readonly Column<RecapShare>[] = [
  { header: "", cell: ({ label }) => label, isName: true },
  { header: "Plays", cell: ({ plays }) => formatNumber(plays), numeric: true },
  { header: "Share", cell: ({ share }) => share, numeric: true },
  { header: "", cell: ({ remark }) => remark, dropOrder: 1 },
];

/** Narrower screens leave out ages. */
const minWidthForAges = 100;

/** A narrower table cuts most names. */
const minWidthForTable = 60;

/** Each label, with its facts below. */
function renderNarrowFacts(facts: readonly RecapFact[], { screen, colours }: TerminalStyle): SafeText[] {
  const inner = { ...screen, width: screen.width - 2 * indentWidth };
  const margin = toPrintable(" ".repeat(indentWidth));
  return groupFacts(facts).flatMap(([first, ...others]) => [
    safe`${margin}${toPrintable(first.label)}`,
    ...[first, ...others].flatMap(({ what, remark = "", command }) =>
      [
        ...wrapText(joinParts([what, remark], ": "), inner),
        ...(command === undefined ? [] : wrapText(command, inner, { keepsWords: true }).map(colours.dim)),
      ].map((line) => safe`${margin}${margin}${line}`),
    ),
  ]);
}

function measureWidest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, measureWidth(toPrintable(text))), 0);
}

/** The facts; then the commands that the table would have to break, so that they could not be copied. */
function renderFactBlocks(facts: readonly RecapFact[], { screen, colours }: TerminalStyle): SafeText[][] {
  const isBounded = isWidthLimited(screen);
  if (isBounded && screen.width < minWidthForTable) return [renderNarrowFacts(facts, { screen, colours })];
  const room = screen.width - indentWidth - measureWidest(facts.map(({ label }) => label)) - 2 * gapWidth;
  const commandRoom = Math.max(Math.floor(room / 2), room - measureWidest(facts.map(({ what }) => what)));
  const rows = groupFacts(facts).flatMap(([first, ...others]) =>
    [first, ...others].map(({ command, ...fact }) => {
      if (command === undefined) return { fact };
      const text = adaptHints(command, screen);
      return isBounded && text.length > commandRoom
        ? { fact, below: { label: first.label, command } }
        : { fact: { ...fact, command: text } };
    }),
  );
  const columns: Column<RecapFact>[] = [
    { header: "", cell: ({ label }) => label, isName: true },
    {
      header: "What",
      cell: ({ what }) => (screen.unicode ? what : what.replaceAll(" · ", " - ")),
      // A cut name can be guessed, a cut figure can't.
      flexible: { ...titleWidth, cut: "wrap" },
      isName: true,
    },
    {
      header: "",
      cell: ({ remark = "", age = "", command }) =>
        command ?? remark + (!isBounded || screen.width >= minWidthForAges ? age : ""),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
      paint: (cell, { command }) => (command === undefined ? cell : colours.dim(cell)),
    },
  ];
  const below = renderCommands(
    rows.flatMap((row) => row.below ?? []),
    { ...screen, width: screen.width - indentWidth },
  );
  return [
    renderWithoutHeader(
      columns,
      rows.map(({ fact }) => fact),
      screen,
    ),
    below.map((line) => colours.dim(safe`${toPrintable(" ".repeat(indentWidth))}${line}`)),
  ];
}
