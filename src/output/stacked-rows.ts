// Rows on a screen too narrow for columns: number and name on one line, the figures below, each with its header.
import { fullCell, paintCell, suffixOf, type Column } from "./field.ts";
import { safe, trusted, type SafeText } from "./escape.ts";
import { wrapText } from "./paragraph.ts";
import { screenText, type Screen } from "./screen.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

const indent = "  ";

export function stackedRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  { wrapsNames = false }: { readonly wrapsNames?: boolean } = {},
): SafeText[] {
  const key = columns.find(({ isKey }) => isKey === true);
  const names = columns.filter(({ isName }) => isName === true);
  const facts = columns.filter(({ isKey, isName }) => isKey !== true && isName !== true);
  const keyOf = (row: Row): SafeText => (key === undefined ? safe`` : fullCell(key, row, screen));
  const keyWidth = rows.reduce((most, row) => Math.max(most, widthOf(keyOf(row))), 0);
  const before = key === undefined ? 0 : keyWidth + indent.length;
  const room = Math.max(1, screen.width - before);
  return rows.flatMap((row) => {
    const shownKeys = key === undefined ? [] : [paintCell(key, row, padStart(keyOf(row), keyWidth))];
    const [name, ...moreNames] = nameLines(names, row, { ...screen, width: room }, wrapsNames);
    const first = trusted([...shownKeys, ...(name === undefined ? [] : [name])].join(indent));
    return [
      ...(first === "" ? [] : [first]),
      ...moreNames.map((line) => safe`${padEnd(safe``, before)}${line}`),
      ...factLines(facts, row, screen),
    ];
  });
}

/** The names of a row on one line, cut, or wrapped to several. */
function nameLines<Row>(
  columns: readonly Column<Row>[],
  row: Row,
  screen: Screen,
  isWrapped: boolean,
): SafeText[] {
  if (columns.length === 0) return [];
  const separator = screenText(" · ", screen);
  const suffix = trusted(columns.map((column) => suffixOf(column, row, screen)).join(""));
  const names = columns
    .map((column) => fullCell({ ...column, suffix: () => "" }, row, screen))
    .filter((cell) => cell !== "");
  if (isWrapped) {
    const whole = safe`${trusted(names.join(separator))}${suffix}`;
    return wrapText(whole, { ...screen, unicode: true }, { keepsUnits: true });
  }
  const ellipsis = screenText("…", screen);
  const room = Math.max(1, screen.width - widthOf(suffix));
  // The last name is the title. It gets the remaining width, at least three fifths.
  const title = names.at(-1) ?? safe``;
  const before = trusted(names.slice(0, -1).join(separator));
  if (before === "") return [safe`${cutMiddle(title, room, ellipsis)}${suffix}`];
  const both = room - widthOf(separator);
  const first = cutEnd(before, Math.max(Math.floor(both * 0.4), both - widthOf(title)), ellipsis);
  return [safe`${first}${separator}${cutMiddle(title, both - widthOf(first), ellipsis)}${suffix}`];
}

/** On one line if dropping columns makes enough room, otherwise on several. */
function factLines<Row>(columns: readonly Column<Row>[], row: Row, screen: Screen): SafeText[] {
  const room = screen.width - indent.length;
  let facts = columns
    .map((column) => {
      const [header, cell] = [screenText(column.header, screen), fullCell(column, row, screen)];
      return { column, header, cell, width: widthOf(header) + 1 + widthOf(cell) };
    })
    .filter(({ cell }) => cell !== "");
  const length = (): number => facts.reduce((sum, { width }) => sum + width + indent.length, -indent.length);
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
    const factText = safe`${header} ${paintCell(column, row, cell)}`;
    if (last !== undefined && last.width + indent.length + width <= room) {
      last.text = safe`${last.text}${trusted(indent)}${factText}`;
      last.width += indent.length + width;
    } else if (width <= room) {
      lines.push({ text: factText, width });
    } else {
      const parts = wrapText(`${header} ${cell}`, { ...screen, width: room }, { keepsUnits: true });
      for (const text of parts) lines.push({ text, width: room });
    }
  }
  return lines.map(({ text }) => safe`${trusted(indent)}${text}`);
}
