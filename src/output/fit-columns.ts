// Fits columns to a screen: decides which leave, and how wide the others are.
import { fullCell, type Column } from "./field.ts";
import { printable } from "./escape.ts";
import type { Screen } from "./screen.ts";
import { widthOf } from "./width.ts";

/** If the flexible columns together get less, another column leaves. */
const leastFlexible = 46;
/** If they get less than this, rows are stacked, because a table would show only ellipses. */
const mustFlexible = 20;
/** On narrower screens a row takes two lines. */
const narrow = 50;

export interface ColumnLayout<Row> {
  readonly columns: readonly Column<Row>[];
  readonly widths: readonly number[];
}

interface Measured<Row> {
  readonly column: Column<Row>;
  /** The width in which nothing is cut or wrapped. */
  readonly full: number;
  /** The full width, limited by the maximum of a flexible column. */
  readonly natural: number;
}

function measure<Row>(column: Column<Row>, rows: readonly Row[], screen: Screen): Measured<Row> {
  const full = rows.reduce(
    (most, row) => Math.max(most, widthOf(fullCell(column, row, screen))),
    widthOf(printable(column.header)),
  );
  return { column, full, natural: Math.min(full, column.flexible?.maxWidth ?? full) };
}

/**
 * `outsideOf` is the width of everything between and around the cells. Returns undefined if the screen is too narrow for a
 * table.
 */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  outsideOf: (columns: readonly Column<Row>[]) => number,
): ColumnLayout<Row> | undefined {
  if (screen.width < narrow) return undefined;
  let rest = columns.map((column) => measure(column, rows, screen));
  const isFlexible = ({ column }: Measured<Row>): boolean => column.flexible !== undefined;
  const roomForFlexible = (): number => {
    const fixed = rest.filter((each) => !isFlexible(each));
    return screen.width - outsideOf(rest.map(({ column }) => column)) - sum(fixed, ({ natural }) => natural);
  };
  const flexibleWidth = (width: "full" | "natural"): number =>
    sum(rest.filter(isFlexible), (each) => each[width]);
  const leave = (column: Column<Row>): void => {
    rest = rest.filter((each) => each.column !== column);
  };

  const droppable = columns.filter(({ isKey }) => isKey !== true);
  for (const column of droppable.filter(({ cell }) => rows.every((row) => cell(row) === ""))) {
    if (roomForFlexible() < flexibleWidth("full")) leave(column);
  }
  const leaving = droppable
    .filter(({ dropOrder }) => dropOrder !== undefined)
    .toSorted((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of leaving) {
    if (roomForFlexible() < Math.min(leastFlexible, flexibleWidth("natural"))) leave(column);
  }
  const room = roomForFlexible();
  // A letter of some scripts takes two columns.
  const minRoom = Math.max(mustFlexible, 2 * rest.filter(isFlexible).length);
  if (room < Math.min(minRoom, flexibleWidth("natural"))) return undefined;
  return { columns: rest.map(({ column }) => column), widths: shareOut(rest, room) };
}

/**
 * Each flexible column gets its share. What it does not need goes to the others, and free width to those that are cut.
 */
function shareOut<Row>(columns: readonly Measured<Row>[], room: number): number[] {
  const widths = new Map(columns.map((each) => [each, each.natural]));
  const flexible = columns.filter(({ column }) => column.flexible !== undefined);
  const shareOf = ({ column }: Measured<Row>): number => column.flexible?.share ?? 0;
  let open = flexible;
  let roomLeft = Math.max(0, room);
  while (open.length > 0) {
    const shares = sum(open, shareOf);
    const part = (each: Measured<Row>): number => Math.floor((roomLeft * shareOf(each)) / shares);
    const satisfied = open.filter((each) => each.natural <= part(each));
    if (satisfied.length === 0) {
      for (const each of open) widths.set(each, Math.max(1, part(each)));
      break;
    }
    roomLeft -= sum(satisfied, ({ natural }) => natural);
    open = open.filter((each) => !satisfied.includes(each));
  }
  let free = room - sum(flexible, (each) => widths.get(each) ?? 0);
  for (const each of flexible) {
    const width = widths.get(each) ?? 0;
    const more = Math.max(0, Math.min(free, each.full - width));
    widths.set(each, width + more);
    free -= more;
  }
  return columns.map((each) => widths.get(each) ?? 0);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
