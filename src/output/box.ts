// Tables with a frame.
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
  { unicode }: Pick<Screen, "unicode">,
): SafeText[] {
  const [bar, dash] = unicode ? ["│", "─"] : ["|", "-"];
  const rule = (corners: string): SafeText => {
    const [left = "", cross = "", right = ""] = unicode ? corners : "+++";
    return trusted(left + widths.map((width) => dash.repeat(width + 2)).join(cross) + right);
  };
  const lineOf = (cells: readonly SafeText[]): SafeText => trusted(`${bar} ${cells.join(` ${bar} `)} ${bar}`);
  return [
    rule("┌┬┐"),
    ...rows.flatMap((lines, at) => [...(at === 0 ? [] : [rule("├┼┤")]), ...lines.map(lineOf)]),
    rule("└┴┘"),
  ];
}
