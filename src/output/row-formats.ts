// Writes a list as CSV, TSV, NDJSON, JSON or Markdown, one row at a time, so that a shelf of 100,000 records need not
// fit in memory.

import { createChunkWriter, type Sink } from "./stream.ts";
import { toPrintable, safe, type SafeText, markSafe } from "./safe-text.ts";
import { encodeJson } from "./json.ts";
import { getFullCell, type CellValue, type Column, type Field, type OutputFormat } from "./field.ts";

type RowFormat = Exclude<OutputFormat, "table" | "box" | "markdown">;

/**
 * The whole list, with a header if the form has one. If the form has no lists, list values are joined by "; ". JSON is
 * one array of objects. Names are unchanged, except on a terminal. `safeCsv` puts an apostrophe before a CSV cell that a
 * spreadsheet would run as a formula.
 */
export async function writeListing<Row>(
  sink: Sink,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  { as, safeCsv = false }: { readonly as: RowFormat; readonly safeCsv?: boolean },
): Promise<void> {
  const texts =
    as === "csv" ? renderCsv(fields, rows, safeCsv, sink.screen.isTerminal) : formats[as](fields, rows);
  await writeAll(sink, texts);
}

/** The columns of a table, uncut. */
export async function writeMarkdown<Row>(
  sink: Sink,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<void> {
  function* renderLines(): Generator<SafeText> {
    yield renderMarkdownLine(columns.map(({ header }) => escapeMarkdown(header)));
    yield renderMarkdownLine(columns.map(({ numeric }) => (numeric === true ? "---:" : "---")));
    for (const row of rows) {
      yield renderMarkdownLine(
        columns.map((column) => escapeMarkdown(getFullCell(column, row, { unicode: true }))),
      );
    }
  }
  await writeAll(sink, renderLines());
}

async function writeAll(sink: Sink, texts: Iterable<SafeText>): Promise<void> {
  const chunks = createChunkWriter(sink);
  for (const text of texts) {
    const isWritten = chunks.add(text);
    if (isWritten !== undefined) await isWritten;
  }
  await chunks.end();
}

/** A whole number that JSON readers would round becomes text. */
const toJsonValue = (value: CellValue) => (typeof value === "bigint" ? String(value) : value);

type RowRenderer = <Row>(fields: readonly Field<Row>[], rows: Iterable<Row>) => Generator<SafeText>;

/** A new format needs a row. */
const formats: Readonly<Record<Exclude<RowFormat, "csv">, RowRenderer>> = {
  *tsv(fields, rows) {
    yield renderTsvLine(fields.map(({ name }) => name));
    for (const row of rows) yield renderTsvLine(fields.map(({ value }) => joinList(value(row))));
  },
  *ndjson(fields, rows) {
    for (const row of rows) yield safe`${renderJsonRow(fields, row)}\n`;
  },
  *json(fields, rows) {
    let isEmpty = true;
    for (const row of rows) {
      yield safe`${isEmpty ? safe`[` : safe`,`}\n${renderJsonRow(fields, row)}`;
      isEmpty = false;
    }
    yield isEmpty ? safe`[]\n` : safe`\n]\n`;
  },
};

function renderJsonRow<Row>(fields: readonly Field<Row>[], row: Row): SafeText {
  return encodeJson(Object.fromEntries(fields.map(({ name, value }) => [name, toJsonValue(value(row))])));
}

type Cell = string | number | bigint | boolean | null;

function joinList(value: CellValue): Cell {
  return typeof value === "object" && value !== null ? value.join("; ") : value;
}

/** TSV has no quoting, so a tab or line break becomes a space. */
function renderTsvLine(cells: readonly Cell[]): SafeText {
  return markSafe(`${cells.map((cell) => toPrintable(String(cell ?? ""))).join("\t")}\n`);
}

function renderMarkdownLine(cells: readonly string[]): SafeText {
  return markSafe(`| ${cells.join(" | ")} |\n`);
}

/** Escapes everything that Markdown would interpret. */
export function escapeMarkdown(text: string): SafeText {
  return markSafe(
    toPrintable(text)
      .replace(/[\\`*_[\]|~$#!]/g, "\\$&")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;"),
  );
}

/** Text that a spreadsheet runs, after any invisible characters. Spreadsheets drop tabs and line breaks. */
const formulaPattern =
  /^(?:[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n\r])/u;

/** A comma, a quote, or what some readers take for the end of a row. */
const quotedPattern = /[",\r\n\v\f\u0085\u2028\u2029]/;

/** RFC 4180. A program gets names unchanged, a terminal only printable text. */
function* renderCsv<Row>(
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  safeCsv: boolean,
  isTerminal: boolean,
): Generator<SafeText> {
  // A single empty cell would be an empty line, which many readers skip.
  const empty = fields.length === 1 ? '""' : "";
  const renderCell = (value: CellValue): string => {
    const cell = joinList(value) ?? "";
    if (typeof cell !== "string") return String(cell);
    const printable = isTerminal ? toPrintable(cell) : cell;
    const text = safeCsv && formulaPattern.test(printable) ? `'${printable}` : printable;
    if (quotedPattern.test(text)) return `"${text.replaceAll('"', '""')}"`;
    return text === "" ? empty : text;
  };
  const renderLine = (values: readonly CellValue[]): SafeText =>
    markSafe(`${values.map(renderCell).join(",")}\r\n`);
  yield renderLine(fields.map(({ name }) => name));
  for (const row of rows) yield renderLine(fields.map(({ value }) => value(row)));
}
