// Tables without frames: one header line, one thin rule, and columns that leave in a fixed order if the screen is
// narrow.

import { fullCell, painted, safeCell, suffixOf, type Column } from "./field.ts";
import { fitColumns, naturalWidth, type Fitted } from "./fit-columns.ts";
import { safe, type SafeText, trusted } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { isFitted, screenText, type Screen } from "./screen.ts";
import { stackedRows } from "./stacked-rows.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

/** A table inside other text has no rule below its header. Some tables have no header. */
interface TableHead {
  readonly hasRule?: boolean;
  readonly paintRule?: (rule: SafeText) => SafeText;
  readonly hasHeader?: boolean;
}

/** A drawing, and whether it shows all columns. */
export interface Drawn {
  readonly lines: readonly SafeText[];
  readonly isWhole: boolean;
}

/** Lines for a terminal, never wider than the screen. */
export function fittedTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  head: TableHead = {},
): Drawn {
  const fitted = fitColumns(columns, rows, { screen, outsideOf: gapsOf });
  if (fitted === undefined) return { lines: stackedRows(columns, rows, screen), isWhole: false };
  const { shown } = fitted;
  const body = rows.flatMap((row) =>
    rowCells(
      fitted,
      (column, width) => fittedCell(column, row, width, screen),
      (column, cell) => painted(column, row, cell),
    ),
  );
  return {
    lines: [...headLines(fitted, screen, head), ...body.map((cells) => lineOf(shown, cells))],
    isWhole: shown.length === columns.length,
  };
}

function headLines<Row>(
  fitted: Fitted<Row>,
  screen: Screen,
  { hasHeader = true, hasRule = true, paintRule = (rule) => rule }: TableHead,
): SafeText[] {
  const { shown, widths } = fitted;
  const headers = rowCells(fitted, ({ header }, width) => [
    cutEnd(screenText(header, screen), width, screenText("…", screen)),
  ]);
  const rules = widths.map((width) => screenText("─".repeat(width), screen));
  return [
    ...(hasHeader ? headers.map((cells) => lineOf(shown, cells)) : []),
    ...(hasRule ? [paintRule(lineOf(shown, rules))] : []),
  ];
}

/** The lines of a row, each with a padded cell for every column. A cell may take several lines. */
export function rowCells<Row>(
  { shown, widths }: Fitted<Row>,
  linesOf: (column: Column<Row>, width: number) => readonly SafeText[],
  paint: (column: Column<Row>, cell: SafeText) => SafeText = (_, cell) => cell,
): SafeText[][] {
  const cells = shown.map((column, at) => linesOf(column, widths[at] ?? 0));
  const height = cells.reduce((most, { length }) => Math.max(most, length), 1);
  return Array.from({ length: height }, (_, line) =>
    shown.map((column, at) => paint(column, pad(column, cells[at]?.[line] ?? safe``, widths[at] ?? 0))),
  );
}

/**
 * For a pipe: no header, nothing cut, columns aligned over all rows. Cells wider than their column's maximum run over,
 * so that one long name does not push the other columns away on every line.
 */
export function plainLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): SafeText[] {
  const headless = columns.map((column): Column<Row> => ({ ...column, header: "" }));
  return openLines(headless, rows, screen, naturalWidths(headless, rows, screen));
}

function openLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
  widths: readonly number[],
): SafeText[] {
  return rows.map((row) => {
    const cells = columns.map((column, at) =>
      painted(column, row, pad(column, fullCell(column, row, screen), widths[at] ?? 0)),
    );
    return lineOf(columns, cells);
  });
}

function naturalWidths<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Pick<Screen, "unicode">,
): number[] {
  return columns.map((column) => naturalWidth(column, rows, screen));
}

const indentWidth = 2;

/** A small table inside a screen: indented, with a header but without a rule. In a pipe, nothing is cut. */
export function sectionTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  { hasHeader = true }: Pick<TableHead, "hasHeader"> = {},
): SafeText[] {
  const head = { hasHeader, hasRule: false };
  const inner = { ...screen, width: screen.width - indentWidth };
  const widths = isFitted(screen) ? [] : naturalWidths(columns, rows, screen);
  const lines = isFitted(screen)
    ? fittedTable(columns, rows, inner, head).lines
    : [...headLines({ shown: columns, widths }, screen, head), ...openLines(columns, rows, screen, widths)];
  return lines.map((line) => safe`  ${line}`);
}

/** Two spaces between columns, one between columns of numbers. */
function gapAfter<Row>(columns: readonly Column<Row>[], at: number): number {
  if (at === columns.length - 1) return 0;
  return columns[at]?.numeric === true && columns[at + 1]?.numeric === true ? 1 : 2;
}

function gapsOf<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, _, at) => sum + gapAfter(columns, at), 0);
}

function lineOf<Row>(columns: readonly Column<Row>[], cells: readonly SafeText[]): SafeText {
  return trusted(
    cells
      .map((cell, at) => cell + " ".repeat(gapAfter(columns, at)))
      .join("")
      .trimEnd(),
  );
}

function pad<Row>(column: Column<Row>, cell: SafeText, width: number): SafeText {
  return column.numeric === true ? padStart(cell, width) : padEnd(cell, width);
}

/** Several lines if the column wraps. */
function fittedCell<Row>(column: Column<Row>, row: Row, width: number, screen: Screen): readonly SafeText[] {
  if (column.flexible === undefined) return [fullCell(column, row, screen)];
  if (column.flexible.cut === "wrap") {
    return wrapped(fullCell(column, row, screen), { width, unicode: screen.unicode }, { keepsUnits: true });
  }
  const suffix = suffixOf(column, row, screen);
  const cut = column.flexible.cut === "end" ? cutEnd : cutMiddle;
  const room = Math.max(1, width - widthOf(suffix));
  return [safe`${cut(safeCell(column, row), room, screenText("…", screen))}${suffix}`];
}
