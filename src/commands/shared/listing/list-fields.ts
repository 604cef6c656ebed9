// Fields and columns that many lists share.
import { localDay } from "../../../output/dates.ts";
import type { Column, Field } from "../../../output/field.ts";
import type { TerminalStyle } from "../../../output/terminal-style.ts";
import { isoSeconds } from "../../../model/times.ts";

export function countField<Row>(
  name: string,
  header: string,
  value: (row: Row) => number | null,
  dropOrder?: number,
): Field<Row> {
  const column = { header, cell: (row: Row) => value(row) ?? "", numeric: true, dropOrder };
  return { name, value, numeric: true, column: () => column };
}

/** A time: the local day in tables, ISO 8601 in UTC for programs. */
export function dayField<Row>(
  name: string,
  header: string,
  uts: (row: Row) => number | null,
  dropOrder?: number,
): Field<Row> {
  return {
    name,
    value: (row) => isoSeconds(uts(row)),
    column: () => ({ header, cell: (row) => localDay(uts(row)), dropOrder }),
  };
}

/** Columns in the order of `names`. Those in `requested` stay even on a narrow screen. */
export function namedColumns<Row>(
  fields: readonly Field<Row>[],
  names: readonly string[],
  style: TerminalStyle,
  requested: readonly string[] = [],
): Column<Row>[] {
  return names.flatMap((name) => {
    const column = fields.find((field) => field.name === name)?.column?.(style);
    if (column === undefined) return [];
    return [requested.includes(name) ? { ...column, dropOrder: undefined } : column];
  });
}
