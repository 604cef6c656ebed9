// What is on the wantlist, the newest wish first.
import { bareArtistName } from "../names.ts";
import type { Database } from "../store/database.ts";
import { contractPagination, paginationKeys, type ContractPagination } from "./contract.ts";
import type { Paging } from "./cross-reference.ts";
import type { Keys } from "./document.ts";
import { allOf, holds } from "./filters/condition.ts";
import { foldedWords } from "./words.ts";

const orders = {
  date_added: ["added_uts", "fold(title)"],
  title: ["fold(title)", "fold(artist)"],
  year: ["year", "fold(title)"],
} as const;

export type WantSort = keyof typeof orders;
export const wantSorts = Object.keys(orders) as WantSort[];

export interface WantlistQuestion {
  /** Releases whose artist or title holds them all. */
  readonly words: readonly string[];
  readonly sort: WantSort;
  readonly isDescending: boolean;
  /** null: everything. */
  readonly paging: Paging | null;
}

interface WantRow {
  readonly releaseId: number;
  readonly title: string;
  readonly artistNames: string;
  readonly year: number | null;
  readonly formats: string;
  readonly genres: string;
  readonly rating: number;
  readonly dateAdded: string | null;
  readonly notes: string;
}

export interface WantlistAnswer {
  readonly rows: readonly WantRow[];
  readonly total: number;
  readonly paging: Paging | null;
}

/** In a total order; what is not known comes last. */
export function ask(
  database: Database,
  { words, sort, isDescending, paging }: WantlistQuestion,
): WantlistAnswer {
  const where = allOf(
    foldedWords(words).map((word) => holds("release.artist || ' ' || release.title", word)),
  );
  const direction = isDescending ? "DESC" : "ASC";
  const [first, second] = orders[sort];
  const { limit, offset } =
    paging === null
      ? { limit: -1, offset: 0 }
      : { limit: paging.limit, offset: (paging.page - 1) * paging.limit };
  const from = `FROM want JOIN release ON release.id = want.release_id WHERE ${where.sql}`;
  const rows = database
    .prepare<unknown[], WantRow>(
      `SELECT release.id AS releaseId, title, release.year AS year, genres, want.rating AS rating,
         want.date_added AS dateAdded, notes,
         (SELECT json_group_array(name) FROM (
            SELECT name FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artistNames,
         (SELECT json_group_array(name) FROM (
            SELECT name FROM release_format WHERE release_id = release.id ORDER BY position)) AS formats
       ${from}
       ORDER BY ${first} IS NULL, ${first} ${direction}, ${second}, release.id LIMIT ? OFFSET ?`,
    )
    .all(...where.parameters, limit, offset);
  const total = database
    .prepare<unknown[], number>(`SELECT count(*) ${from}`)
    .pluck()
    .get(...where.parameters);
  return { rows, total: total ?? 0, paging };
}

interface WantlistDocument {
  readonly data: readonly {
    readonly id: number;
    readonly discogs_id: number;
    readonly title: string;
    readonly artists: readonly string[];
    readonly year: number | null;
    readonly formats: readonly string[];
    readonly genres: readonly string[];
    readonly discogs_url: string;
    readonly notes: string | null;
    readonly rating: number;
    readonly date_added: string | null;
  }[];
  readonly pagination: ContractPagination;
}

export const keys: Keys<WantlistDocument> = {
  data: {
    meaning: "a release each",
    each: {
      id: "of the release at Discogs: a wish has no number of its own",
      discogs_id: "the same",
      title: "of the release",
      artists: "their names as in the database, without a number like (2)",
      year: "of the pressing; null when it is not known",
      formats: "names of the formats",
      genres: "Discogs' genres",
      discogs_url: "of the release's page",
      notes: "yours; null when there are none",
      rating: "yours, 1 to 5; 0 is not rated",
      date_added: "to the wantlist, as Discogs sends it, with its offset; null when it is not known",
    },
  },
  pagination: paginationKeys,
};

export function document({ rows, total, paging }: WantlistAnswer): WantlistDocument {
  return {
    data: rows.map((row) => ({
      id: row.releaseId,
      discogs_id: row.releaseId,
      title: row.title,
      artists: textsOf(row.artistNames).map(bareArtistName),
      year: row.year,
      formats: textsOf(row.formats),
      genres: textsOf(row.genres),
      discogs_url: `https://www.discogs.com/release/${row.releaseId}`,
      notes: row.notes === "" ? null : row.notes,
      rating: row.rating,
      date_added: row.dateAdded,
    })),
    pagination: contractPagination(paging, total),
  };
}

function textsOf(json: string): string[] {
  return (JSON.parse(json) as unknown[]).map(String);
}
