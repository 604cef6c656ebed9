// Rows on a screen too narrow for columns: number and name on one line, the figures below, each with its header.
import type { Column } from "./field.ts";
import { fullCell, painted, suffixOf } from "./fit-columns.ts";
import { printable, safe, trusted, type SafeText } from "./escape.ts";
import { wrapped } from "./paragraph.ts";
import { inAscii, type Screen } from "./screen.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

const indent = "  ";

export function stackedRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  { wrapsNames = false }: { readonly wrapsNames?: boolean } = {},
): SafeText[] {
  const keyWidth = columns
    .filter(({ isKey }) => isKey === true)
    .reduce((sum, column) => sum + widestCell(column, rows, screen) + indent.length, 0);
  return rows.flatMap((row) => {
    const names = nameLines(columns, row, { keyWidth, screen, wrapsNames });
    return [...names.filter((line) => line !== ""), ...factLines(columns, row, screen)];
  });
}

function widestCell<Row>(column: Column<Row>, rows: readonly Row[], screen: Screen): number {
  return rows.reduce((most, row) => Math.max(most, widthOf(fullCell(column, row, screen))), 0);
}

interface Naming {
  readonly keyWidth: number;
  readonly screen: Screen;
  readonly wrapsNames: boolean;
}

function nameLines<Row>(
  columns: readonly Column<Row>[],
  row: Row,
  { keyWidth, screen, wrapsNames }: Naming,
): SafeText[] {
  const keys = columns
    .filter(({ isKey }) => isKey === true)
    .map((column) => painted(column, row, padStart(fullCell(column, row, screen), keyWidth - indent.length)));
  const named = columns.filter(({ isName }) => isName === true);
  const suffix = trusted(named.map((column) => suffixOf(column, row, screen)).join(""));
  const names = named
    .map((column) => fullCell({ ...column, suffix: () => "" }, row, screen))
    .filter((cell) => cell !== "");
  const room = Math.max(1, screen.width - keyWidth - widthOf(suffix));
  if (wrapsNames) {
    const whole = safe`${trusted(names.join(screen.unicode ? " · " : " - "))}${suffix}`;
    const lines = wrapped(
      whole,
      { width: Math.max(1, screen.width - keyWidth), unicode: true },
      { keepsUnits: true },
    );
    return lines.map((line, at) =>
      at === 0 ? trusted([...keys, line].join(indent)) : safe`${padEnd(safe``, keyWidth)}${line}`,
    );
  }
  const name = safe`${trusted(fittedNames(names, room, screen))}${suffix}`;
  return [trusted([...keys, ...(named.length === 0 ? [] : [name])].join(indent))];
}

/** The last name is the title. It gets the remaining width, at least three fifths. */
function fittedNames(names: readonly SafeText[], room: number, { unicode }: Pick<Screen, "unicode">): string {
  const ellipsis = unicode ? "…" : "...";
  const separator = unicode ? " · " : " - ";
  const title = names.at(-1) ?? safe``;
  const before = trusted(names.slice(0, -1).join(separator));
  if (before === "") return cutMiddle(title, room, ellipsis);
  const both = room - widthOf(separator);
  const first = cutEnd(before, Math.max(Math.floor(both * 0.4), both - widthOf(title)), ellipsis);
  return `${first}${separator}${cutMiddle(title, both - widthOf(first), ellipsis)}`;
}

/** On one line if dropping columns makes enough room, otherwise on several. */
function factLines<Row>(columns: readonly Column<Row>[], row: Row, screen: Screen): SafeText[] {
  const room = screen.width - indent.length;
  let facts = columns
    .filter(({ isKey, isName }) => isKey !== true && isName !== true)
    .map((column) => ({ column, cell: fullCell(column, row, screen) }))
    .filter(({ cell }) => cell !== "")
    .map(({ column, cell }) => {
      const header = screen.unicode ? printable(column.header) : inAscii(printable(column.header));
      return { column, width: widthOf(header) + 1 + widthOf(cell), header, cell };
    });
  const length = (): number =>
    facts.reduce((sum, { width }, at) => sum + width + (at === 0 ? 0 : indent.length), 0);
  const leaving = facts
    .filter(({ column }) => column.dropOrder !== undefined)
    .toSorted((a, b) => (a.column.dropOrder ?? 0) - (b.column.dropOrder ?? 0));
  for (const fact of leaving) {
    if (length() <= room) break;
    facts = facts.filter((each) => each !== fact);
  }
  const lines: { text: SafeText; width: number }[] = [];
  for (const { column, header, cell, width } of facts) {
    const last = lines.at(-1);
    const shown = safe`${header} ${painted(column, row, cell)}`;
    if (last !== undefined && last.width + indent.length + width <= room) {
      last.text = safe`${last.text}${trusted(indent)}${shown}`;
      last.width += indent.length + width;
    } else if (width <= room) {
      lines.push({ text: shown, width });
    } else {
      const parts = wrapped(
        `${header} ${cell}`,
        { width: room, unicode: screen.unicode },
        { keepsUnits: true },
      );
      for (const text of parts) lines.push({ text, width: room });
    }
  }
  return lines.map(({ text }) => safe`${trusted(indent)}${text}`);
}
