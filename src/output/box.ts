// The only importer of cli-table3, loaded for a framed table.
import Table from "cli-table3";
import { fullCell, paintCell, type Column } from "./field.ts";
import { fitColumns } from "./fit-columns.ts";
import { trusted, type SafeText } from "./escape.ts";
import { wrapText } from "./paragraph.ts";
import { screenText, type Screen } from "./screen.ts";
import { stackedRows } from "./stacked-rows.ts";
import { rowCells } from "./table.ts";

/** Each cell has a bar and a space before it, and a space after it. */
const frameWidth = ({ length }: readonly unknown[]): number => 3 * length + 1;

/** A framed table that fits the screen by wrapping. On a screen too narrow for columns, there is no frame. */
export function boxTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): SafeText[] {
  const layout = fitColumns(columns, rows, screen, frameWidth);
  if (layout === undefined) return stackedRows(columns, rows, screen);
  const header = rowCells(layout, (column, width) =>
    wrapText(screenText(column.header, screen), { width, unicode: true }),
  );
  const body = rows.map((row) =>
    rowCells(
      layout,
      (column, width) => wrapText(fullCell(column, row, screen), { width, unicode: true }),
      (column, cell) => paintCell(column, row, cell),
    ),
  );
  return frameLines([header, ...body], layout.widths, screen);
}

/** A character that no frame contains. */
const standIn = "x";

/**
 * `rows` are lines of padded cells. cli-table3 gets placeholders of the right width instead of names, because it
 * measures many scripts and newer emoji wrongly. Afterwards the placeholders are replaced in the order of the cells.
 */
function frameLines(
  rows: readonly (readonly (readonly SafeText[])[])[],
  widths: readonly number[],
  { unicode }: Pick<Screen, "unicode">,
): SafeText[] {
  const table = new Table({
    colWidths: widths.map((width) => width + 2),
    style: { head: [], border: [], "padding-left": 1, "padding-right": 1 },
  });
  for (const lines of rows) {
    table.push(widths.map((width) => lines.map(() => standIn.repeat(width)).join("\n")));
  }
  const cells = rows.flat(2).filter((cell) => cell !== "");
  let at = 0;
  const next = (): string => cells[at++] ?? "";
  return table
    .toString()
    .split("\n")
    .map((line) => trusted((unicode ? line : inAsciiFrame(line)).replace(/x+/g, next)));
}

function inAsciiFrame(line: string): string {
  return line
    .replace(/─/g, "-")
    .replace(/│/g, "|")
    .replace(/[┌┬┐├┼┤└┴┘]/g, "+");
}
