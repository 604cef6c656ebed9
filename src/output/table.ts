// Tables without frames: one header line, one thin rule, and columns that leave in a fixed order if the screen is
// narrow.

import type { Column } from "./field.ts";
import { fitColumns, fullCell, painted, safeCell, suffixOf, widestOf, type Fitted } from "./fit-columns.ts";
import { printable, safe, type SafeText, trusted } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { inAscii, isFitted, type Screen } from "./screen.ts";
import { stackedRows } from "./stacked-rows.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

/** A table inside other text has no rule below its header. Some columns have no header. */
interface Standing {
  readonly hasRule: boolean;
  readonly paintRule?: (rule: SafeText) => SafeText;
  readonly hasHeader?: boolean;
}

/** Lines for a terminal, never wider than the screen. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing?: Standing,
): SafeText[] {
  return fittedTable(columns, rows, screen, standing).lines;
}

/** Like tableLines, and whether all columns are shown. */
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

/** Uncut lines; wide cells run over. */
function openLines<Row>(
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

/** A row for a pipe: its cells and their widths. */
export interface MeasuredRow<Row> {
  readonly row: Row;
  readonly cells: readonly SafeText[];
  readonly widths: readonly number[];
}

/** For a pipe: no header, nothing cut, columns aligned over all measured rows. */
export interface PlainLayout<Row> {
  measure(this: void, row: Row): MeasuredRow<Row>;
  line(this: void, row: MeasuredRow<Row>): SafeText;
}

/**
 * All rows are measured before the first is written. Cells wider than their column's maximum run over, so that one long
 * name does not push the other columns away on every line.
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
  // Plain loops, because a pipe may take the whole shelf.
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

/** For rows that are already in memory. */
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

/** Two spaces between columns, one between columns of numbers. */
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

/** Several lines if the column wraps. */
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

const indentWidth = 2;

/** A small table inside a screen: indented, with a header but without a rule. */
export function sectionTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing: { readonly hasHeader?: boolean } = {},
): SafeText[] {
  const lines = isFitted(screen)
    ? tableLines(
        columns,
        rows,
        { ...screen, width: screen.width - indentWidth },
        { ...standing, hasRule: false },
      )
    : openLines(columns, rows, screen, { ...standing, hasRule: false });
  return lines.map((line) => safe`  ${line}`);
}
