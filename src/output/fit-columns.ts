// Fits columns to a screen: decides which leave, and how wide the others are.
import { getFullCell, type Column } from "./field.ts";
import { toPrintable } from "./safe-text.ts";
import type { Terminal } from "./terminal.ts";
import { measureWidth } from "./width.ts";

/** If the flexible columns together get less, another column leaves. */
const preferredFlexibleWidth = 46;
/** If they get less than this, rows are stacked, because a table would show only ellipses. */
const minFlexibleWidth = 20;
/** A row takes two lines on narrower screens. */
const minTableWidth = 50;

export interface ColumnLayout<Row> {
  readonly columns: readonly Column<Row>[];
  readonly widths: readonly number[];
}

interface MeasuredColumn<Row> {
  readonly column: Column<Row>;
  /** The width in which nothing is cut or wrapped. */
  readonly full: number;
  /** The full width, limited by the maximum of a flexible column. */
  readonly natural: number;
}

function measure<Row>(column: Column<Row>, rows: readonly Row[], screen: Terminal): MeasuredColumn<Row> {
  const full = rows.reduce(
    (most, row) => Math.max(most, measureWidth(getFullCell(column, row, screen))),
    measureWidth(toPrintable(column.header)),
  );
  return { column, full, natural: Math.min(full, column.flexible?.maxWidth ?? full) };
}

/**
 * `measureOutside` is the width of everything between and around the cells. Returns undefined if the screen is too narrow for a
 * table.
 */
export function fitColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Terminal,
  measureOutside: (columns: readonly Column<Row>[]) => number,
): ColumnLayout<Row> | undefined {
  if (screen.width < minTableWidth) return undefined;
  let rest = columns.map((column) => measure(column, rows, screen));
  const isFlexible = ({ column }: MeasuredColumn<Row>): boolean => column.flexible !== undefined;
  const computeFlexibleRoom = (): number => {
    const fixed = rest.filter((each) => !isFlexible(each));
    return (
      screen.width - measureOutside(rest.map(({ column }) => column)) - sum(fixed, ({ natural }) => natural)
    );
  };
  const sumFlexibleWidths = (width: "full" | "natural"): number =>
    sum(rest.filter(isFlexible), (each) => each[width]);
  const dropColumn = (column: Column<Row>): void => {
    rest = rest.filter((each) => each.column !== column);
  };

  const droppable = columns.filter(({ isKey }) => isKey !== true);
  for (const column of droppable.filter(({ cell }) => rows.every((row) => cell(row) === ""))) {
    if (computeFlexibleRoom() < sumFlexibleWidths("full")) dropColumn(column);
  }
  const leaving = droppable
    .filter(({ dropOrder }) => dropOrder !== undefined)
    .toSorted((a, b) => (a.dropOrder ?? 0) - (b.dropOrder ?? 0));
  for (const column of leaving) {
    if (computeFlexibleRoom() < Math.min(preferredFlexibleWidth, sumFlexibleWidths("natural")))
      dropColumn(column);
  }
  const room = computeFlexibleRoom();
  // A letter of some scripts takes two columns.
  const minRoom = Math.max(minFlexibleWidth, 2 * rest.filter(isFlexible).length);
  if (room < Math.min(minRoom, sumFlexibleWidths("natural"))) return undefined;
  return { columns: rest.map(({ column }) => column), widths: distributeWidth(rest, room) };
}

/**
 * Each flexible column gets its share. What it does not need goes to the others, and free width to those that are cut.
 */
function distributeWidth<Row>(columns: readonly MeasuredColumn<Row>[], room: number): number[] {
  const widths = new Map(columns.map((each) => [each, each.natural]));
  const flexible = columns.filter(({ column }) => column.flexible !== undefined);
  const getShare = ({ column }: MeasuredColumn<Row>): number => column.flexible?.share ?? 0;
  let open = flexible;
  let roomLeft = Math.max(0, room);
  while (open.length > 0) {
    const shares = sum(open, getShare);
    const computePart = (each: MeasuredColumn<Row>): number =>
      Math.floor((roomLeft * getShare(each)) / shares);
    const satisfied = open.filter((each) => each.natural <= computePart(each));
    if (satisfied.length === 0) {
      for (const each of open) widths.set(each, Math.max(1, computePart(each)));
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
