// Turns cells into text and fits columns to a screen.
import type { Column } from "./field.ts";
import { printable, trusted, type SafeText } from "./escape.ts";
import { withUnits } from "./paragraph.ts";
import { inAscii, type Screen } from "./screen.ts";
import { widthOf } from "./width.ts";

/** The contents of a cell, made safe. */
export function safeCell<Row>(column: Column<Row>, row: Row): SafeText {
  const cell = column.cell(row);
  // Some names have spaces around them, which would break the alignment.
  return typeof cell === "number" ? trusted(String(cell)) : trusted(printable(cell).trim());
}

export function suffixOf<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const suffix = printable(column.suffix?.(row) ?? "");
  return screen.unicode ? suffix : inAscii(suffix);
}

/** The whole cell, as shown where there is room. */
export function fullCell<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const cell = safeCell(column, row);
  const shown = column.flexible === undefined && !screen.unicode ? inAscii(cell) : cell;
  return column.suffix === undefined ? shown : trusted(shown + suffixOf(column, row, screen));
}

export function painted<Row>(column: Column<Row>, row: Row, cell: SafeText): SafeText {
  const { paint } = column;
  return paint === undefined ? cell : paintText(cell, (text) => paint(text, row));
}

/** Paints the text of a padded cell but not its padding, so that links and underlines end with the word. */
function paintText(cell: SafeText, paint: (text: SafeText) => SafeText): SafeText {
  const text = trusted(cell.trim());
  if (text === "") return cell;
  const start = cell.indexOf(text);
  return trusted(cell.slice(0, start) + paint(text) + cell.slice(start + text.length));
}

/** If the flexible columns together get less, another column leaves. */
const leastFlexible = 46;
/** If they get less than this, rows are stacked, because a table would show only ellipses. */
const mustFlexible = 20;
/** The least width for names beside columns that wrap. */
const leastForNames = 10;
/** On narrower screens a row takes two lines. */
const narrow = 50;

export interface Fitted<Row> {
  readonly shown: readonly Column<Row>[];
  readonly widths: readonly number[];
}

export function widestOf<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): number {
  return rows.reduce(
    (most, row) => Math.max(most, widthOf(fullCell(column, row, screen))),
    widthOf(printable(column.header)),
  );
}

interface Measured<Row> {
  readonly column: Column<Row>;
  /** The width in which nothing is cut or wrapped. */
  readonly full: number;
  /** The full width, limited by the maximum of a flexible column. */
  readonly natural: number;
  /** For a wrapping column, the width that keeps numbers whole; otherwise 0. */
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

/** A longer number is part of an address or a name. */
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
  /** The width of everything between and around the cells. */
  readonly outsideOf: (shown: readonly Column<Row>[]) => number;
}

/** Returns undefined if the screen is too narrow for a table. */
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

/**
 * Each flexible column gets its share. What it does not need goes to the others, and free width to those that are cut.
 */
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
