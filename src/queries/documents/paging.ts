// Rows of a list: made while they are read, and a page of them.
import type { JsonPagination } from "./shared-fields.ts";

export interface Paging {
  readonly page: number;
  readonly limit: number;
}

export function selectPage<Item>(items: readonly Item[], paging: Paging | null): readonly Item[] {
  return paging === null ? items : items.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
}

/** paging null: everything on one page. */
export function toJsonPagination(paging: Paging | null, total: number): JsonPagination {
  if (paging === null) return { page: 1, limit: total, total, total_pages: total === 0 ? 0 : 1 };
  return { ...paging, total, total_pages: Math.ceil(total / paging.limit) };
}

/** Maps rows lazily. The result can be iterated as often as `rows`. */
export function mapLazily<Row, Made>(rows: Iterable<Row>, make: (row: Row) => Made): Iterable<Made> {
  return {
    *[Symbol.iterator]() {
      for (const row of rows) yield make(row);
    },
  };
}

/** A list of the hosted API. */
export interface HostedListParameters<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}
