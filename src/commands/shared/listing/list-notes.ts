// The footer of a list: pages and what to type for more. Also the sentences for empty lists.

import { counted, thousands } from "../../../output/number-text.ts";
import type { Paging } from "../../../queries/documents/paging.ts";
import { joinedSpan, spanOf } from "../../../queries/conditions/span.ts";
import type { HistoryState } from "../../../queries/figures/readiness.ts";
import type { Emptied } from "../../../queries/filters/record-filter.ts";

export function pageCount(paging: Paging | null, total: number): number {
  return paging === null ? 1 : Math.ceil(total / paging.limit);
}

/** "Page 2 of 9 (20 of 166 records)"; `share` is the part in parentheses. */
export function pageInWords({ page, limit }: Paging, total: number, share: string): string {
  return `Page ${thousands(page)} of ${thousands(Math.ceil(total / limit))} (${share})`;
}

/** "166 records", or "Page 2 of 9 (20 of 166 records)" if there are several pages. */
export function shownInWords(
  paging: Paging | null,
  { rowCount, total, noun }: { readonly rowCount: number; readonly total: number; readonly noun: string },
): string {
  const all = counted(total, noun);
  return paging === null || pageCount(paging, total) === 1
    ? all
    : pageInWords(paging, total, `${thousands(rowCount)} of ${all}`);
}

/** The hint for the next page. "" on the last one. */
export function nextPage(paging: Paging | null, total: number): string {
  return paging === null || paging.page >= pageCount(paging, total)
    ? ""
    : `next: --page ${paging.page + 1} or --all`;
}

/** The first line of a footer that names no things: "" unless there are several pages. */
export function pageParts(
  paging: Paging | null,
  { rowCount, total }: { readonly rowCount: number; readonly total: number },
): string[] {
  if (paging === null || pageCount(paging, total) <= 1) return [];
  return [
    pageInWords(paging, total, `${thousands(rowCount)} of ${thousands(total)}`),
    nextPage(paging, total),
  ];
}

/** Says why the named columns are empty, and what plays are. "" if the listening history is in the cache. */
export function historyNote(
  columns: string,
  {
    history,
    playsFrom,
    otherSources,
  }: { readonly history: HistoryState; readonly playsFrom: string; readonly otherSources: string },
): string {
  if (history === "complete") return "";
  const why =
    history === "hidden"
      ? `${columns}: unknown, because your listening history is hidden on ${playsFrom}`
      : `${columns}: not known yet. To fetch your listening history: rewind sync`;
  return otherSources === ""
    ? why
    : `${why}. Plays: the larger of ${playsFrom}'s count and that of ${otherSources}`;
}

const mostNamed = 3;

/** `noun` is what one line of the list would be: "record". */
export function nothingLeft(noun: string, { asked, without }: Emptied): string {
  if (asked.length < 2) return `No ${noun} fits ${asked[0] ?? "this filter"}.`;
  const together = `No ${noun} fits ${asked.slice(0, -1).join(", ")} and ${asked.at(-1) ?? ""} together`;
  const ways = without
    .slice(0, mostNamed)
    .map(({ name, rows: left }) => `${thousands(left)} without ${name}`);
  return ways.length === 0 ? `${together}, nor without any one of them.` : `${together}; ${ways.join(", ")}.`;
}

/** A hint for words that name a time and were meant for --during. */
export function timeHint(words: readonly string[]): string {
  const spanText = joinedSpan(words);
  return spanText === "" || spanOf(spanText, 0) === undefined
    ? ""
    : ` For the plays of that time: --during=${spanText}`;
}
