// Tables without frames: one header line, one thin rule, and columns that leave in a fixed order if the screen is
// narrow.

import { getFullCell, paintCell, getSafeCell, getSuffix, type Column } from "./field.ts";
import { fitColumns, type ColumnLayout } from "./fit-columns.ts";
import { safe, type SafeText, markSafe } from "./safe-text.ts";
import { wrapText } from "./paragraph.ts";
import { isWidthLimited, toTerminalText, type Terminal } from "./terminal.ts";
import { renderStackedRows } from "./stacked-rows.ts";
import { cutEnd, cutMiddle, padEnd, padStart, measureWidth } from "./width.ts";

/** A table inside other text has no rule below its header. Some tables have no header. */
interface TableHead {
  readonly hasRule?: boolean;
  readonly paintRule?: (rule: SafeText) => SafeText;
  readonly hasHeader?: boolean;
}

/** Lines for a terminal, never wider than the screen. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
  head: TableHead = {},
): SafeText[] {
  const layout = fitColumns(columns, rows, screen, sumGaps);
  if (layout === undefined) return renderStackedRows(columns, rows, screen);
  const body = rows.flatMap((row) =>
    renderRowCells(
      layout,
      (column, width) => fitCell(column, row, width, screen),
      (column, cell) => paintCell(column, row, cell),
    ),
  );
  return [...renderTableHead(layout, screen, head), ...body.map((cells) => joinCells(layout.columns, cells))];
}

function renderTableHead<Row>(
  layout: ColumnLayout<Row>,
  screen: Terminal,
  { hasHeader = true, hasRule = true, paintRule = (rule) => rule }: TableHead,
): SafeText[] {
  const { columns, widths } = layout;
  const headers = renderRowCells(layout, ({ header }, width) => [
    cutEnd(toTerminalText(header, screen), width, toTerminalText("…", screen)),
  ]);
  const rules = widths.map((width) => toTerminalText("─".repeat(width), screen));
  return [
    ...(hasHeader ? headers.map((cells) => joinCells(columns, cells)) : []),
    ...(hasRule ? [paintRule(joinCells(columns, rules))] : []),
  ];
}

/** The lines of a row, each with a padded cell for every column. A cell may take several lines. */
export function renderRowCells<Row>(
  { columns, widths }: ColumnLayout<Row>,
  renderLines: (column: Column<Row>, width: number) => readonly SafeText[],
  paint: (column: Column<Row>, cell: SafeText) => SafeText = (_, cell) => cell,
): SafeText[][] {
  const cells = columns.map((column, at) => renderLines(column, widths[at] ?? 0));
  const height = cells.reduce((most, { length }) => Math.max(most, length), 1);
  return Array.from({ length: height }, (_, line) =>
    columns.map((column, at) => paint(column, pad(column, cells[at]?.[line] ?? safe``, widths[at] ?? 0))),
  );
}

/**
 * Renders rows for a pipe: no header, nothing cut, columns aligned. Cells wider than their column's maximum run over,
 * so that one long name does not push the other columns away on every line. They take the free space of the cells behind
 * them, so that columns further right stay aligned.
 */
export function* renderPlainRows<Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
  screen: Pick<Terminal, "unicode">,
): Generator<SafeText> {
  const widths = columns.map(() => 0);
  // Rows of a long list have many more values than cells, so they are not kept.
  const lines = Array.from(rows, (row) => {
    const cells = columns.map((column) => getFullCell(column, row, screen));
    for (const [at, { flexible }] of columns.entries()) {
      const width = Math.min(measureWidth(cells[at] ?? ""), flexible?.maxWidth ?? Infinity);
      if (width > (widths[at] ?? 0)) widths[at] = width;
    }
    const painted = columns.map((column, at) => paintCell(column, row, cells[at] ?? safe``));
    return { cells, painted: painted.every((cell, at) => cell === cells[at]) ? cells : painted };
  });
  for (const { cells, painted } of lines) {
    let surplus = 0;
    const padded = columns.map(({ numeric }, at) => {
      const width = measureWidth(cells[at] ?? "");
      const room = Math.max(0, (widths[at] ?? 0) - surplus - width);
      surplus += width + room - (widths[at] ?? 0);
      const [text, blanks] = [painted[at] ?? "", " ".repeat(room)];
      return markSafe(numeric === true ? blanks + text : text + blanks);
    });
    yield joinCells(columns, padded);
  }
}

/** The indent of a table inside a screen. */
export const indentWidth = 2;

/** A small table inside a screen: indented, with a header but without a rule. In a pipe, nothing is cut. */
export function renderSectionTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
  { hasHeader = true }: Pick<TableHead, "hasHeader"> = {},
): SafeText[] {
  const width = isWidthLimited(screen) ? screen.width - indentWidth : Infinity;
  const head = { hasHeader, hasRule: false };
  return renderTable(columns, rows, { ...screen, width }, head).map((line) => safe`  ${line}`);
}

/** The gap between columns. Columns of numbers have one space between them. */
export const gapWidth = 2;

function getGapAfter<Row>(columns: readonly Column<Row>[], at: number): number {
  if (at === columns.length - 1) return 0;
  return columns[at]?.numeric === true && columns[at + 1]?.numeric === true ? 1 : gapWidth;
}

function sumGaps<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, _, at) => sum + getGapAfter(columns, at), 0);
}

function joinCells<Row>(columns: readonly Column<Row>[], cells: readonly SafeText[]): SafeText {
  return markSafe(
    cells
      .map((cell, at) => cell + " ".repeat(getGapAfter(columns, at)))
      .join("")
      .trimEnd(),
  );
}

function pad<Row>(column: Column<Row>, cell: SafeText, width: number): SafeText {
  return column.numeric === true ? padStart(cell, width) : padEnd(cell, width);
}

/** Several lines if the column wraps. */
function fitCell<Row>(column: Column<Row>, row: Row, width: number, screen: Terminal): readonly SafeText[] {
  if (column.flexible === undefined) return [getFullCell(column, row, screen)];
  if (column.flexible.cut === "wrap") {
    return wrapText(getFullCell(column, row, screen), { width, unicode: screen.unicode });
  }
  const suffix = getSuffix(column, row, screen);
  const cut = column.flexible.cut === "end" ? cutEnd : cutMiddle;
  const room = Math.max(1, width - measureWidth(suffix));
  return [safe`${cut(getSafeCell(column, row), room, toTerminalText("…", screen))}${suffix}`];
}
