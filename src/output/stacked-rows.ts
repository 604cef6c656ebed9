// Rows on a screen too narrow for columns: number and name on one line, the figures below, each with its header.
import { fullCell, paintCell, suffixOf, type Column } from "./field.ts";
import { safe, trusted, type SafeText } from "./escape.ts";
import { sideBySide } from "./paragraph.ts";
import { screenText, type Screen } from "./screen.ts";
import { cutEnd, cutMiddle, padStart, widthOf } from "./width.ts";

const indent = "  ";

export function stackedRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
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
    const shownNames = names.length === 0 ? [] : [nameLine(names, row, { ...screen, width: room })];
    const first = trusted([...shownKeys, ...shownNames].join(indent));
    return [...(first === "" ? [] : [first]), ...factLines(facts, row, screen)];
  });
}

/** The names of a row on one line, cut. */
function nameLine<Row>(columns: readonly Column<Row>[], row: Row, screen: Screen): SafeText {
  const separator = screenText(" · ", screen);
  const suffix = trusted(columns.map((column) => suffixOf(column, row, screen)).join(""));
  const names = columns
    .map((column) => fullCell({ ...column, suffix: () => "" }, row, screen))
    .filter((cell) => cell !== "");
  const ellipsis = screenText("…", screen);
  const room = Math.max(1, screen.width - widthOf(suffix));
  // The last name is the title. It gets the remaining width, at least three fifths.
  const title = names.at(-1) ?? safe``;
  const before = trusted(names.slice(0, -1).join(separator));
  if (before === "") return safe`${cutMiddle(title, room, ellipsis)}${suffix}`;
  const both = room - widthOf(separator);
  const first = cutEnd(before, Math.max(Math.floor(both * 0.4), both - widthOf(title)), ellipsis);
  return safe`${first}${separator}${cutMiddle(title, both - widthOf(first), ellipsis)}${suffix}`;
}

/** On as many lines as they need. */
function factLines<Row>(columns: readonly Column<Row>[], row: Row, screen: Screen): SafeText[] {
  const facts = columns
    .map((column) => [column.header, fullCell(column, row, screen)] as const)
    .filter(([, cell]) => cell !== "")
    .map((fact) => fact.join(" "));
  const room = { ...screen, width: screen.width - indent.length };
  return sideBySide(facts, room, indent).map((line) => safe`${trusted(indent)}${line}`);
}
