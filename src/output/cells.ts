// The text of one cell of a table, and its paint.
import type { Column } from "./column.ts";
import { printable, trusted, type SafeText } from "./escape.ts";
import { inAscii, type Screen } from "./screen.ts";

/** What is in a cell, made safe. */
export function safeCell<Row>(column: Column<Row>, row: Row): SafeText {
  const cell = column.cell(row);
  // Some names come with blanks around them, which would stand out of the column.
  return typeof cell === "number" ? trusted(String(cell)) : trusted(printable(cell).trim());
}

export function suffixOf<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const suffix = printable(column.suffix?.(row) ?? "");
  return screen.unicode ? suffix : inAscii(suffix);
}

/** The cell as it is where there is room for all of it. */
export function fullCell<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const cell = safeCell(column, row);
  const shown = column.flexible === undefined && !screen.unicode ? inAscii(cell) : cell;
  return column.suffix === undefined ? shown : trusted(shown + suffixOf(column, row, screen));
}

export function painted<Row>(column: Column<Row>, row: Row, cell: SafeText): SafeText {
  const { paint } = column;
  return paint === undefined ? cell : paintText(cell, (text) => paint(text, row));
}

/** Paints the text of a padded cell and leaves its blanks alone, so that links and underlines end with the word. */
function paintText(cell: SafeText, paint: (text: SafeText) => SafeText): SafeText {
  const text = trusted(cell.trim());
  if (text === "") return cell;
  const start = cell.indexOf(text);
  return trusted(cell.slice(0, start) + paint(text) + cell.slice(start + text.length));
}
