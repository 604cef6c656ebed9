// Framed tables.
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

/** `rows` are lines of padded cells. */
function frameLines(
  rows: readonly (readonly (readonly SafeText[])[])[],
  widths: readonly number[],
  screen: Pick<Screen, "unicode">,
): SafeText[] {
  const glyphs = screen.unicode ? boxGlyphs : asciiGlyphs;
  const rule = ([left, middle, right]: readonly [string, string, string]): SafeText =>
    trusted(left + widths.map((width) => glyphs.line.repeat(width + 2)).join(middle) + right);
  const bar = trusted(glyphs.bar);
  const framed = (cells: readonly SafeText[]): SafeText =>
    trusted(cells.map((cell) => `${bar} ${cell} `).join("") + bar);
  return [
    ...rows.flatMap((lines, at) => [rule(at === 0 ? glyphs.top : glyphs.between), ...lines.map(framed)]),
    rule(glyphs.bottom),
  ];
}

const boxGlyphs = {
  line: "─",
  bar: "│",
  top: ["┌", "┬", "┐"],
  between: ["├", "┼", "┤"],
  bottom: ["└", "┴", "┘"],
} as const;

const asciiCorners = ["+", "+", "+"] as const;
const asciiGlyphs = { line: "-", bar: "|", top: asciiCorners, between: asciiCorners, bottom: asciiCorners };
