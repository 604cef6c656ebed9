// What the lists of the hosted API share: names with ids, and pages.
import type { PageNames } from "../../sources/services/remote-service.ts";
import { listeningServiceOf } from "../../sources/all-services.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import type { Paging } from "./paging.ts";

/** Returns a function that gives the page of an album or artist at the listening service. */
export function pagesOf(database: Database): (names: PageNames) => string {
  return listeningServiceOf(readAccounts(database)).traits.pageOf;
}

export interface ListQuestion<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}
