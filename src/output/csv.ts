// The door to csv-stringify, opened only where CSV is asked for.
import { stringify } from "csv-stringify/sync";

export interface CsvOptions {
  /** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
  readonly safe: boolean;
}

export type CsvCell = string | number | boolean | null;

/** Lines by RFC 4180, the end of the last included. */
export function csvLines(rows: readonly (readonly CsvCell[])[], { safe }: CsvOptions): string {
  return stringify(
    rows.map((cells) => [...cells]),
    {
      record_delimiter: "\r\n",
      escape_formulas: safe,
      cast: { boolean: String },
      // Some readers end a row at a lone carriage return.
      quoted_match: /\r/,
    },
  );
}
