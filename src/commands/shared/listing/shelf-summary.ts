// The summary of the shelf: below every cross-reference on a terminal, and at the top of rewind stats.
import type { SafeText } from "../../../output/escape.ts";
import { gridLines } from "../../../output/grid.ts";
import { percent, thousands } from "../../../output/number-text.ts";
import type { Screen } from "../../../output/screen.ts";
import type { ShelfTotals } from "../../../queries/figures/breakdown.ts";
import { contractSummary } from "../../../queries/records/contract.ts";

/** The figures of the JSON's summary. `isOfSpan`: only the plays of a time count. */
export function summaryLines(totals: ShelfTotals, isOfSpan: boolean, screen: Screen): SafeText[] {
  const { records } = totals;
  const { total_matches: matched, unlistened_count: unplayed } = contractSummary(totals);
  const played = records - unplayed;
  const names = isOfSpan ? ["Played", "Not played"] : ["Played", "Never played"];
  const rows = [
    ["Records", "Matched", ...names],
    [
      thousands(records),
      thousands(matched),
      `${thousands(played)} (${percent(played, records)})`,
      thousands(unplayed),
    ],
  ];
  return gridLines({ rows, columns: rows[0]?.map(() => ({ align: "right" })) ?? [], hasRule: true }, screen);
}
