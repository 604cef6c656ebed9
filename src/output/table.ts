// Tables without boxes: one header line, one thin rule, columns that give way in a set order when the screen is narrow.
import type { Column } from "./column.ts";
import { fullCell, painted, safeCell, suffixOf } from "./cells.ts";
import { printable, safe, trusted, type SafeText } from "./escape.ts";
import { withUnits, wrapped } from "./paragraph.ts";
import { inAscii, type Screen } from "./screen.ts";
import { stackedRows } from "./stacked-rows.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

/** Below this many columns for the flexible ones together, the next column leaves. */
const leastFlexible = 46;
/** Below this many, rows are stacked: a table would show nothing but ellipses. */
const mustFlexible = 20;
/** What names need at least beside columns that wrap. */
const leastForNames = 10;
/** Narrower screens give one row two lines. */
const narrow = 50;

/** How a table stands: one within other text has no rule below its header; some say what they are without one. */
interface Standing {
  readonly hasRule: boolean;
  readonly paintRule?: (rule: SafeText) => SafeText;
  readonly hasHeader?: boolean;
}

/** Lines of the table for a terminal: never wider than the screen. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing?: Standing,
): SafeText[] {
  return fittedTable(columns, rows, screen, standing).lines;
}

/** The same, and whether all columns found room. */
export function fittedTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing: Standing = { hasRule: true },
): { readonly lines: SafeText[]; readonly isWhole: boolean } {
  const fitted = fitColumns(columns, rows, { screen, outsideOf: gapsOf });
  if (fitted === undefined) return { lines: stackedRows(columns, rows, screen), isWhole: false };
  const lines = drawn(fitted, rows, screen, {
    ...standing,
    cellLines: (column, row, width) => fittedCell(column, row, width, screen),
  });
  return { lines, isWhole: fitted.shown.length === columns.length };
}

/** The same where no line has to fit: nothing is cut, and what is wider than its column runs over. */
export function openLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing: Standing,
): SafeText[] {
  const fitted = { shown: columns, widths: naturalWidths(columns, rows, screen) };
  return drawn(fitted, rows, screen, {
    ...standing,
    cellLines: (column, row) => [fullCell(column, row, screen)],
  });
}

export interface Fitted<Row> {
  readonly shown: readonly Column<Row>[];
  readonly widths: readonly number[];
}

interface Drawing<Row> extends Standing {
  cellLines(this: void, column: Column<Row>, row: Row, width: number): readonly SafeText[];
}

function drawn<Row>(
  { shown, widths }: Fitted<Row>,
  rows: readonly Row[],
  screen: Screen,
  { hasRule, hasHeader = true, paintRule = (rule) => rule, cellLines }: Drawing<Row>,
): SafeText[] {
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const line = (cells: readonly SafeText[]): SafeText => trusted(joinCells(shown, cells).trimEnd());
  const header = shown.map((column, at) => {
    const width = widths[at] ?? 0;
    return pad(column, cutEnd(glyphs(column.header), width, glyphs("…")), width);
  });
  const rule = widths.map((width) => glyphs("─".repeat(width)));
  const body = rows.flatMap((row) => {
    const cells = shown.map((column, at) => cellLines(column, row, widths[at] ?? 0));
    const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
    return Array.from({ length: height }, (_, number) =>
      line(
        shown.map((column, at) =>
          painted(column, row, pad(column, cells[at]?.[number] ?? safe``, widths[at] ?? 0)),
        ),
      ),
    );
  });
  return [...(hasHeader ? [line(header)] : []), ...(hasRule ? [paintRule(line(rule))] : []), ...body];
}

/** A row of a pipe: its cells as texts, each with how wide it is. */
export interface MeasuredRow<Row> {
  readonly row: Row;
  readonly cells: readonly SafeText[];
  readonly widths: readonly number[];
}

/** For a pipe: no header, nothing cut, columns aligned over all the rows that were measured. */
export interface PlainLayout<Row> {
  measure(this: void, row: Row): MeasuredRow<Row>;
  line(this: void, row: MeasuredRow<Row>): SafeText;
}

/**
 * All rows are measured before the first is written. What is wider than its column's most runs over: one long name must
 * not push what follows off the screen on every line.
 */
export function plainLayout<Row>(
  columns: readonly Column<Row>[],
  screen: Pick<Screen, "unicode" | "colourLevel" | "hyperlinks">,
): PlainLayout<Row> {
  const isPainted = screen.colourLevel > 0 || screen.hyperlinks;
  const layout = columns.map((column, at) => ({
    column,
    width: 0,
    most: column.flexible?.maxWidth ?? Infinity,
    isRight: column.numeric === true,
    gap: " ".repeat(gapAfter(columns, at)),
  }));
  // Loops without callbacks: a pipe takes the whole shelf.
  return {
    measure(row) {
      const cells: SafeText[] = [];
      const widths: number[] = [];
      for (const each of layout) {
        const cell = fullCell(each.column, row, screen);
        const width = widthOf(cell);
        cells.push(cell);
        widths.push(width);
        if (width > each.width) each.width = Math.min(each.most, width);
      }
      return { row, cells, widths };
    },
    line({ row, cells, widths }) {
      let text = "";
      let at = 0;
      for (const { column, width, isRight, gap } of layout) {
        const cell = cells[at] ?? "";
        const blanks = " ".repeat(Math.max(0, width - (widths[at] ?? 0)));
        const padded = isRight ? blanks + cell : cell + blanks;
        text += (isPainted ? painted(column, row, trusted(padded)) : padded) + gap;
        at += 1;
      }
      return trusted(text.trimEnd());
    },
  };
}

/** The same for rows that are all there. */
export function plainLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): SafeText[] {
  const { measure, line } = plainLayout(columns, screen);
  return rows.map(measure).map(line);
}

function naturalWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): number[] {
  return columns.map((column) => {
    const widest = widestOf(column, rows, screen);
    return column.flexible === undefined ? widest : Math.min(widest, column.flexible.maxWidth);
  });
}

function widestOf<Row>(column: Column<Row>, rows: readonly Row[], screen: Pick<Screen, "unicode">): number {
  return rows.reduce(
    (most, row) => Math.max(most, widthOf(fullCell(column, row, screen))),
    widthOf(printable(column.header)),
  );
}

interface Measured<Row> {
  readonly column: Column<Row>;
  /** The width that nothing is cut or broken in. */
  readonly full: number;
  /** The same, but for a flexible column no more than its most. */
  readonly natural: number;
  /** The width below which a column that wraps would break a number; 0 for the others. */
  readonly least: number;
}

function measured<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): Measured<Row> {
  const full = widestOf(column, rows, screen);
  const { flexible } = column;
  return {
    column,
    full,
    natural: flexible === undefined ? full : Math.min(full, flexible.maxWidth),
    least: flexible?.cut === "wrap" ? widestNumber(column, rows, screen) : 0,
  };
}

/** A longer one is no figure but part of an address or a name. */
const longestNumber = 16;

function widestNumber<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): number {
  const widths = rows
    .flatMap((row) => withUnits(fullCell(column, row, screen)))
    .filter((word) => /\d/.test(word))
    .map((word) => widthOf(printable(word)))
    .filter((width) => width <= longestNumber);
  return widths.reduce((most, width) => Math.max(most, width), 0);
}

interface Fitting<Row> {
  readonly screen: Screen;
  /** How many columns of the screen stand between the cells and around them. */
  readonly outsideOf: (shown: readonly Column<Row>[]) => number;
}

/** undefined: the screen is too narrow for a table of these. */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { screen, outsideOf }: Fitting<Row>,
): Fitted<Row> | undefined {
  if (screen.width < narrow) return undefined;
  const isEmpty = (column: Column<Row>): boolean =>
    column.isKey !== true && rows.every((row) => column.cell(row) === "");
  let shown = columns.map((column) => measured(column, rows, screen));
  const roomForFlexible = (): number =>
    screen.width -
    outsideOf(shown.map(({ column }) => column)) -
    shown.reduce((sum, { column, natural }) => sum + (column.flexible === undefined ? natural : 0), 0);
  const wanted = (width: "full" | "natural" | "least"): number =>
    shown.reduce((sum, each) => sum + (each.column.flexible === undefined ? 0 : each[width]), 0);
  const leave = (column: Column<Row>): void => {
    shown = shown.filter((each) => each.column !== column);
  };

  for (const column of columns.filter(isEmpty)) {
    if (roomForFlexible() < wanted("full")) leave(column);
  }
  const leaving = columns
    .filter((column) => column.dropOrder !== undefined && column.isKey !== true)
    .toSorted((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of leaving) {
    if (roomForFlexible() < Math.min(leastFlexible, wanted("natural"))) leave(column);
  }
  const room = roomForFlexible();
  if (room < Math.min(mustFlexible, wanted("natural")) || room < wanted("least") + leastForNames)
    return undefined;
  const widths = shareOut(shown, room);
  return { shown: shown.map(({ column }) => column), widths };
}

/** Flexible columns get their share; what one doesn't need goes to the others, and what is free to those that are cut. */
function shareOut<Row>(shown: readonly Measured<Row>[], room: number): number[] {
  const widths = shown.map(({ column, natural }) => (column.flexible === undefined ? natural : 0));
  const flexible = shown.map((_, at) => at).filter((at) => shown[at]?.column.flexible !== undefined);
  let open = flexible;
  let left = Math.max(0, room);
  const settle = (settled: readonly number[], width: "natural" | "least"): void => {
    for (const at of settled) {
      widths[at] = shown[at]?.[width] ?? 0;
      left -= widths[at] ?? 0;
    }
    open = open.filter((at) => !settled.includes(at));
  };
  while (open.length > 0) {
    const shares = open.reduce((sum, at) => sum + (shown[at]?.column.flexible?.share ?? 0), 0);
    const part = (at: number): number =>
      Math.floor((left * (shown[at]?.column.flexible?.share ?? 0)) / shares);
    const tooNarrow = open.filter((at) => part(at) < (shown[at]?.least ?? 0));
    const satisfied = open.filter((at) => (shown[at]?.natural ?? 0) <= part(at));
    if (tooNarrow.length > 0) settle(tooNarrow, "least");
    else if (satisfied.length > 0) settle(satisfied, "natural");
    else {
      for (const at of open) widths[at] = Math.max(1, part(at));
      break;
    }
  }
  let free = room - flexible.reduce((sum, at) => sum + (widths[at] ?? 0), 0);
  for (const at of flexible) {
    const more = Math.max(0, Math.min(free, (shown[at]?.full ?? 0) - (widths[at] ?? 0)));
    widths[at] = (widths[at] ?? 0) + more;
    free -= more;
  }
  return widths;
}

/** Two blanks between columns, one between columns of figures. */
function gapAfter<Row>(columns: readonly Column<Row>[], at: number): number {
  if (at === columns.length - 1) return 0;
  return columns[at]?.numeric === true && columns[at + 1]?.numeric === true ? 1 : 2;
}

function gapsOf<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, _, at) => sum + gapAfter(columns, at), 0);
}

function joinCells<Row>(columns: readonly Column<Row>[], cells: readonly SafeText[]): string {
  return cells.map((cell, at) => cell + " ".repeat(gapAfter(columns, at))).join("");
}

function pad<Row>(column: Column<Row>, cell: SafeText, width: number): SafeText {
  return column.numeric === true ? padStart(cell, width) : padEnd(cell, width);
}

/** One line, or several where the column wraps. */
function fittedCell<Row>(column: Column<Row>, row: Row, width: number, screen: Screen): readonly SafeText[] {
  if (column.flexible === undefined) return [fullCell(column, row, screen)];
  if (column.flexible.cut === "wrap") {
    return wrapped(fullCell(column, row, screen), { width, unicode: screen.unicode }, { keepsUnits: true });
  }
  const suffix = suffixOf(column, row, screen);
  const cut = column.flexible.cut === "end" ? cutEnd : cutMiddle;
  const room = Math.max(1, width - widthOf(suffix));
  return [safe`${cut(safeCell(column, row), room, screen.unicode ? "…" : "...")}${suffix}`];
}
