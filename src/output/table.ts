// Tables without boxes: one header line, one thin rule, columns that give way in a set order when the screen is narrow.
import { printable, safe, trusted, type SafeText } from "./escape.ts";
import { inAscii, type Screen } from "./screen.ts";
import { cutEnd, cutMiddle, padEnd, padStart, widthOf } from "./width.ts";

export interface Column<Row> {
  readonly header: string;
  /** As it is in the cache: the table makes it safe. "" is an empty cell. */
  readonly cell: (row: Row) => string | number;
  /** Figures stand right, and closer together than text. */
  readonly numeric?: boolean;
  /** A column that takes what is left: its share of it, its most, and where it is cut. */
  readonly flexible?: { readonly share: number; readonly maxWidth: number; readonly cut: "end" | "middle" };
  /** Kept behind a flexible cell, never cut off: " ×3", " +2". */
  readonly suffix?: (row: Row) => string;
  /** Columns with a number leave a narrow screen, the lowest number first. */
  readonly dropOrder?: number;
  /** Colour or link around the finished cell. */
  readonly paint?: (cell: SafeText, row: Row) => SafeText;
}

/** Below this many columns for the flexible ones together, the next column leaves. */
const leastFlexible = 46;
/** Narrower screens give one row two lines. */
const narrow = 50;

/** Lines of the table for a terminal: never wider than the screen. */
export function tableLines<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): SafeText[] {
  if (screen.width < narrow) return twoLineRows(columns, rows, screen);
  const glyphs = (text: string): SafeText => (screen.unicode ? printable(text) : inAscii(printable(text)));
  const { shown, widths } = fit(columns, rows, screen);
  const line = (cells: readonly SafeText[]): SafeText => trusted(joinCells(shown, cells).trimEnd());
  const header = shown.map((column, at) => {
    const width = widths[at] ?? 0;
    return pad(column, cutEnd(glyphs(column.header), width, glyphs("…")), width);
  });
  const rule = widths.map((width) => glyphs("─".repeat(width)));
  const body = rows.map((row) =>
    line(
      shown.map((column, at) => {
        const width = widths[at] ?? 0;
        return painted(column, row, pad(column, cutCell(column, row, width, screen), width));
      }),
    ),
  );
  return [line(header), line(rule), ...body];
}

/** For a pipe: no header, nothing cut, columns aligned over all the rows that were measured. */
export interface PlainLayout<Row> {
  measure(row: Row): void;
  line(row: Row): SafeText;
}

/** Rows are given twice, first all to measure, so that 100 000 of them needn't be held at once. */
export function plainLayout<Row>(
  columns: readonly Column<Row>[],
  screen: Pick<Screen, "unicode">,
): PlainLayout<Row> {
  const layout = columns.map((column, at) => ({ column, width: 0, gap: " ".repeat(gapAfter(columns, at)) }));
  // Loops without lists: a pipe takes the whole shelf, and every list made for a row has to be cleared away.
  return {
    measure(row) {
      for (const each of layout) {
        const width = widthOf(fullCell(each.column, row, screen));
        if (width > each.width) each.width = width;
      }
    },
    line(row) {
      let text = "";
      for (const { column, width, gap } of layout) {
        text += painted(column, row, pad(column, fullCell(column, row, screen), width)) + gap;
      }
      return trusted(text.trimEnd());
    },
  };
}

function fit<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): { shown: readonly Column<Row>[]; widths: number[] } {
  const natural = columns.map((column) => {
    const widest = rows.reduce(
      (most, row) => Math.max(most, widthOf(fullCell(column, row, screen))),
      widthOf(printable(column.header)),
    );
    return column.flexible === undefined ? widest : Math.min(widest, column.flexible.maxWidth);
  });
  let shown = columns.map((column, at) => ({ column, natural: natural[at] ?? 0 }));
  const roomForFlexible = (): number =>
    screen.width -
    gapsOf(shown.map(({ column }) => column)) -
    shown.reduce((sum, { column, natural: width }) => sum + (column.flexible === undefined ? width : 0), 0);
  const wanted = (): number =>
    shown.reduce((sum, { column, natural: width }) => sum + (column.flexible === undefined ? 0 : width), 0);

  while (roomForFlexible() < Math.min(leastFlexible, wanted())) {
    const leaving = shown
      .filter(({ column }) => column.dropOrder !== undefined)
      .toSorted((a, b) => (a.column.dropOrder ?? 0) - (b.column.dropOrder ?? 0))[0];
    if (leaving === undefined) break;
    shown = shown.filter((each) => each !== leaving);
  }
  const widths = shareOut(shown, roomForFlexible());
  return { shown: shown.map(({ column }) => column), widths };
}

/** Flexible columns get their share; what one doesn't need goes to the others. */
function shareOut<Row>(shown: readonly { column: Column<Row>; natural: number }[], room: number): number[] {
  const widths = shown.map(({ column, natural }) => (column.flexible === undefined ? natural : 0));
  let open = shown.map((_, at) => at).filter((at) => shown[at]?.column.flexible !== undefined);
  let left = Math.max(0, room);
  while (open.length > 0) {
    const shares = open.reduce((sum, at) => sum + (shown[at]?.column.flexible?.share ?? 0), 0);
    const part = (at: number): number =>
      Math.floor((left * (shown[at]?.column.flexible?.share ?? 0)) / shares);
    const satisfied = open.filter((at) => (shown[at]?.natural ?? 0) <= part(at));
    if (satisfied.length === 0) {
      for (const at of open) widths[at] = Math.max(1, part(at));
      break;
    }
    for (const at of satisfied) {
      widths[at] = shown[at]?.natural ?? 0;
      left -= widths[at] ?? 0;
    }
    open = open.filter((at) => !satisfied.includes(at));
  }
  return widths;
}

/** Two blanks between columns, one between columns of figures. */
function gapAfter<Row>(columns: readonly Column<Row>[], at: number): number {
  if (at === columns.length - 1) return 0;
  return columns[at]?.numeric === true && columns[at + 1]?.numeric === true ? 1 : 2;
}

function gapsOf<Row>(columns: readonly Column<Row>[]): number {
  return columns.reduce((sum, _, at) => sum + gapAfter(columns, at), 0);
}

function joinCells<Row>(columns: readonly Column<Row>[], cells: readonly SafeText[]): string {
  return cells.map((cell, at) => cell + " ".repeat(gapAfter(columns, at))).join("");
}

function pad<Row>(column: Column<Row> | undefined, cell: SafeText, width: number): SafeText {
  return column?.numeric === true ? padStart(cell, width) : padEnd(cell, width);
}

function safeCell<Row>(column: Column<Row>, row: Row): SafeText {
  const cell = column.cell(row);
  // Some names come with blanks around them, which would stand out of the column.
  return typeof cell === "number" ? trusted(String(cell)) : trusted(printable(cell).trim());
}

function suffixOf<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const suffix = printable(column.suffix?.(row) ?? "");
  return screen.unicode ? suffix : inAscii(suffix);
}

function fullCell<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const cell = safeCell(column, row);
  const shown = column.flexible === undefined && !screen.unicode ? inAscii(cell) : cell;
  return column.suffix === undefined ? shown : trusted(shown + suffixOf(column, row, screen));
}

function cutCell<Row>(column: Column<Row>, row: Row, width: number, screen: Screen): SafeText {
  if (column.flexible === undefined) return fullCell(column, row, screen);
  const suffix = suffixOf(column, row, screen);
  const cut = column.flexible.cut === "end" ? cutEnd : cutMiddle;
  const room = Math.max(1, width - widthOf(suffix));
  return safe`${cut(safeCell(column, row), room, screen.unicode ? "…" : "...")}${suffix}`;
}

function painted<Row>(column: Column<Row>, row: Row, cell: SafeText): SafeText {
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

/** First line: the flexible columns one after the other; second line: the rest, those that leave last first. */
function twoLineRows<Row>(columns: readonly Column<Row>[], rows: readonly Row[], screen: Screen): SafeText[] {
  const names = columns.filter((column) => column.flexible !== undefined);
  const facts = columns.filter((column) => column.flexible === undefined);
  const ellipsis = screen.unicode ? "…" : "...";
  const separator = screen.unicode ? " · " : " - ";
  return rows.flatMap((row) => {
    const first = cutMiddle(
      trusted(names.map((column) => fullCell(column, row, screen)).join(separator)),
      screen.width,
      ellipsis,
    );
    const second = facts
      .map((column) => fullCell(column, row, screen))
      .filter((cell) => cell !== "")
      .join("  ");
    return [first, cutEnd(trusted(`  ${second}`), screen.width, ellipsis)];
  });
}
