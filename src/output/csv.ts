// The door to csv-stringify, opened only where CSV is asked for.
import { stringify } from "csv-stringify/sync";

export interface CsvOptions {
  /** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
  readonly safe: boolean;
}

/** One line by RFC 4180, its end included. */
export function csvLine(cells: readonly (string | number | boolean | null)[], { safe }: CsvOptions): string {
  return stringify([cells.map((cell) => (typeof cell === "boolean" ? String(cell) : cell))], {
    record_delimiter: "\r\n",
    escape_formulas: safe,
    // Some readers end a row at a lone carriage return.
    quoted_match: /\r/,
  });
}
