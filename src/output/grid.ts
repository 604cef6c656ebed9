// The only importer of cli-table3: small tables of numbers and short words, whose width it measures right. Names of artists
// and titles don't belong here, since it measures some scripts and newer emoji wrongly.
import Table from "cli-table3";
import { toPrintable, type SafeText } from "./safe-text.ts";
import { measureWidth } from "./width.ts";
import { type Terminal, toTerminalText } from "./terminal.ts";

export interface GridColumn {
  readonly align: "left" | "right";
  /** The fewest terminal columns; default: as wide as its longest cell. */
  readonly width?: number;
}

interface Grid {
  readonly columns: readonly GridColumn[];
  /** The first row is the header. */
  readonly rows: readonly (readonly string[])[];
  /** true: a thin rule below the header, and two spaces between the columns. */
  readonly hasRule?: boolean;
}

/** A line for each row, without spaces at its end. */
export function renderGrid(
  { columns, rows, hasRule = false }: Grid,
  screen: Pick<Terminal, "unicode">,
): SafeText[] {
  const [head = [], ...body] = rows;
  const gap = hasRule ? "  " : "";
  const none = { top: "", "top-mid": "", "top-left": "", "top-right": "", left: "", right: "", middle: gap };
  const foot = { bottom: "", "bottom-mid": "", "bottom-left": "", "bottom-right": "" };
  const rule = { mid: hasRule ? "─" : "", "mid-mid": gap, "left-mid": "", "right-mid": "" };
  const table = new Table({
    head: [...head],
    chars: { ...none, ...foot, ...rule },
    colAligns: columns.map(({ align }) => align),
    colWidths: columns.map(({ width = 0 }, at) =>
      rows.reduce((most, row) => Math.max(most, measureWidth(toPrintable(row[at] ?? ""))), width),
    ),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0, compact: true },
  });
  for (const row of body) table.push([...row]);
  return table
    .toString()
    .split("\n")
    .map((line) => toTerminalText(line.trimEnd(), screen));
}
