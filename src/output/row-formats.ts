// Writes a list as CSV, TSV, NDJSON, JSON or Markdown, one row at a time, so that a shelf of 100,000 records need not
// fit in memory. The only importer of csv-stringify, loaded for CSV.

import { createChunks, type Sink } from "./stream.ts";
import { printable, safe, type SafeText, trusted } from "./escape.ts";
import { json } from "./json.ts";
import { fullCell } from "./fit-columns.ts";
import type { CellValue, Column, Field, ListingForm, TableForm } from "./field.ts";

export interface WritingOptions {
  readonly as: Exclude<ListingForm, TableForm>;
  readonly safeCsv?: boolean;
}

/** The columns of a table, uncut. */
export async function writeMarkdown<Row>(
  sink: Sink,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  const chunks = createChunks(sink);
  await chunks.add(markdownRow(columns.map(({ header }) => markdownText(header))));
  await chunks.add(markdownRow(columns.map(({ numeric }) => (numeric === true ? safe`---:` : safe`---`))));
  for (const row of rows) {
    await chunks.add(
      markdownRow(columns.map((column) => markdownText(fullCell(column, row, { unicode: true })))),
    );
  }
  await chunks.end();
}

/**
 * The whole list, with a header if the form has one. If the form has no lists, list values are joined by "; ". JSON is
 * one array of objects. Names are unchanged, except on a terminal.
 */
export async function writeListing<Row>(
  sink: Sink,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  { as, safeCsv = false }: WritingOptions,
): Promise<void> {
  const names = fields.map(({ name }) => name);
  const valuesOf = (row: Row): CellValue[] => fields.map((field) => field.value(row));
  if (as === "csv") {
    const cells = function* cells(): Generator<Cell[]> {
      yield names;
      for (const row of rows) yield valuesOf(row).map(joined);
    };
    return writeCsv(sink, cells(), safeCsv);
  }
  const chunks = createChunks(sink);
  for (const line of linesOf(as, fields, rows)) await chunks.add(line);
  await chunks.end();
}

function* linesOf<Row>(
  as: Exclude<ListingForm, TableForm | "csv">,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
): Generator<SafeText> {
  const names = fields.map(({ name }) => name);
  const valuesOf = (row: Row): CellValue[] => fields.map((field) => field.value(row));
  switch (as) {
    case "tsv":
      yield rowText(names.map(tsvCell), "\t");
      for (const row of rows) yield rowText(valuesOf(row).map(tsvCell), "\t");
      return;
    case "ndjson":
      for (const row of rows) yield safe`${jsonOf(names, valuesOf(row))}\n`;
      return;
    case "markdown":
      yield markdownRow(names.map(markdownCell));
      yield markdownRow(fields.map(({ numeric }) => (numeric === true ? safe`---:` : safe`---`)));
      for (const row of rows) yield markdownRow(valuesOf(row).map(markdownCell));
      return;
    case "json": {
      let isEmpty = true;
      for (const row of rows) {
        yield safe`${isEmpty ? safe`[` : safe`,`}\n${jsonOf(names, valuesOf(row))}`;
        isEmpty = false;
      }
      yield isEmpty ? safe`[]\n` : safe`\n]\n`;
    }
  }
}

const csvRows = 200;

/** Many rows at a time, because the library takes longer to start than to write a row. */
async function writeCsv(sink: Sink, rows: Iterable<Cell[]>, safeCsv: boolean): Promise<void> {
  const options = { safe: safeCsv, isTerminal: sink.screen.isTerminal };
  let held: Cell[][] = [];
  for (const row of rows) {
    held.push(row);
    if (held.length < csvRows) continue;
    await sink.write(await csvLines(held, options));
    held = [];
  }
  if (held.length > 0) await sink.write(await csvLines(held, options));
}

type Cell = string | number | bigint | boolean | null;

function joined(value: CellValue): Cell {
  return typeof value === "object" && value !== null ? value.join("; ") : value;
}

function rowText(cells: readonly SafeText[], between: string): SafeText {
  return trusted(`${cells.join(between)}\n`);
}

function markdownRow(cells: readonly SafeText[]): SafeText {
  return trusted(`| ${cells.join(" | ")} |\n`);
}

/** TSV has no quoting, so a tab or line break becomes a space. */
function tsvCell(value: CellValue): SafeText {
  return printable(String(joined(value) ?? ""));
}

function jsonOf(names: readonly string[], values: readonly CellValue[]): SafeText {
  return json(Object.fromEntries(names.map((name, at) => [name, jsonValue(values[at] ?? null)])));
}

/** A whole number that JSON readers would round becomes text. */
function jsonValue(value: CellValue): Exclude<CellValue, bigint> {
  return typeof value === "bigint" ? String(value) : value;
}

function markdownCell(value: CellValue): SafeText {
  return markdownText(String(joined(value) ?? ""));
}

/** Escapes everything that Markdown would interpret. */
export function markdownText(text: string): SafeText {
  return trusted(
    printable(text)
      .replace(/[\\`*_[\]|~$#!]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;"),
  );
}

interface CsvOptions {
  /** Puts an apostrophe before a cell that a spreadsheet would run as a formula. */
  readonly safe: boolean;
  /** A program gets names unchanged, a terminal only printable text. */
  readonly isTerminal: boolean;
}

/** What spreadsheets run, after any invisible characters. They drop tabs and line breaks themselves. */
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n\r])/u;

/** RFC 4180, with a line break after the last line. */
async function csvLines(
  rows: readonly (readonly Cell[])[],
  { safe: isSafe, isTerminal }: CsvOptions,
): Promise<SafeText> {
  const { stringify } = await import("csv-stringify/sync");
  const textOf = (text: string): string => {
    const shown = isTerminal ? printable(text) : text;
    return isSafe && formula.test(shown) ? `'${shown}` : shown;
  };
  // A single empty cell would be an empty line, which many readers skip.
  const isNarrow = rows[0]?.length === 1;
  return trusted(
    stringify(
      rows.map((cells) =>
        cells.map((cell) => (typeof cell === "string" ? textOf(cell) : isNarrow ? (cell ?? "") : cell)),
      ),
      {
        record_delimiter: "\r\n",
        quoted_empty: isNarrow,
        cast: { boolean: String, bigint: String },
        // Some readers end a row at any of these.
        quoted_match: /[\r\n\v\f\u0085\u2028\u2029]/,
      },
    ),
  );
}
