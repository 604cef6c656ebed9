// The summary of the shelf: below every cross-reference on a terminal, and at the top of rewind stats.
import type { SafeText } from "../../../output/safe-text.ts";
import { renderGrid } from "../../../output/grid.ts";
import { formatPercent, formatNumber } from "../../../output/format-numbers.ts";
import { measureWidth } from "../../../output/width.ts";
import type { Terminal } from "../../../output/terminal.ts";
import type { CollectionTotals } from "../../../queries/statistics/stats-by-dimension.ts";
import { toJsonSummary } from "../../../queries/records/json-rows.ts";

/** The figures of the JSON's summary. `isOfSpan`: only the plays of a time count. */
export function renderSummary(totals: CollectionTotals, isOfSpan: boolean, screen: Terminal): SafeText[] {
  const { records } = totals;
  const { total_matches: matched, unlistened_count: unplayed } = toJsonSummary(totals);
  const played = records - unplayed;
  const [heard, unheard] = isOfSpan ? ["Played", "Not played"] : ["Played", "Never played"];
  const figures = [
    ["Records", formatNumber(records)],
    ["Matched", formatNumber(matched)],
    [heard, `${formatNumber(played)} (${formatPercent(played, records)})`],
    [unheard, formatNumber(unplayed)],
  ] as const;
  const rows = [figures.map(([name]) => name), figures.map(([, value]) => value)];
  const lines = renderGrid({ rows, columns: figures.map(() => ({ align: "right" })), hasRule: true }, screen);
  if (lines.every((line) => measureWidth(line) <= screen.width)) return lines;
  // A narrow terminal would break the lines.
  const pairs = figures.map(([name, value]) => [`${name}  `, value]);
  return renderGrid({ rows: pairs, columns: [{ align: "left" }, { align: "right" }] }, screen);
}
