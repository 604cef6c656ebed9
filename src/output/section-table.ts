// A small table within a screen: indented, with a header but without a rule.
import type { Column } from "./column.ts";
import { safe, type SafeText } from "./escape.ts";
import { isFitted, type Screen } from "./screen.ts";
import { openLines, tableLines } from "./table.ts";

/** Two blanks before each line. */
const indentWidth = 2;

export function sectionTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  screen: Screen,
  standing: { readonly hasHeader?: boolean } = {},
): SafeText[] {
  const lines = isFitted(screen)
    ? tableLines(
        columns,
        rows,
        { ...screen, width: screen.width - indentWidth },
        { ...standing, hasRule: false },
      )
    : openLines(columns, rows, screen, { ...standing, hasRule: false });
  return lines.map((line) => safe`  ${line}`);
}
