// Rows on a screen too narrow for columns: number and name on one line, the figures below, each with its header.
import { getFullCell, paintCell, getSuffix, type Column } from "./field.ts";
import { safe, markSafe, type SafeText } from "./safe-text.ts";
import { flowParts } from "./paragraph.ts";
import { toTerminalText, type Terminal } from "./terminal.ts";
import { cutEnd, cutMiddle, padStart, measureWidth } from "./width.ts";

const indent = "  ";

export function renderStackedRows<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
): SafeText[] {
  const key = columns.find(({ isKey }) => isKey === true);
  const names = columns.filter(({ isName }) => isName === true);
  const facts = columns.filter(({ isKey, isName }) => isKey !== true && isName !== true);
  const getKeyCell = (row: Row): SafeText => (key === undefined ? safe`` : getFullCell(key, row, screen));
  const keyWidth = rows.reduce((most, row) => Math.max(most, measureWidth(getKeyCell(row))), 0);
  const before = key === undefined ? 0 : keyWidth + indent.length;
  const room = Math.max(1, screen.width - before);
  return rows.flatMap((row) => {
    const shownKeys = key === undefined ? [] : [paintCell(key, row, padStart(getKeyCell(row), keyWidth))];
    const shownNames = names.length === 0 ? [] : [renderNameLine(names, row, { ...screen, width: room })];
    const first = markSafe([...shownKeys, ...shownNames].join(indent));
    return [...(first === "" ? [] : [first]), ...renderFactLines(facts, row, screen)];
  });
}

/** The names of a row on one line, cut. */
function renderNameLine<Row>(columns: readonly Column<Row>[], row: Row, screen: Terminal): SafeText {
  const separator = toTerminalText(" · ", screen);
  const suffix = markSafe(columns.map((column) => getSuffix(column, row, screen)).join(""));
  const names = columns
    .map((column) => getFullCell({ ...column, suffix: () => "" }, row, screen))
    .filter((cell) => cell !== "");
  const ellipsis = toTerminalText("…", screen);
  const room = Math.max(1, screen.width - measureWidth(suffix));
  // The last name is the title. It gets the remaining width, at least three fifths.
  const title = names.at(-1) ?? safe``;
  const before = markSafe(names.slice(0, -1).join(separator));
  if (before === "") return safe`${cutMiddle(title, room, ellipsis)}${suffix}`;
  const both = room - measureWidth(separator);
  const first = cutEnd(before, Math.max(Math.floor(both * 0.4), both - measureWidth(title)), ellipsis);
  return safe`${first}${separator}${cutMiddle(title, both - measureWidth(first), ellipsis)}${suffix}`;
}

/** A cell that wraps has sentences, which a word before them would become a part of. */
function formatHeader<Row>({ header, flexible }: Column<Row>): string {
  return header !== "" && flexible?.cut === "wrap" ? `${header}:` : header;
}

/** Takes as many lines as the facts need. */
function renderFactLines<Row>(columns: readonly Column<Row>[], row: Row, screen: Terminal): SafeText[] {
  const facts = columns
    .map((column) => [formatHeader(column), getFullCell(column, row, screen)] as const)
    .filter(([, cell]) => cell !== "")
    .map(([header, cell]) => (header === "" ? cell : safe`${markSafe(header)} ${cell}`));
  const room = { ...screen, width: screen.width - indent.length };
  return flowParts(facts, room, indent).map((line) => safe`${markSafe(indent)}${line}`);
}
