// What a listing tells of each row, for programs and for people: named values, and how each looks as a column.

import type { Look } from "./look.ts";
import { oneOf } from "../model/errors.ts";
import type { SafeText } from "./escape.ts";

/** The forms in which a listing can be written. */
export const listingForms = ["table", "box", "json", "csv", "tsv", "ndjson", "markdown"] as const;
/** Those for people: the others are for programs. */
export type TableForm = "table" | "box";
export type ListingForm = (typeof listingForms)[number];

export function isTable(form: ListingForm): form is TableForm {
  return form === "table" || form === "box";
}

export interface Column<Row> {
  readonly header: string;
  /** As it is in the cache: the table makes it safe. "" is an empty cell. */
  readonly cell: (row: Row) => string | number;
  /** Figures stand right, and closer together than text. */
  readonly numeric?: boolean;
  /** A column that takes what is left: its share of it, its most, and how it fits into less than it needs. */
  readonly flexible?: {
    readonly share: number;
    readonly maxWidth: number;
    readonly cut: "end" | "middle" | "wrap";
  };
  /** Kept behind a flexible cell, never cut off: " ×3", " +2". */
  readonly suffix?: (row: Row) => string;
  /** Columns with a number leave a narrow screen, the lowest number first, after those that are empty. */
  readonly dropOrder?: number | undefined;
  /** The number to type for a row, which the next command needs: it never leaves. */
  readonly isKey?: true;
  /** What a row is called: where rows are stacked, it needs no header. */
  readonly isName?: true;
  /** Colour or link around the finished cell. */
  readonly paint?: (cell: SafeText, row: Row) => SafeText;
}

export type CellValue = string | number | bigint | boolean | null | readonly string[];

/** One column of the machine-readable forms. Names are promised: they are added to, never changed. */
export interface Field<Row> {
  readonly name: string;
  readonly value: (row: Row) => CellValue;
  /** Stands right. */
  readonly numeric?: boolean;
  /** As it stands in a table; without it, the value under its name. */
  readonly column?: (look: Look) => Column<Row>;
}

/** Fields of what a row holds: `shown`, where a screen shows more of it than programs are told. */
export function fieldsWithin<Row, Inner>(
  fields: readonly Field<Inner>[],
  inner: (row: Row) => Inner,
  shown: (row: Row) => Inner = inner,
): Field<Row>[] {
  return fields.map(({ name, value, numeric, column }) => ({
    name,
    value: (row) => value(inner(row)),
    ...(numeric === undefined ? {} : { numeric }),
    ...(column === undefined ? {} : { column: (look) => columnWithin(column(look), shown) }),
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

/** Those that are named, in the order in which they are. Throws UsageError for a name that no field has. */
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

/** What was asked for by name leaves no screen. */
export function columnsOfFields<Row>(fields: readonly Field<Row>[], look: Look): Column<Row>[] {
  return fields.map((field) => ({ ...(field.column?.(look) ?? plainColumn(field)), dropOrder: undefined }));
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
