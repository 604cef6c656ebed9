// The exact JSON shape of GET /v1/collecting/cross-reference. No key may be missing, none may be added.
import type { MatchType } from "../model.ts";
import { plainName } from "../store/credit.ts";
import type { Paging, RecordRow, Summary } from "./cross-reference.ts";

interface ContractImage {
  readonly url: string;
  readonly thumbhash: string | null;
  readonly dominant_color: string | null;
  readonly accent_color: string | null;
}

export interface ContractCollection {
  readonly id: number;
  readonly discogs_id: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly year: number | null;
  readonly format: string;
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly image: ContractImage | null;
  readonly date_added: string | null;
  readonly rating: number | null;
  readonly discogs_url: string | null;
}

interface ContractListening {
  readonly album_name: string | null;
  readonly artist_name: string | null;
  readonly play_count: number | null;
  readonly last_played: string | null;
  readonly match_type: MatchType | null;
  readonly match_confidence: number | null;
}

export interface ContractRow {
  readonly collection: ContractCollection;
  readonly listening: ContractListening;
}

export function contractRow(row: RecordRow): ContractRow {
  return {
    collection: contractCollection(row),
    listening: {
      album_name: row.albumTitle,
      artist_name: row.albumArtist,
      play_count: row.playCount,
      last_played: row.lastPlayedUts === null ? null : isoSeconds(row.lastPlayedUts),
      match_type: row.matchType,
      match_confidence: row.confidence,
    },
  };
}

export function contractCollection(row: RecordRow): ContractCollection {
  return {
    id: row.id,
    discogs_id: row.releaseId,
    title: row.title,
    artists: row.artistNames.map(plainName),
    year: row.year,
    format: row.format ?? "Unknown",
    genres: row.genres,
    styles: row.styles,
    image:
      row.coverUrl === null
        ? null
        : { url: row.coverUrl, thumbhash: null, dominant_color: null, accent_color: null },
    date_added: row.dateAdded,
    rating: row.rating,
    discogs_url: `https://www.discogs.com/release/${row.releaseId}`,
  };
}

export function contractSummary(summary: Summary): {
  total_matches: number;
  listen_rate: number;
  unlistened_count: number;
} {
  return {
    total_matches: summary.matched,
    listen_rate: listenRate(summary),
    unlistened_count: summary.unlistened,
  };
}

/** Share of the records with at least one play, to four decimals; 0 for an empty collection. */
function listenRate({ records, unlistened }: Summary): number {
  return records === 0 ? 0 : Math.round(((records - unlistened) / records) * 10_000) / 10_000;
}

/** paging null: everything on one page. */
export function contractPagination(
  paging: Paging | null,
  total: number,
): { page: number; limit: number; total: number; total_pages: number } {
  if (paging === null) return { page: 1, limit: total, total, total_pages: total === 0 ? 0 : 1 };
  return { ...paging, total, total_pages: Math.ceil(total / paging.limit) };
}

/** The end of the year 9999. */
const latestUts = 253_402_300_799;

/** 2026-02-15T20:00:00Z; null for a time that has no such form, which nobody can have played at. */
export function isoSeconds(uts: number): string | null {
  if (!(Math.abs(uts) <= latestUts)) return null;
  return new Date(uts * 1000).toISOString().replace(".000Z", "Z");
}
