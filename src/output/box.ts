// Framed tables.
import { getFullCell, paintCell, type Column } from "./field.ts";
import { fitColumns } from "./fit-columns.ts";
import { markSafe, type SafeText } from "./safe-text.ts";
import { wrapText } from "./paragraph.ts";
import { toTerminalText, type Terminal } from "./terminal.ts";
import { renderStackedRows } from "./stacked-rows.ts";
import { renderRowCells } from "./table.ts";

/** Each cell has a bar and a space before it, and a space after it. */
const computeFrameWidth = ({ length }: readonly unknown[]): number => 3 * length + 1;

/** A framed table that fits the screen by wrapping. On a screen too narrow for columns, there is no frame. */
export function renderBoxTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
): SafeText[] {
  const layout = fitColumns(columns, rows, screen, computeFrameWidth);
  if (layout === undefined) return renderStackedRows(columns, rows, screen);
  const header = renderRowCells(layout, (column, width) =>
    wrapText(toTerminalText(column.header, screen), { width, unicode: true }),
  );
  const body = rows.map((row) =>
    renderRowCells(
      layout,
      (column, width) => wrapText(getFullCell(column, row, screen), { width, unicode: true }),
      (column, cell) => paintCell(column, row, cell),
    ),
  );
  return renderFrame([header, ...body], layout.widths, screen);
}

/** `rows` are lines of padded cells. */
function renderFrame(
  rows: readonly (readonly (readonly SafeText[])[])[],
  widths: readonly number[],
  screen: Pick<Terminal, "unicode">,
): SafeText[] {
  const glyphs = screen.unicode ? boxGlyphs : asciiGlyphs;
  const renderRule = ([left, middle, right]: readonly [string, string, string]): SafeText =>
    markSafe(left + widths.map((width) => glyphs.line.repeat(width + 2)).join(middle) + right);
  const bar = markSafe(glyphs.bar);
  const renderFrameRow = (cells: readonly SafeText[]): SafeText =>
    markSafe(cells.map((cell) => `${bar} ${cell} `).join("") + bar);
  return [
    ...rows.flatMap((lines, at) => [
      renderRule(at === 0 ? glyphs.top : glyphs.between),
      ...lines.map(renderFrameRow),
    ]),
    renderRule(glyphs.bottom),
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
