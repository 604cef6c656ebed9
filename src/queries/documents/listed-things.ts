// What the lists of programs that know the hosted API have in common: things by number and name, and how they are asked for.
import type { PageNames } from "../../sources/services/remote-service.ts";
import { listeningServiceOf } from "../../sources/service-lookup.ts";
import { readAccounts } from "../../store/file/cache-facts.ts";
import type { Database } from "../../store/file/database.ts";
import type { Paging } from "./paging.ts";

/** The pages of the service that the plays come from. */
export function pagesOf(database: Database): (names: PageNames) => string {
  return listeningServiceOf(readAccounts(database)).traits.pageOf;
}

export interface ListQuestion<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}
