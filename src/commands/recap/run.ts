import type { Context } from "../../context.ts";
import { UsageError } from "../../model/errors.ts";
import { localDay } from "../../output/dates.ts";
import { linesText, safe, type SafeText, printable } from "../../output/escape.ts";
import { drawing, present, type TableView } from "../../output/present.ts";
import { joinedSpan, lastWeek, parseSpan, type Span } from "../../queries/conditions/span.ts";
import { ask, document, type RecapAnswer } from "../../queries/time/recap.ts";
import { openMatchedAnswers } from "../shared/opening/matched-answers.ts";
import type { Call, CommandDeclaration } from "../shared/declaration.ts";
import { markdownText } from "../../output/row-formats.ts";
import { counted, thousands, sparkline } from "../../output/number-text.ts";
import {
  factsOf,
  longFacts,
  sharesOf,
  spanTitle,
  usualTitle,
  type RecapFact,
  type RecapShare,
} from "./recap-facts.ts";
import type { Column } from "../../output/field.ts";
import { footerLines, spacedBlocks } from "../../output/paragraph.ts";
import { type TerminalStyle, isFitted, type Screen } from "../../output/screen.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import { titleWidth } from "../shared/listing/list-fields.ts";
import { jsonOption, refreshOption } from "../shared/listing/options.ts";

export const declaration: CommandDeclaration = {
  name: "recap",
  isQuestion: true,
  details: `Sums up the last seven days without today, or any time that you name. "Usual" is your average for as many days:
over the year before, or over all your history if you name more than a month. "First time ever" lists records that you
had never scrobbled or logged before, "Back after years" those without a spin for two years. More than 92 days also show
months, top albums, top artists and your longest streak.`,
  json: async () => [{ schema: (await import("../../queries/documents/play-documents.ts")).recapSchema }],
  arguments: [
    {
      name: "[span...]",
      help: "2025, 2024-06, 30d, last-month, week, month … (the last seven days)",
      choices: { source: "span" },
    },
  ],
  options: [
    { flags: "--week", help: "the last seven days, without today (the default)" },
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
  const { as = "table", json } = call.options as { as?: "table" | "json" | "markdown"; json?: true };
  if (json === true && as === "markdown") {
    throw new UsageError("--json and --as markdown can't be combined", "Give one of them.");
  }
  const nowUts = Math.floor(context.clock.now() / 1000);
  const span = spanOf(call, nowUts);
  const days = [localDay(span.fromUts), span.toUts === null ? "" : localDay(span.toUts - 1)];
  const spanText = typedWords(call);
  const typedSpan = ["", "week", "month"].includes(spanText) ? days.join("..") : spanText;
  const { database, synced } = await openMatchedAnswers(context, { call });
  const answer = ask(database, { span, nowUts });
  if (as === "markdown") return context.write(linesText(markdownLines(answer)));
  const table = (): TableView<null> =>
    drawing((style) => recapLines(answer, { ...style, synced, typedSpan }));
  await present(context, { as: json === true ? "json" : as }, { document: () => document(answer), table });
}

function typedWords({ arguments: [words] }: Call): string {
  return joinedSpan(words as readonly string[]);
}

/** Weeks and months end yesterday, since today is not over. */
function spanOf(call: Call, nowUts: number): Span {
  const { week, month } = call.options as { week?: true; month?: true };
  const spanText = typedWords(call);
  const all = [spanText, week === true ? "--week" : "", month === true ? "--month" : ""].filter(
    (each) => each !== "",
  );
  if (all.length > 1) {
    throw new UsageError(`${all.slice(0, 2).join(" and ")} can't be combined`, "Give only one of them.");
  }
  const isMonth = spanText === "month" || month === true;
  if (!isMonth && spanText !== "" && spanText !== "week") return parseSpan("recap", spanText, nowUts);
  const { fromUts, toUts } = lastWeek(nowUts);
  return { fromUts: isMonth ? parseSpan("", "1mo", nowUts).fromUts : fromUts, toUts };
}

function markdownLines(answer: RecapAnswer): SafeText[] {
  const { span, plays, usualPlays } = answer;
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  // Nobody else needs to know what is left to review.
  const facts = [...longFacts(answer), ...factsOf(answer, "")].filter(({ label }) => label !== "To settle");
  return [
    safe`## ${markdownText(spanTitle(span))}`,
    safe``,
    safe`**${markdownText(counted(plays, "play"))}**${markdownText(usual)}`,
    ...(plays === 0 ? [] : shareTable(answer)),
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

function factText({ what, remark = "", aside = "" }: RecapFact): SafeText {
  return remark === "" ? markdownText(what) : safe`${markdownText(what)} (${markdownText(remark + aside)})`;
}

// The screen.

/** `typedSpan` is the span as the user can type it. */
export function recapLines(
  answer: RecapAnswer,
  style: TerminalStyle & { readonly synced: string; readonly typedSpan: string },
): SafeText[] {
  const { screen, colours, synced, typedSpan } = style;
  const { span, plays, usualPlays } = answer;
  const width = isFitted(screen) ? screen.width : Infinity;
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  const title = [spanTitle(span), `${counted(plays, "play")}${usual}`];
  const [head = safe``, ...rest] = footerLines([title], { ...screen, width });
  return spacedBlocks([
    [colours.bold(head), ...rest],
    plays === 0 ? [] : headless(shareColumns, sharesOf(answer), screen),
    monthLines(answer, screen),
    headless(...factTable([...longFacts(answer), ...factsOf(answer, typedSpan)], style), screen),
    footerLines([[synced]], screen).map(colours.dim),
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
  { header: "Plays", cell: ({ plays }) => plays, numeric: true },
  { header: "Share", cell: ({ share }) => share, numeric: true },
  { header: "Albums", cell: ({ remark }) => remark, dropOrder: 1 },
];

/** Narrower screens leave out long commands, which could not be copied once they wrap. */
const leastForCommands = 100;

/** On narrower screens labels go above their facts, unless everything fits side by side. */
const leastForLabels = 72;

function factTable(facts: readonly RecapFact[], style: TerminalStyle): [Column<RecapFact>[], RecapFact[]] {
  const { screen } = style;
  const columns = factColumns(style);
  const labelled = [{ header: "", cell: ({ label }: RecapFact) => label }, ...columns];
  if (!isFitted(screen) || screen.width >= Math.min(leastForLabels, tableWidth(labelled, facts))) {
    return [labelled, [...facts]];
  }
  const headed = facts.flatMap((fact) => [
    ...(fact.label === "" ? [] : [{ label: "", what: `${fact.label}:` }]),
    { ...fact, label: "" },
  ]);
  return [columns, headed];
}

/** Width of the table if nothing is cut or wrapped. */
function tableWidth<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  const widths = columns.map(({ cell }) =>
    rows.reduce((most, row) => Math.max(most, widthOf(printable(String(cell(row))))), 0),
  );
  return widths.reduce((sum, width) => sum + 2 + width, 0);
}

function factColumns({ screen, colours }: TerminalStyle): Column<RecapFact>[] {
  const hasRoom = !isFitted(screen) || screen.width >= leastForCommands;
  return [
    {
      header: "What",
      cell: ({ what }) => (screen.unicode ? what : what.replaceAll(" · ", " - ")),
      flexible: titleWidth,
      isName: true,
    },
    {
      header: "How",
      cell: ({ remark = "", aside = "", command }) => {
        if (command === undefined) return `${remark}${hasRoom ? aside : ""}`;
        return hasRoom || command.length < 20 ? command : "";
      },
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
      paint: (cell, { command }) => (command === undefined ? cell : colours.dim(cell)),
    },
  ];
}
