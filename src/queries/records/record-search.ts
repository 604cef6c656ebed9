// Which records words, numbers or addresses find, in brief: to choose one of them.
import type { Database } from "../../store/file/database.ts";
import {
  contractPagination,
  paginationKeys,
  type ContractPagination,
  pageOf,
  type Paging,
} from "../documents/paging.ts";
import { formsTogether } from "./copies.ts";
import type { Keys } from "../documents/document.ts";
import { findRecords, type Hit } from "../find/find-records.ts";

export interface SearchAnswer {
  /** Of the page. */
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly paging: Paging | null;
  /** The words begin no words: they were found inside words. */
  readonly areInside: boolean;
}

/** Copies of one album are one hit; exact titles first, then what is played most. */
export function ask(
  database: Database,
  { text, paging }: { readonly text: string; readonly paging: Paging | null },
): SearchAnswer {
  const { hits, alsoTitled, areInside } = findRecords(database, [text]);
  const all = [...hits, ...alsoTitled];
  return { hits: pageOf(all, paging), total: all.length, paging, areInside };
}

interface SearchDocument {
  readonly data: readonly {
    readonly id: number;
    readonly artist: string;
    readonly title: string;
    readonly form: string;
    readonly year: number | null;
    readonly play_count: number;
    readonly copies: number;
  }[];
  readonly pagination: ContractPagination;
}

export const keys: Keys<SearchDocument> = {
  data: {
    meaning: "an album each, exact titles first",
    each: {
      id: "the cache's own number of the record, stable over syncs",
      artist: "the credit as one reads it",
      title: "of the release",
      form: "LP, CD and the like, of all copies",
      year: "of the pressing; null when it is not known",
      play_count: "scrobbles of the album's tracks",
      copies: "how many on the shelf; the first stands for all",
    },
  },
  pagination: paginationKeys,
};

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
