// The fields of a list: named values for programs, and columns for people.

import type { TerminalStyle } from "./terminal-style.ts";
import { oneOf } from "../model/errors.ts";
import { printable, trusted, type SafeText } from "./escape.ts";
import { inAscii, screenText, type Screen } from "./screen.ts";

export const listingForms = ["table", "box", "json", "csv", "tsv", "ndjson", "markdown"] as const;
/** The forms for people. The others are for programs. */
export type TableForm = "table" | "box";
export type ListingForm = (typeof listingForms)[number];

export function isTable(form: ListingForm): form is TableForm {
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
  readonly suffix?: (row: Row) => string;
  /** On a narrow screen, empty columns leave first, then these, the lowest number first. */
  readonly dropOrder?: number | undefined;
  /** The number that the next command needs. It never leaves. */
  readonly isKey?: true;
  /** The name of a row. It needs no header if rows are stacked. */
  readonly isName?: true;
  /** Adds colour or a link to the finished cell. */
  readonly paint?: (cell: SafeText, row: Row) => SafeText;
}

export type CellValue = string | number | bigint | boolean | null | readonly string[];

/** A column of the forms for programs. Names are promised: they may be added to, never changed. */
export interface Field<Row> {
  readonly name: string;
  readonly value: (row: Row) => CellValue;
  /** Aligned right. */
  readonly numeric?: boolean;
  /** The column in a table. Default: the value under its name. */
  readonly column?: (style: TerminalStyle) => Column<Row>;
}

/** Fields of a row inside a row. `shown` replaces it on screen. */
export function fieldsWithin<Row, Inner>(
  fields: readonly Field<Inner>[],
  inner: (row: Row) => Inner,
  shown: (row: Row) => Inner = inner,
): Field<Row>[] {
  return fields.map(({ name, value, numeric, column }) => ({
    name,
    value: (row) => value(inner(row)),
    ...(numeric === undefined ? {} : { numeric }),
    ...(column === undefined ? {} : { column: (style) => columnWithin(column(style), shown) }),
  }));
}

export function columnWithin<Row, Inner>(
  { cell, suffix, paint, ...rest }: Column<Inner>,
  inner: (row: Row) => Inner,
): Column<Row> {
  return {
    ...rest,
    cell: (row) => cell(inner(row)),
    ...(suffix === undefined ? {} : { suffix: (row) => suffix(inner(row)) }),
    ...(paint === undefined ? {} : { paint: (text, row) => paint(text, inner(row)) }),
  };
}

/** The named fields in the given order. Throws UsageError for an unknown name. */
export function chosenFields<Named extends { readonly name: string }>(
  fields: readonly Named[],
  names: readonly string[],
): Named[] {
  const allowed = fields.map(({ name }) => name);
  return [...new Set(names)].flatMap((given) => {
    const name = oneOf("--columns", given, allowed);
    return fields.filter((field) => field.name === name);
  });
}

/** Columns that were asked for by name never leave the screen. */
export function columnsOfFields<Row>(fields: readonly Field<Row>[], style: TerminalStyle): Column<Row>[] {
  return fields.map((field) => ({ ...(field.column?.(style) ?? plainColumn(field)), dropOrder: undefined }));
}

function plainColumn<Row>({ name, value, numeric }: Field<Row>): Column<Row> {
  return {
    header: name,
    cell: (row) => cellText(value(row)),
    ...(numeric === true ? { numeric } : { flexible: { share: 2, maxWidth: 60, cut: "end" } }),
  };
}

export function cellText(value: CellValue): string | number {
  if (typeof value === "number") return value;
  if (typeof value === "object" && value !== null) return value.join("; ");
  return value === null ? "" : String(value);
}

/** The contents of a cell, made safe. */
export function safeCell<Row>(column: Column<Row>, row: Row): SafeText {
  const cell = column.cell(row);
  // Some names have spaces around them, which would break the alignment.
  return typeof cell === "number" ? trusted(String(cell)) : trusted(printable(cell).trim());
}

export function suffixOf<Row>({ suffix }: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  return screenText(suffix?.(row) ?? "", screen);
}

/** The whole cell, as shown where there is room. */
export function fullCell<Row>(column: Column<Row>, row: Row, screen: Pick<Screen, "unicode">): SafeText {
  const cell = safeCell(column, row);
  const shown = column.flexible === undefined && !screen.unicode ? inAscii(cell) : cell;
  return column.suffix === undefined ? shown : trusted(shown + suffixOf(column, row, screen));
}

/** Paints the text of a padded cell but not its padding, so that links and underlines end with the word. */
export function painted<Row>({ paint }: Column<Row>, row: Row, cell: SafeText): SafeText {
  const text = trusted(cell.trim());
  if (paint === undefined || text === "") return cell;
  const start = cell.indexOf(text);
  return trusted(cell.slice(0, start) + paint(text, row) + cell.slice(start + text.length));
}
