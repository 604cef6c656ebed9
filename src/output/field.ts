// The fields of a list: named values for programs, and columns for people.

import { type TerminalStyle, toAscii, toTerminalText, type Terminal } from "./terminal.ts";
import { UnknownValue } from "../model/errors.ts";
import { toPrintable, markSafe, type SafeText } from "./safe-text.ts";

export const outputFormats = ["table", "box", "json", "csv", "tsv", "ndjson", "markdown"] as const;
/** The forms for people. The others are for programs. */
export type TableFormat = "table" | "box";
export type OutputFormat = (typeof outputFormats)[number];

export function isTableFormat(form: OutputFormat): form is TableFormat {
  return form === "table" || form === "box";
}

export interface Column<Row> {
  readonly header: string;
  /** The raw value; the table makes it safe. "" is an empty cell. */
  readonly cell: (row: Row) => string | number;
  /** Numbers are aligned right, and closer together than text. */
  readonly numeric?: boolean;
  /** A column that shares the remaining width: its share, its maximum, and how it is shortened. */
  readonly flexible?: {
    readonly share: number;
    readonly maxWidth: number;
    readonly cut: "end" | "middle" | "wrap";
  };
  /** Shown after a flexible cell and never cut off: " ×3", " +2". */
  readonly suffix?: ((row: Row) => string) | undefined;
  /** A narrow screen drops empty columns first, then these, the lowest number first. */
  readonly dropOrder?: number | undefined;
  /** The number that the next command needs. It never leaves. */
  readonly isKey?: true;
  /** The name of a row. It needs no header if rows are stacked. */
  readonly isName?: true;
  /** Adds colour or a link to the finished cell. */
  readonly paint?: ((cell: SafeText, row: Row) => SafeText) | undefined;
}

export type CellValue = string | number | bigint | boolean | null | readonly string[];

/**
 * A field of a list: its name and value for programs, its header and cell for tables. The names and their order are a
 * promise to scripts: new fields are added at the end.
 */
export interface Field<Row> extends Omit<Column<Row>, "header" | "cell" | "paint"> {
  readonly name: string;
  readonly value: (row: Row) => CellValue;
  /** Default: the name. */
  readonly header?: string;
  /** The text in a table, if it differs from the value. */
  readonly cell?: (row: Row, style: TerminalStyle) => string | number;
  /** The text in a table that has this other column too. */
  readonly beside?: { readonly name: string; readonly cell: (row: Row) => string };
  readonly paint?: ((cell: SafeText, row: Row, style: TerminalStyle) => SafeText) | undefined;
  /** true: not part of CSV and other forms for programs. */
  readonly isOfScreens?: boolean;
}

function toCellValue(value: CellValue): string | number {
  if (typeof value === "number") return value;
  if (typeof value === "object" && value !== null) return value.join("; ");
  return value === null ? "" : String(value);
}

/** The named fields as columns; `requested` columns stay even on a narrow screen. Unknown names are left out. */
export function buildColumns<Row>(
  fields: readonly Field<Row>[],
  style: TerminalStyle,
  {
    names,
    requested = [],
  }: { readonly names: readonly string[]; readonly requested?: readonly string[] | undefined },
): Column<Row>[] {
  return names.flatMap((name) => {
    const field = fields.find((each) => each.name === name);
    if (field === undefined) return [];
    const {
      value,
      header = name,
      beside,
      cell: ownCell = (row) => toCellValue(value(row)),
      paint,
      dropOrder,
      ...rest
    } = field;
    const cell = beside !== undefined && names.includes(beside.name) ? beside.cell : ownCell;
    const isPlain = field.header === undefined && field.numeric !== true;
    return {
      ...(isPlain ? { flexible: defaultWidth } : {}),
      ...rest,
      header,
      cell: (row: Row) => cell(row, style),
      dropOrder: requested.includes(name) ? undefined : dropOrder,
      paint: paint === undefined ? undefined : (text: SafeText, row: Row) => paint(text, row, style),
    };
  });
}

const defaultWidth = { share: 2, maxWidth: 60, cut: "end" } as const;

/** The fields with these names or headings, in the given order and any case. Throws UsageError for an unknown name, and for none. */
export function selectFields<Named extends Pick<Field<never>, "name" | "header" | "isOfScreens">>(
  fields: readonly Named[],
  names: readonly string[],
): Named[] {
  return [...new Set(names.length === 0 ? [""] : names)].flatMap((word) => {
    const isCalled = (label: string | undefined): boolean => label?.toLowerCase() === word.toLowerCase();
    const named = fields.filter(({ name }) => isCalled(name));
    const found = named.length > 0 ? named : fields.filter(({ header }) => isCalled(header));
    if (found.length > 0) return found;
    const allowedNames = fields.filter(({ isOfScreens }) => isOfScreens !== true).map(({ name }) => name);
    throw new UnknownValue("--columns", word, allowedNames);
  });
}

/** The contents of a cell, made safe. */
export function getSafeCell<Row>(column: Column<Row>, row: Row): SafeText {
  const cell = column.cell(row);
  // Some names have spaces around them, which would break the alignment.
  return typeof cell === "number" ? markSafe(String(cell)) : markSafe(toPrintable(cell).trim());
}

export function getSuffix<Row>(
  { suffix }: Column<Row>,
  row: Row,
  screen: Pick<Terminal, "unicode">,
): SafeText {
  return toTerminalText(suffix?.(row) ?? "", screen);
}

/** The whole cell, as shown where there is room. */
export function getFullCell<Row>(column: Column<Row>, row: Row, screen: Pick<Terminal, "unicode">): SafeText {
  const cell = getSafeCell(column, row);
  const text = column.flexible === undefined && !screen.unicode ? toAscii(cell) : cell;
  return column.suffix === undefined ? text : markSafe(text + getSuffix(column, row, screen));
}

/** Paints the text of a padded cell but not its padding, so that links and underlines end with the word. */
export function paintCell<Row>({ paint }: Column<Row>, row: Row, cell: SafeText): SafeText {
  const text = markSafe(cell.trim());
  if (paint === undefined || text === "") return cell;
  const start = cell.indexOf(text);
  return markSafe(cell.slice(0, start) + paint(text, row) + cell.slice(start + text.length));
}
