// A list in pages, and what its document says of them.
import type { KeyMeaning } from "./document.ts";

export interface Paging {
  readonly page: number;
  readonly limit: number;
}

export function pageOf<Item>(items: readonly Item[], paging: Paging | null): readonly Item[] {
  return paging === null ? items : items.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
}

export interface ContractPagination {
  readonly page: number;
  readonly limit: number;
  readonly total: number;
  readonly total_pages: number;
}

/** The last key of a document that comes in pages. */
export const paginationKeys = {
  meaning: "which page of how many",
  isBrief: true,
  keys: {
    page: "the first is 1",
    limit: "rows a page",
    total: "rows of all pages",
    total_pages: "0 when there are no rows",
  },
} as const satisfies KeyMeaning<ContractPagination>;

/** paging null: everything on one page. */
export function contractPagination(paging: Paging | null, total: number): ContractPagination {
  if (paging === null) return { page: 1, limit: total, total, total_pages: total === 0 ? 0 : 1 };
  return { ...paging, total, total_pages: Math.ceil(total / paging.limit) };
}
