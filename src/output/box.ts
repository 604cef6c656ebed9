// The only importer of cli-table3, loaded for a framed table.
import Table from "cli-table3";
import { fullCell, painted, fitColumns, type Fitted } from "./fit-columns.ts";
import { printable, safe, trusted, type SafeText } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { inAscii, type Screen } from "./screen.ts";
import { stackedRows } from "./stacked-rows.ts";
import type { Column } from "./field.ts";
import { padEnd, widthOf } from "./width.ts";

/** Each cell has a bar and a space before it, and a space after it. */
const frameWidth = (columns: number): number => 3 * columns + 1;

function outsideOfBox({ length }: readonly unknown[]): number {
  return frameWidth(length);
}

/** A framed table that fits the screen by wrapping, and whether all columns are shown. */
export function boxed<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): { readonly lines: SafeText[]; readonly isWhole: boolean } {
  const fitted = fitColumns(columns, rows, { screen, outsideOf: outsideOfBox });
  return fitted === undefined
    ? { lines: stackedBox(columns, rows, screen), isWhole: false }
    : { lines: boxLines(fitted, rows, screen), isWhole: fitted.shown.length === columns.length };
}

function boxLines<Row>(fitted: Fitted<Row>, rows: readonly Row[], screen: Screen): SafeText[] {
  const { shown, widths } = fitted;
  const cellOf = (column: Column<Row>, row: Row, width: number): readonly BoxLine[] =>
    wrapped(fullCell(column, row, screen), { width, unicode: true }, { keepsUnits: true }).map((text) => ({
      text: painted(column, row, text),
      width: widthOf(text),
    }));
  const headers = shown.map((column, at) => {
    const header = screen.unicode ? printable(column.header) : inAscii(printable(column.header));
    return wrapped(header, { width: widths[at] ?? 1, unicode: true }).map(plainLine);
  });
  const body = rows.map((row) => shown.map((column, at) => cellOf(column, row, widths[at] ?? 1)));
  const alignments = shown.map(({ numeric }) => (numeric === true ? "right" : "left"));
  return framed([headers, ...body], { widths, alignments, screen });
}

/** If the columns do not fit: a frame around each row, with its figures below its name. */
function stackedBox<Row>(columns: readonly Column<Row>[], rows: readonly Row[], screen: Screen): SafeText[] {
  const width = Math.max(1, screen.width - frameWidth(1));
  const uncoloured = columns.map((column): Column<Row> => ({ ...column, paint: (cell) => cell }));
  const body = rows.map((row) => [
    stackedRows(uncoloured, [row], { ...screen, width }, { wrapsNames: true }).map(plainLine),
  ]);
  return framed(body, { widths: [width], alignments: ["left"], screen });
}

interface BoxLine {
  readonly text: SafeText;
  readonly width: number;
}

function plainLine(text: SafeText): BoxLine {
  return { text, width: widthOf(text) };
}

interface Frame {
  readonly widths: readonly number[];
  readonly alignments: readonly ("left" | "right")[];
  readonly screen: Pick<Screen, "unicode">;
}

/**
 * cli-table3 gets placeholders of the right width instead of names, because it measures many scripts and newer emoji
 * wrongly. Afterwards the placeholders are replaced in the order in which they were drawn.
 */
function framed(
  rows: readonly (readonly (readonly BoxLine[])[])[],
  { widths, alignments, screen }: Frame,
): SafeText[] {
  const table = new Table({
    colWidths: widths.map((width) => width + 2),
    colAligns: [...alignments],
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
    ...(screen.unicode ? {} : { chars: asciiFrame }),
  });
  for (const cells of rows) {
    table.push(cells.map((lines) => lines.map(({ width }) => standIn.repeat(width)).join("\n")));
  }
  const drawn = inOrder(rows);
  return table
    .toString()
    .split("\n")
    .map((line) => trusted(line.replace(standIns, (run) => replaced(drawn.next().value, run.length))));
}

/** A character that no frame contains. The library never sees the contents of cells. */
const standIn = "x";
const standIns = /x+/g;

/** The lines of each row in drawing order. */
function* inOrder(rows: readonly (readonly (readonly BoxLine[])[])[]): Generator<BoxLine, undefined> {
  for (const cells of rows) {
    const height = cells.reduce((most, lines) => Math.max(most, lines.length), 0);
    for (let at = 0; at < height; at += 1) {
      for (const lines of cells) {
        const line = lines[at];
        if (line !== undefined && line.width > 0) yield line;
      }
    }
  }
}

function replaced(line: BoxLine | undefined, width: number): SafeText {
  return line === undefined ? padEnd(safe``, width) : line.text;
}

const asciiFrame = {
  top: "-",
  "top-mid": "+",
  "top-left": "+",
  "top-right": "+",
  bottom: "-",
  "bottom-mid": "+",
  "bottom-left": "+",
  "bottom-right": "+",
  left: "|",
  "left-mid": "+",
  mid: "-",
  "mid-mid": "+",
  right: "|",
  "right-mid": "+",
  middle: "|",
};
