// The summary of the shelf: below every cross-reference on a terminal, and at the top of rewind stats.
import type { SafeText } from "../../../output/safe-text.ts";
import { renderGrid } from "../../../output/grid.ts";
import { formatPercent, formatNumber } from "../../../output/format-numbers.ts";
import type { Terminal } from "../../../output/terminal.ts";
import type { CollectionTotals } from "../../../queries/statistics/stats-by-dimension.ts";
import { toJsonSummary } from "../../../queries/records/json-rows.ts";

/** The figures of the JSON's summary. `isOfSpan`: only the plays of a time count. */
export function renderSummary(totals: CollectionTotals, isOfSpan: boolean, screen: Terminal): SafeText[] {
  const { records } = totals;
  const { total_matches: matched, unlistened_count: unplayed } = toJsonSummary(totals);
  const played = records - unplayed;
  const names = isOfSpan ? ["Played", "Not played"] : ["Played", "Never played"];
  const rows = [
    ["Records", "Matched", ...names],
    [
      formatNumber(records),
      formatNumber(matched),
      `${formatNumber(played)} (${formatPercent(played, records)})`,
      formatNumber(unplayed),
    ],
  ];
  return renderGrid({ rows, columns: rows[0]?.map(() => ({ align: "right" })) ?? [], hasRule: true }, screen);
}
