// The door to csv-parse, opened only for a CSV file.
import { Readable } from "node:stream";
import type { Info } from "csv-parse";
import { type Node, root } from "../../model/decode.ts";
import { type FileFormat, type RowFormat, takePlay, type TextFile, UnreadableFile } from "./file-format.ts";
import { maxLineLength, textOf } from "./file-text.ts";
import { complaintOf } from "./json-entries.ts";

interface CsvOptions {
  readonly delimiter?: string;
  /** The columns of a file without a header line. */
  readonly columns?: readonly string[];
  /** The line that begins the table, by the beginning of the file. */
  readonly fromLine?: (head: string) => number;
}

/** Apple's tables have 140. */
const maxColumns = 1_000;

/** Calls `each` with every row, as an object of the columns, which are in lower case. Throws UnreadableFile. */
export async function readCsv(
  file: TextFile,
  each: (row: Node) => void,
  { columns, delimiter = ",", fromLine }: CsvOptions = {},
): Promise<void> {
  const { CsvError, parse } = await import("csv-parse");
  const bounds = { nowMs: file.nowMs, isLoopback: false };
  const source = Readable.from(textOf(file), { objectMode: false });
  const parser = parse({
    delimiter,
    from_line: fromLine?.(file.head) ?? 1,
    columns: columns === undefined ? (header) => columnsIn(header, file.name) : [...columns],
    info: true,
    max_record_size: maxLineLength,
    skip_empty_lines: true,
  });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: object; info: Info }>) {
      try {
        each(root(record, bounds));
      } catch (error) {
        throw new UnreadableFile(file.name, info.lines, `the row ${complaintOf(error)}`);
      }
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new UnreadableFile(
      file.name,
      Number(error["lines"]) || null,
      words.get(error.code) ?? "the row is not valid CSV: the file is damaged or was cut off",
    );
  } finally {
    source.destroy();
  }
}

/** A format with a play in each row. */
export function csvFormat(format: RowFormat & CsvOptions): FileFormat {
  return {
    ...format,
    read: (file, sink) => readCsv(file, (row) => takePlay(sink, format.readRow(row, file)), format),
  };
}

function columnsIn(header: readonly string[], file: string): string[] {
  if (header.length > maxColumns)
    throw new UnreadableFile(file, null, `it has more than ${maxColumns} columns`);
  // Some headers carry the user's name: "Date#owl".
  return header.map((title) => title.trim().toLowerCase().replace(/#.*$/, ""));
}

const words = new Map([
  ["CSV_QUOTE_NOT_CLOSED", "a quote is never closed: the file was cut off"],
  ["CSV_MAX_RECORD_SIZE", "a row is too long for a listening history"],
]);
