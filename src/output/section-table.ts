// A small table within a screen: indented, with a header but without a rule.
import { safe, type SafeText } from "./escape.ts";
import type { Screen } from "./screen.ts";
import { tableLines, type Column } from "./table.ts";

/** Two blanks before each line. */
const indentWidth = 2;
/** Below this a table gives each row two lines and shows no header. */
const narrow = 50;
/** In a pipe nothing is cut. */
const endless = 100_000;

export function sectionTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
): SafeText[] {
  const width = screen.isTerminal ? screen.width - indentWidth : endless;
  const uncut = (column: Column<Row>): Column<Row> =>
    column.flexible === undefined || screen.isTerminal
      ? column
      : { ...column, flexible: { ...column.flexible, maxWidth: endless } };
  const lines = tableLines(columns.map(uncut), rows, { ...screen, width });
  return (width < narrow ? lines : lines.filter((_, at) => at !== 1)).map((line) => safe`  ${line}`);
}
