import type { SafeText } from "./escape.ts";

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
  readonly dropOrder?: number;
  /** The number to type for a row, which the next command needs: it never leaves. */
  readonly isKey?: true;
  /** What a row is called: where rows are stacked, it needs no header. */
  readonly isName?: true;
  /** Colour or link around the finished cell. */
  readonly paint?: (cell: SafeText, row: Row) => SafeText;
}
