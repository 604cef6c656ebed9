// One listing, several forms: rows go out one at a time, so that a shelf of 100 000 records needn't fit in memory.
import { createChunks } from "./chunks.ts";
import { printable, terminalSafeJson } from "./escape.ts";
import type { ListingForm } from "./listing-form.ts";
import type { Screen } from "./screen.ts";

export type FieldValue = string | number | boolean | null | readonly string[];

/** One column of the machine-readable forms. Names are promised: they are added to, never changed. */
export interface Field<Row> {
  readonly name: string;
  readonly value: (row: Row) => FieldValue;
  /** Stands right in Markdown. */
  readonly figures?: boolean;
}

/** Where a listing goes. */
export interface Sink {
  readonly screen: Pick<Screen, "isTerminal">;
  write(text: string): Promise<void>;
}

export interface WritingOptions {
  readonly as: Exclude<ListingForm, "table">;
  readonly safeCsv?: boolean;
}

/**
 * The whole listing with a header where the form has one. Lists in a cell are joined by "; " where the form has no
 * lists; json is one array of objects. Names stay as the services send them, except on a terminal.
 */
export async function writeListing<Row>(
  sink: Sink,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
  { as, safeCsv = false }: WritingOptions,
): Promise<void> {
  const names = fields.map(({ name }) => name);
  const valuesOf = (row: Row): FieldValue[] => fields.map((field) => field.value(row));
  if (as === "csv") {
    const shape = sink.screen.isTerminal ? shown : (cell: Cell): Cell => cell;
    const cells = function* cells(): Generator<Cell[]> {
      yield names;
      for (const row of rows) yield valuesOf(row).map((value) => shape(joined(value)));
    };
    return writeCsv(sink, cells(), safeCsv);
  }
  const chunks = createChunks(sink);
  for (const line of linesOf(as, fields, rows)) await chunks.add(line);
  await chunks.end();
}

function* linesOf<Row>(
  as: Exclude<ListingForm, "table" | "csv">,
  fields: readonly Field<Row>[],
  rows: Iterable<Row>,
): Generator<string> {
  const names = fields.map(({ name }) => name);
  const valuesOf = (row: Row): FieldValue[] => fields.map((field) => field.value(row));
  switch (as) {
    case "tsv":
      yield `${names.join("\t")}\n`;
      for (const row of rows) yield `${valuesOf(row).map(tsvCell).join("\t")}\n`;
      return;
    case "ndjson":
      for (const row of rows) yield `${jsonOf(names, valuesOf(row))}\n`;
      return;
    case "markdown":
      yield `| ${names.map(markdownCell).join(" | ")} |\n`;
      yield `| ${fields.map(({ figures }) => (figures === true ? "---:" : "---")).join(" | ")} |\n`;
      for (const row of rows) yield `| ${valuesOf(row).map(markdownCell).join(" | ")} |\n`;
      return;
    case "json": {
      let open = "[";
      for (const row of rows) {
        yield `${open}\n${jsonOf(names, valuesOf(row))}`;
        open = ",";
      }
      yield open === "[" ? "[]\n" : "\n]\n";
    }
  }
}

const csvRows = 200;

/** Many rows at a time: the library takes longer to start than to write a row. */
async function writeCsv(sink: Sink, rows: Iterable<Cell[]>, safe: boolean): Promise<void> {
  const { csvLines } = await import("./csv.ts");
  let held: Cell[][] = [];
  for (const row of rows) {
    held.push(row);
    if (held.length < csvRows) continue;
    await sink.write(csvLines(held, { safe }));
    held = [];
  }
  if (held.length > 0) await sink.write(csvLines(held, { safe }));
}

type Cell = string | number | boolean | null;

function joined(value: FieldValue): Cell {
  return typeof value === "object" && value !== null ? value.join("; ") : value;
}

function shown(cell: Cell): Cell {
  return typeof cell === "string" ? printable(cell) : cell;
}

/** TSV knows no quotes: a tab or line break in a name becomes a blank. */
function tsvCell(value: FieldValue): string {
  return printable(String(joined(value) ?? ""));
}

function jsonOf(names: readonly string[], values: readonly FieldValue[]): string {
  return terminalSafeJson(JSON.stringify(Object.fromEntries(names.map((name, at) => [name, values[at]]))));
}

/** Names are shown as they are, never taken for markup. */
function markdownCell(value: FieldValue): string {
  return tsvCell(value)
    .replace(/[\\`*_[\]|~$#!]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;");
}
