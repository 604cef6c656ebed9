// The door to csv-parse, opened only for a CSV file.
import { Readable } from "node:stream";
import type { Info } from "csv-parse";
import { type Node, createRootNode } from "../../model/decode.ts";
import { type FileFormat, type RowFormat, emitPlay, type TextFile, UnreadableFile } from "./file-format.ts";
import { maxLineLength, readText } from "./file-text.ts";
import { describeContentError } from "./json-entries.ts";

/** The place where the rows of a file begin, and what separates their cells. */
export interface Table {
  readonly delimiter: string;
  /** The column names in lower case. */
  readonly columns: readonly string[];
  /** false: `columns` are not in the file. */
  readonly hasHeader: boolean;
  /** Lines count from 1. */
  readonly fromLine: number;
}

const delimiters = [",", ";", "\t", "|"];

/** Comments: Libre.fm's begin with # or its UTF-7 form. */
export function isComment(line: string): boolean {
  return /^(?:#|\+ACM-)/.test(line);
}

/** The header is the first line that is no comment. */
export function parseHeader(head: string): Table {
  const lines = head.split("\n");
  const at = Math.max(
    0,
    lines.findIndex((line) => line.trim() !== "" && !isComment(line)),
  );
  const header = lines[at] ?? "";
  const countCells = (delimiter: string): number => header.split(delimiter).length;
  const delimiter = delimiters.reduce((best, each) => (countCells(each) > countCells(best) ? each : best));
  const columns = normalizeColumns(header.replaceAll('"', "").split(delimiter));
  return { delimiter, columns, hasHeader: true, fromLine: at + 1 };
}

/** Returns true if the header has three cells or more, and the row below it as many: prose with commas has not. */
export function isTable(head: string): boolean {
  const { delimiter, columns, fromLine } = parseHeader(head);
  const [, row = ""] = head.split("\n").slice(fromLine - 1);
  return columns.length >= 3 && row.split(delimiter).length >= columns.length;
}

/** Returns true if the header has these columns, which are in lower case. */
export function hasColumns(head: string, columns: readonly string[]): boolean {
  const known = parseHeader(head).columns;
  return columns.every((column) => known.includes(column));
}

/** Apple's tables have 140. */
const maxColumns = 1_000;

/** Calls `each` with every row, as an object of the columns, which are in lower case. Throws UnreadableFile. */
export async function readCsv(
  file: TextFile,
  each: (row: Node) => void,
  { delimiter, columns, hasHeader, fromLine }: Table = parseHeader(file.head),
): Promise<void> {
  if (columns.length > maxColumns) {
    throw new UnreadableFile(file.name, null, `it has more than ${maxColumns} columns`);
  }
  const { CsvError, parse } = await import("csv-parse");
  const bounds = { nowMs: file.nowMs, isLoopback: false };
  const source = Readable.from(readText(file), { objectMode: false });
  const parser = parse({
    delimiter,
    from_line: fromLine,
    columns: hasHeader ? (header: string[]) => normalizeColumns(header) : [...columns],
    // Other programs write no quotes around cells of such files, so a quote is a part of a title.
    relax_quotes: delimiter === "\t",
    info: true,
    max_record_size: maxLineLength,
    skip_empty_lines: true,
  });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: object; info: Info }>) {
      try {
        each(createRootNode(record, bounds));
      } catch (error) {
        throw new UnreadableFile(file.name, info.lines, describeContentError("the row", error));
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFile(
      file.name,
      Number(error["lines"]) || null,
      describeExtraCells(error["record"], { delimiter, columns }) ??
        csvErrorTexts.get(error.code) ??
        "the row is not valid CSV: the file is damaged or was cut off",
    );
  } finally {
    source.destroy();
  }
}

/** null if the row has no more cells than the header. `cells`: undefined for other errors. */
function describeExtraCells(
  cells: unknown,
  { delimiter, columns }: Pick<Table, "delimiter" | "columns">,
): string | null {
  if (!Array.isArray(cells) || cells.length <= columns.length) return null;
  const sign = delimiter === "\t" ? "a tab" : `"${delimiter}"`;
  return `the row has ${cells.length} cells for ${columns.length} columns: a text with ${sign} needs quotes`;
}

/** A format with a play in each row. */
export function createCsvFormat(format: RowFormat): FileFormat {
  return {
    ...format,
    read: (file, sink) => readCsv(file, (row) => emitPlay(sink, format.readRow(row, file))),
  };
}

function normalizeColumns(header: readonly string[]): string[] {
  // Some headers carry the user's name: "Date#owl".
  return header.map((title) => title.trim().toLowerCase().replace(/#.*$/, ""));
}

const csvErrorTexts = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is never closed: the file was cut off"],
  ["CSV_MAX_RECORD_SIZE", "a row is too long for a listening history"],
]);
