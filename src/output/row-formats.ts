// Writes a list as CSV, TSV, NDJSON, JSON or Markdown, one row at a time, so that a shelf of 100,000 records need not
// fit in memory. The only importer of csv-stringify, loaded for CSV.

import { createChunks, type Sink } from "./stream.ts";
import { printable, safe, type SafeText, trusted } from "./escape.ts";
import { json } from "./json.ts";
import { fullCell, type CellValue, type Column, type Field, type ListingForm } from "./field.ts";

type RowForm = Exclude<ListingForm, "table" | "box" | "markdown">;

/**
 * The whole list, with a header if the form has one. If the form has no lists, list values are joined by "; ". JSON is
 * one array of objects. Names are unchanged, except on a terminal. `safeCsv` puts an apostrophe before a CSV cell that a
 * spreadsheet would run as a formula.
 */
export async function writeListing<Row>(
  sink: Sink,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  { as, safeCsv = false }: { readonly as: RowForm; readonly safeCsv?: boolean },
): Promise<void> {
  const texts =
    as === "csv" ? await csvOf(fields, rows, safeCsv, sink.screen.isTerminal) : formats[as](fields, rows);
  await writeAll(sink, texts);
}

/** The columns of a table, uncut. */
export async function writeMarkdown<Row>(
  sink: Sink,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  function* lines(): Generator<SafeText> {
    yield markdownLine(columns.map(({ header }) => markdownText(header)));
    yield markdownLine(columns.map(({ numeric }) => (numeric === true ? "---:" : "---")));
    for (const row of rows) {
      yield markdownLine(columns.map((column) => markdownText(fullCell(column, row, { unicode: true }))));
    }
  }
  await writeAll(sink, lines());
}

async function writeAll(sink: Sink, texts: Iterable<SafeText>): Promise<void> {
  const chunks = createChunks(sink);
  for (const text of texts) await chunks.add(text);
  await chunks.end();
}

/** A whole number that JSON readers would round becomes text. */
const jsonValue = (value: CellValue) => (typeof value === "bigint" ? String(value) : value);

type ListRows = <Row>(fields: readonly Field<Row>[], rows: Iterable<Row>) => Generator<SafeText>;

/** A new format needs a row. */
const formats: Readonly<Record<Exclude<RowForm, "csv">, ListRows>> = {
  *tsv(fields, rows) {
    yield tsvLine(fields.map(({ name }) => name));
    for (const row of rows) yield tsvLine(fields.map(({ value }) => joinList(value(row))));
  },
  *ndjson(fields, rows) {
    for (const row of rows) yield safe`${jsonRow(fields, row)}\n`;
  },
  *json(fields, rows) {
    let isEmpty = true;
    for (const row of rows) {
      yield safe`${isEmpty ? safe`[` : safe`,`}\n${jsonRow(fields, row)}`;
      isEmpty = false;
    }
    yield isEmpty ? safe`[]\n` : safe`\n]\n`;
  },
};

function jsonRow<Row>(fields: readonly Field<Row>[], row: Row): SafeText {
  return json(Object.fromEntries(fields.map(({ name, value }) => [name, jsonValue(value(row))])));
}

type Cell = string | number | bigint | boolean | null;

function joinList(value: CellValue): Cell {
  return typeof value === "object" && value !== null ? value.join("; ") : value;
}

/** TSV has no quoting, so a tab or line break becomes a space. */
function tsvLine(cells: readonly Cell[]): SafeText {
  return trusted(`${cells.map((cell) => printable(String(cell ?? ""))).join("\t")}\n`);
}

function markdownLine(cells: readonly string[]): SafeText {
  return trusted(`| ${cells.join(" | ")} |\n`);
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

/** Text that a spreadsheet runs, after any invisible characters. Spreadsheets drop tabs and line breaks. */
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n\r])/u;

const csvRows = 200;

/** RFC 4180. Many rows at a time, because the library takes longer to start than to write a row. */
async function csvOf<Row>(
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  safeCsv: boolean,
  isTerminal: boolean,
): Promise<Iterable<SafeText>> {
  const { stringify } = await import("csv-stringify/sync");
  // A single empty cell would be an empty line, which many readers skip.
  const isNarrow = fields.length === 1;
  // A program gets names unchanged, a terminal only printable text.
  const cellOf = (value: Cell): Cell => {
    if (typeof value !== "string") return isNarrow ? (value ?? "") : value;
    const text = isTerminal ? printable(value) : value;
    return safeCsv && formula.test(text) ? `'${text}` : text;
  };
  const options = {
    record_delimiter: "\r\n",
    quoted_empty: isNarrow,
    cast: { boolean: String, bigint: String },
    // Some readers end a row at any of these.
    quoted_match: /[\r\n\v\f\u0085\u2028\u2029]/,
  };
  function* texts(): Generator<SafeText> {
    let lines = [fields.map(({ name }) => cellOf(name))];
    for (const row of rows) {
      lines.push(fields.map(({ value }) => cellOf(joinList(value(row)))));
      if (lines.length < csvRows) continue;
      yield trusted(stringify(lines, options));
      lines = [];
    }
    if (lines.length > 0) yield trusted(stringify(lines, options));
  }
  return texts();
}
