// The door to csv-stringify, opened only where CSV is asked for.
import { stringify } from "csv-stringify/sync";
import { printable, trusted, type SafeText } from "./escape.ts";

export interface CsvOptions {
  /** A cell that a spreadsheet would run as a formula gets an apostrophe in front. */
  readonly safe: boolean;
  /** Programs get names as they are; a terminal, what it can show. */
  readonly isTerminal: boolean;
}

export type CsvCell = string | number | bigint | boolean | null;

/** What spreadsheets run, whatever invisible stands before it; they drop tabs and line breaks themselves. */
const formula =
  /^(?:[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\n\r])/u;

/** Lines by RFC 4180, the end of the last included. */
export function csvLines(rows: readonly (readonly CsvCell[])[], { safe, isTerminal }: CsvOptions): SafeText {
  const textOf = (text: string): string => {
    const shown = isTerminal ? printable(text) : text;
    return safe && formula.test(shown) ? `'${shown}` : shown;
  };
  // A row of one empty cell would be an empty line, which many readers take for no row.
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
        // Some readers end a row at any of these, whatever ends ours.
        quoted_match: /[\r\n\v\f\u0085\u2028\u2029]/,
      },
    ),
  );
}
