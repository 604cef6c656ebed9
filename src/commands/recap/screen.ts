// The screen of rewind recap.
import { sparkline, counted, thousands } from "../../output/number-text.ts";
import type { Column } from "../../output/field.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines, spacedBlocks } from "../../output/paragraph.ts";
import { type TerminalStyle, isFitted, type Screen } from "../../output/screen.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import type { RecapAnswer } from "../../queries/time/recap.ts";
import {
  factsOf,
  longFacts,
  sharesOf,
  spanTitle,
  usualTitle,
  type RecapFact,
  type RecapShare,
} from "./recap-facts.ts";
import { titleWidth } from "../shared/listing/list-fields.ts";

interface RecapStyle extends TerminalStyle {
  readonly synced: string;
  /** The span as the user can type it. */
  readonly typedSpan: string;
}

export function recapLines(answer: RecapAnswer, style: RecapStyle): SafeText[] {
  const { screen, colours, synced, typedSpan } = style;
  const width = isFitted(screen) ? screen.width : Infinity;
  const [head = safe``, ...rest] = footerLines([headOf(answer)], { ...screen, width });
  const groups = [
    [colours.bold(head), ...rest],
    answer.plays === 0 ? [] : headless(shareColumns, sharesOf(answer), screen),
    monthLines(answer, screen),
    headless(...factTable([...longFacts(answer), ...factsOf(answer, typedSpan)], style), screen),
    footerLines([[synced]], screen).map(colours.dim),
  ];
  return spacedBlocks(groups);
}

function headOf({ span, plays, usualPlays }: RecapAnswer): string[] {
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  return [spanTitle(span), `${counted(plays, "play")}${usual}`];
}

/** A longer sparkline would not fit a line. */
const mostMonths = 36;

/** "Plays a month  ▃▅█" */
function monthLines({ long }: RecapAnswer, screen: Screen): SafeText[] {
  const months = long?.months ?? [];
  if (months.length < 2 || months.length > mostMonths) return [];
  const line = sparkline(
    months.map(({ plays }) => plays),
    screen,
  );
  return [safe`  ${printable(`Plays a month  ${line}`)}`];
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
