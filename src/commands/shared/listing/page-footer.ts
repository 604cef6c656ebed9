// What the footer of a list says of its pages.
import { thousands } from "../../../output/numbers.ts";
import type { Paging } from "../../../queries/documents/paging.ts";

/** 1 where everything is on one page. */
export function pageCount(paging: Paging | null, total: number): number {
  return paging === null ? 1 : Math.ceil(total / paging.limit);
}

/** "Page 2 of 9 (20 of 166 records)"; `share` says what of all is on it. */
export function pageInWords({ page, limit }: Paging, total: number, share: string): string {
  return `Page ${thousands(page)} of ${thousands(Math.ceil(total / limit))} (${share})`;
}

/** How to see more; "" on the last page. */
export function nextPage(paging: Paging | null, total: number): string {
  return paging === null || paging.page >= pageCount(paging, total)
    ? ""
    : `next: --page ${paging.page + 1} or --all`;
}
