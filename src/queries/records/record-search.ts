// Finds records by words, numbers or addresses, so that one can be chosen.
import type { SearchDocument } from "../documents/record-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { contractPagination, pageOf, type Paging } from "../documents/paging.ts";
import { formsTogether } from "./copies.ts";
import { findRecords, type Hit } from "../find/find-records.ts";

export interface SearchAnswer {
  /** On the page. */
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly paging: Paging | null;
  /** No word begins with the words; the hits contain them inside words. */
  readonly areInside: boolean;
}

/** Copies of one album are one hit. Exact titles first, then the most played. */
export function ask(
  database: Database,
  { text, paging }: { readonly text: string; readonly paging: Paging | null },
): SearchAnswer {
  const { hits, alsoTitled, areInside } = findRecords(database, [text]);
  const all = [...hits, ...alsoTitled];
  return { hits: pageOf(all, paging), total: all.length, paging, areInside };
}

export function document({ hits, total, paging }: SearchAnswer): SearchDocument {
  return {
    data: hits.map((hit) => {
      const [{ id, artist, title, year }] = hit;
      return {
        id,
        artist,
        title,
        form: formsTogether(hit),
        year,
        play_count: hit.reduce((most, { playCount }) => Math.max(most, playCount), 0),
        copies: hit.length,
      };
    }),
    pagination: contractPagination(paging, total),
  };
}
