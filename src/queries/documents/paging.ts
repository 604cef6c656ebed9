// Rows of a list: made while they are read, and a page of them.
import type { ContractPagination } from "./shared-fields.ts";

export interface Paging {
  readonly page: number;
  readonly limit: number;
}

export function pageOf<Item>(items: readonly Item[], paging: Paging | null): readonly Item[] {
  return paging === null ? items : items.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
}

/** paging null: everything on one page. */
export function contractPagination(paging: Paging | null, total: number): ContractPagination {
  if (paging === null) return { page: 1, limit: total, total, total_pages: total === 0 ? 0 : 1 };
  return { ...paging, total, total_pages: Math.ceil(total / paging.limit) };
}

/** Maps rows lazily. The result can be iterated as often as `rows`. */
export function mapped<Row, Made>(rows: Iterable<Row>, make: (row: Row) => Made): Iterable<Made> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield make(row);
    },
  };
}

/** A list of the hosted API. */
export interface ListQuestion<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}
