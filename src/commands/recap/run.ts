import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay, monthInWords } from "../../output/dates.ts";
import { linesText, safe, type SafeText, printable } from "../../output/escape.ts";
import { drawing, present } from "../../output/present.ts";
import { joinedSpan, lastWeek, parsePlaySpan, parseSpan, type Span } from "../../queries/conditions/span.ts";
import { ask, document, type RecapAnswer } from "../../queries/time/recap.ts";
import { findDataEnd } from "../../queries/shelf/sources.ts";
import { dataEndText } from "../../output/source-text.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { markdownText } from "../../output/row-formats.ts";
import { counted, thousands, sparkline } from "../../output/number-text.ts";
import { factsOf, longFacts, sharesOf, type RecapFact, type RecapShare } from "./recap-facts.ts";
import type { Column } from "../../output/field.ts";
import { commandsBelow, sideBySide, spacedBlocks } from "../../output/paragraph.ts";
import { adaptCommands, isFitted, type TerminalStyle, type Screen } from "../../output/screen.ts";
import { gapWidth, indentWidth, sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import { titleWidth } from "../shared/listing/list-fields.ts";
import { spanInWords } from "../shared/listing/times-in-words.ts";
import { daySeconds } from "../../model/times.ts";
import { readListingOptions } from "../shared/listing/run-listing.ts";
import { jsonOption, refreshOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recap",
  isQuestion: true,
  details: `Sums up the last seven days without today, or any time that you name. "Usual" is your average for as many days:
over the year before, or over all your history if you name more than a month. "First time ever" lists records that you
had never played before, "Back after years" those without a spin for two years. More than 92 days also show
months, top albums, top artists and your longest streak.`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recapSchema }],
  arguments: [
    {
      name: "[span...]",
      help: "2025, 2024-06, 30d, last-month, week, month, year … (the last seven days)",
      choices: { source: "span" },
    },
  ],
  options: [
    { flags: "--week", help: "the last seven days, without today (the default)", excludes: ["month"] },
    { flags: "--month", help: "the last month, without today" },
    { flags: "--as <form>", help: "", choices: { words: ["table", "json", "markdown"] } },
    jsonOption,
    refreshOption,
  ],
  examples: [
    ["rewind recap", "the last seven days"],
    ["rewind recap 2025", "a year, with months, top albums and top artists"],
    ["rewind recap last-month --as markdown", "Markdown to paste into a post"],
  ],
  load: async () => runRecap,
};

async function runRecap(context: Context, call: Call): Promise<void> {
  const { as } = readListingOptions(call.options, context);
  const nowUts = Math.floor(context.clock.now() / 1000);
  const spanText = spanTextOf(call);
  const span = spanOf(spanText, nowUts);
  const days = [localDay(span.fromUts), span.toUts === null ? "" : localDay(span.toUts - 1)];
  const typedSpan = /^(?:week|month|year)$/.test(spanText) ? days.join("..") : spanText;
  const { database, synced } = await openMatchedAnswers(context, { call });
  const answer = ask(database, { span, nowUts });
  if (as === "markdown") return context.write(linesText(markdownLines(answer)));
  await present(
    context,
    { as },
    {
      document: () => document(answer),
      table: () => {
        const dataEnd = dataEndText(findDataEnd(database, nowUts));
        return drawing((style) => recapLines(answer, { ...style, synced, dataEnd, typedSpan }));
      },
    },
  );
}

function spanTextOf({ arguments: [words], options }: Call): string {
  const spanText = joinedSpan(words as readonly string[]);
  const flag = ["week", "month"].find((name) => options[name] === true);
  if (spanText !== "" && flag !== undefined) {
    throw new UsageError(`${spanText} and --${flag} can't be combined`, "Give only one of them.");
  }
  return spanText === "" ? (flag ?? "week") : spanText;
}

/** Weeks, months and years end yesterday, since today is not over. */
function spanOf(text: string, nowUts: number): Span {
  const week = lastWeek(nowUts);
  if (text === "week") return week;
  if (text === "month" || text === "year") {
    return { ...week, fromUts: parseSpan("", text === "month" ? "1mo" : "1y", nowUts).fromUts };
  }
  return parsePlaySpan("recap", text, nowUts);
}

function markdownLines(answer: RecapAnswer): SafeText[] {
  // Nobody else needs to know what is left to review.
  const facts = [...longFacts(answer), ...factsOf(answer, "")].filter(({ label }) => label !== "To settle");
  return [
    safe`## ${markdownText(spanTitle(answer))}`,
    safe``,
    safe`**${markdownText(playsText(answer))}**`,
    ...(answer.plays === 0 ? [] : shareTable(answer)),
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

function factText({ what, remark = "", age = "" }: RecapFact): SafeText {
  return remark === "" ? markdownText(what) : safe`${markdownText(what)} (${markdownText(remark + age)})`;
}

/** "2025", "Mar 2026", "Sat, 7 Mar – Fri, 13 Mar 2026", "7 Mar 2026 to 3 May 2026" */
function spanTitle({ span }: RecapAnswer): string {
  const unit = unitOf(span);
  if (unit === "year") return localDay(span.fromUts).slice(0, 4);
  if (unit === "month") return monthInWords(span.fromUts);
  if (unit === undefined) return spanInWords(span, span.toUts * 1000);
  const days = { weekday: "short", day: "numeric", month: "short", year: "numeric" } as const;
  const range = new Intl.DateTimeFormat("en-GB", days).formatRange(
    span.fromUts * 1000,
    (span.toUts - 1) * 1000,
  );
  // Some versions of Node set thin spaces around the dash.
  return range.replaceAll(/\s/g, " ");
}

/** A calendar year, a calendar month, or any seven days. A span until now is none of them. */
function unitOf({ fromUts, toUts }: RecapAnswer["span"]): "year" | "month" | "week" | undefined {
  const [first, end] = [localDay(fromUts), localDay(toUts)];
  const days = Math.round((toUts - fromUts) / daySeconds);
  if (days === 7) return "week";
  const isWhole = first.endsWith("-01") && end.endsWith("-01") && localDay(toUts - 1) !== end;
  if (isWhole && days <= 31) return "month";
  return isWhole && first.endsWith("-01-01") && (days === 365 || days === 366) ? "year" : undefined;
}

/** "45 plays (your usual week: 2)" */
function playsText({ span, plays, usualPlays }: RecapAnswer): string {
  const unit = unitOf(span);
  const usual = unit === undefined ? "usual" : `your usual ${unit}`;
  return counted(plays, "play") + (usualPlays === null ? "" : ` (${usual}: ${thousands(usualPlays)})`);
}

// The screen.

/** `typedSpan` is the span as the user can type it. */
export function recapLines(
  answer: RecapAnswer,
  style: TerminalStyle & Readonly<Record<"synced" | "dataEnd" | "typedSpan", string>>,
): SafeText[] {
  const { screen, colours, synced, dataEnd, typedSpan } = style;
  const [head = safe``, ...rest] = sideBySide([spanTitle(answer), playsText(answer)], screen);
  return spacedBlocks([
    [colours.bold(head), ...rest],
    answer.plays === 0 ? [] : headless(shareColumns, sharesOf(answer), screen),
    monthLines(answer, screen),
    ...factBlocks([...longFacts(answer), ...factsOf(answer, typedSpan)], style),
    sideBySide(
      [dataEnd, synced].filter((part) => part !== ""),
      screen,
    ).map(colours.dim),
  ]);
}

/** A longer sparkline would not fit a line. */
const mostMonths = 36;

/** "Plays a month  ▃▅█" */
function monthLines({ long }: RecapAnswer, screen: Screen): SafeText[] {
  const months = long?.months ?? [];
  if (months.length < 2 || months.length > mostMonths) return [];
  const plays = months.map((month) => month.plays);
  return [safe`  ${printable(`Plays a month  ${sparkline(plays, screen)}`)}`];
}

function headless<Row>(columns: readonly Column<Row>[], rows: readonly Row[], screen: Screen): SafeText[] {
  return rows.length === 0 ? [] : sectionTable(columns, rows, screen, { hasHeader: false });
}

const shareColumns: readonly Column<RecapShare>[] = [
  { header: "", cell: ({ label }) => label },
  { header: "Plays", cell: ({ plays }) => thousands(plays), numeric: true },
  { header: "Share", cell: ({ share }) => share, numeric: true },
  { header: "Albums", cell: ({ remark }) => remark, dropOrder: 1 },
];

/** Narrower screens leave out ages. */
const minWidthForAges = 100;

function widest(texts: readonly string[]): number {
  return texts.reduce((most, text) => Math.max(most, widthOf(printable(text))), 0);
}

/** The facts; then the commands that the table would have to break, so that they could not be copied. */
function factBlocks(facts: readonly RecapFact[], { screen, colours }: TerminalStyle): SafeText[][] {
  const isBounded = isFitted(screen);
  const room = screen.width - indentWidth - widest(facts.map(({ label }) => label)) - 2 * gapWidth;
  const commandRoom = Math.max(Math.floor(room / 2), room - widest(facts.map(({ what }) => what)));
  const rows = sections(facts).flatMap(([first, ...others]) =>
    [first, ...others].map(({ command, ...fact }) => {
      if (command === undefined) return { fact };
      const text = adaptCommands(command, screen);
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
      flexible: titleWidth,
      isName: true,
    },
    {
      header: "How",
      cell: ({ remark = "", age = "", command }) =>
        command ?? remark + (!isBounded || screen.width >= minWidthForAges ? age : ""),
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
      paint: (cell, { command }) => (command === undefined ? cell : colours.dim(cell)),
    },
  ];
  const below = commandsBelow(
    rows.flatMap((row) => row.below ?? []),
    { ...screen, width: screen.width - indentWidth },
  );
  return [
    headless(
      columns,
      rows.map(({ fact }) => fact),
      screen,
    ),
    below.map((line) => colours.dim(safe`${printable(" ".repeat(indentWidth))}${line}`)),
  ];
}
