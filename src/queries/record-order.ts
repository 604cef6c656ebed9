// In which order: each one total, so that all pages joined are the unpaged list.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { playsOf, spinsOf } from "./record-source.ts";
import type { Span } from "./filters/span.ts";

/** plays and added as the API orders them. */
export const recordSorts = [
  "plays",
  "added",
  "artist",
  "title",
  "year",
  "rating",
  "last-played",
  "confidence",
  "artist-plays",
  "spins",
] as const;
export type RecordSort = (typeof recordSorts)[number];

export interface RecordOrder {
  readonly sort: RecordSort;
  /** The other way round; what is not known stays last. */
  readonly reverse?: boolean;
}

/** An expression, its direction, and whether it may be NULL. */
type Key = readonly [expression: string, direction: "ASC" | "DESC", nulls?: "last"];

const added: Key = ["record.added_uts", "DESC", "last"];
const id: Key = ["record.id", "ASC"];
const artist: Key = ["sort_key(release.artist)", "ASC"];
const title: Key = ["sort_key(release.title)", "ASC"];
const year: Key = ["release.year", "ASC", "last"];
const lastPlayed: Key = ["match.last_played_uts", "DESC", "last"];

/** Titles and names from A to Z, years from the first on, everything else from the most or the newest on. */
function keysOf(sort: RecordSort, during: { readonly during?: Span }): readonly Key[] {
  const plays: Key = [playsOf(during), "DESC"];
  const mostPlayed = [plays, lastPlayed, added, id];
  const keys: Readonly<Record<RecordSort, readonly Key[]>> = {
    plays: mostPlayed,
    added: [added, id],
    artist: [artist, year, title, id],
    title: [title, artist, year, id],
    year: [year, artist, title, id],
    rating: [["record.rating", "DESC"], ...mostPlayed],
    "last-played": [lastPlayed, plays, added, id],
    confidence: [["match.confidence", "DESC"], ...mostPlayed],
    spins: [[spinsOf, "DESC", "last"], ...mostPlayed],
    "artist-plays": [["artist_plays(record.id)", "DESC", "last"], artist, year, title, id],
  };
  return keys[sort];
}

/** Over the tables of recordSource(). artist-plays needs defineArtistPlays() first. */
export function orderBy(
  database: Database,
  { sort, reverse = false }: RecordOrder,
  during: { readonly during?: Span },
): string {
  const sql = keysOf(sort, during)
    .map(([expression, direction, nulls]) => {
      const way = (direction === "ASC") !== reverse ? "ASC" : "DESC";
      return `${expression} ${way}${nulls === undefined ? "" : " NULLS LAST"}`;
    })
    .join(", ");
  if (sql.includes("sort_key(")) defineSortKey(database);
  return sql;
}

/** Names in the order of their letters, whatever their case and marks, without the article that begins them. */
function defineSortKey(database: Database): void {
  database.function("sort_key", { deterministic: true }, (text: unknown) =>
    fold(String(text)).replace(/^(the|an?) (?=.)/, ""),
  );
}
