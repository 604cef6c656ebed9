// A week, a month or a year in one screen.
import { sparkline, counted, thousands } from "../../output/numbers.ts";
import type { Column } from "../../output/field.ts";
import { printable, safe, type SafeText } from "../../output/escape.ts";
import { footerLines, sideBySide, spacedBlocks } from "../../output/paragraph.ts";
import type { Look } from "../../output/look.ts";
import { isFitted, type Screen } from "../../output/screen.ts";
import { sectionTable } from "../../output/table.ts";
import { widthOf } from "../../output/width.ts";
import type { RecapAnswer } from "../../queries/time/recap.ts";
import { factsOf, longFacts, sharesOf, type RecapFact, type RecapShare } from "./recap-facts.ts";
import { spanTitle, usualTitle } from "./span-title.ts";
import { titleWidth } from "../shared/listing/name-columns.ts";

interface RecapLook extends Look {
  readonly synced: string;
  /** As it can be typed again. */
  readonly typedSpan: string;
}

export function recapLines(answer: RecapAnswer, look: RecapLook): SafeText[] {
  const { screen, colours, synced, typedSpan } = look;
  const [head = safe``, ...rest] = parts(headOf(answer), screen);
  const groups = [
    [colours.bold(head), ...rest],
    answer.plays === 0 ? [] : headless(shareColumns, sharesOf(answer), screen),
    monthLines(answer, screen),
    headless(...factTable([...longFacts(answer), ...factsOf(answer, typedSpan)], look), screen),
    footerLines([[synced]], screen).map(colours.dim),
  ];
  return spacedBlocks(groups);
}

function headOf({ span, plays, usualPlays }: RecapAnswer): string[] {
  const usual = usualPlays === null ? "" : ` (${usualTitle(span)}: ${thousands(usualPlays)})`;
  return [spanTitle(span), `${counted(plays, "play")}${usual}`];
}

function parts(given: readonly string[], screen: Screen): SafeText[] {
  const width = isFitted(screen) ? screen.width : Infinity;
  return sideBySide(given, screen.unicode ? " · " : " - ", { ...screen, width });
}

/** "Plays a month  ▃▅█" */
function monthLines({ long }: RecapAnswer, screen: Screen): SafeText[] {
  const months = long?.months ?? [];
  // Of decades it would be no line.
  if (months.length < 2 || months.length > 36) return [];
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

/** Narrower screens break a command with a span in it. */
const leastForCommands = 100;

/** On narrower screens labels stand above what they are of, if they would leave nothing of a name beside it. */
const leastForLabels = 72;

function factTable(facts: readonly RecapFact[], look: Look): [Column<RecapFact>[], RecapFact[]] {
  const { screen } = look;
  const columns = factColumns(look);
  const labelled = [{ header: "", cell: ({ label }: RecapFact) => label }, ...columns];
  if (!isFitted(screen) || screen.width >= Math.min(leastForLabels, tableWidth(labelled, facts))) {
    return [labelled, [...facts]];
  }
  const headed = facts.flatMap((fact) => [
    ...(fact.label === "" ? [] : [{ label: "", what: `${fact.label}:`, remark: "" }]),
    { ...fact, label: "" },
  ]);
  return [columns, headed];
}

/** Of a section's table with nothing cut off or broken. */
function tableWidth<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): number {
  const widths = columns.map(({ cell }) =>
    rows.reduce((most, row) => Math.max(most, widthOf(printable(String(cell(row))))), 0),
  );
  return widths.reduce((sum, width) => sum + 2 + width, 0);
}

function factColumns({ screen, colours }: Look): Column<RecapFact>[] {
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
      // Broken in two a command could not be copied.
      cell: ({ remark, aside = "", command }) =>
        command === undefined
          ? `${remark}${hasRoom ? aside : ""}`
          : hasRoom || command.length < 20
            ? command
            : "",
      flexible: { share: 3, maxWidth: 60, cut: "wrap" },
      paint: (cell, { command }) => (command === undefined ? cell : colours.dim(cell)),
    },
  ];
}
