// What the lists of programs that know the hosted API have in common: things by number and name, and how they are asked for.
import type { Paging } from "./paging.ts";

export interface NamedThing {
  readonly id: number;
  readonly name: string;
}

/** A page at Last.fm, by the names of what it shows. */
export function pageOfNames(...names: readonly string[]): string {
  const parts = names.map((name) =>
    encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+"),
  );
  return `https://www.last.fm/music/${parts.join("/")}`;
}

export interface ListQuestion<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}
