// The exact JSON shape of GET /v1/collecting/cross-reference. No field may be missing, and none may be added.
import { toIsoOrNull } from "../../model/times.ts";
import type { CollectionTotals } from "../statistics/stats-by-dimension.ts";
import type { JsonCollection, JsonRow, JsonPeriod } from "../documents/shared-fields.ts";
import type { JsonSummary } from "../documents/record-documents.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import type { ChartAlbum } from "../find/find-albums.ts";
import type { RecordRow } from "./read-records.ts";
import type { Period } from "../conditions/period.ts";

export { toIsoOrNull };

export function toJsonRow(row: RecordRow): JsonRow {
  return {
    collection: toJsonCollection(row),
    listening: {
      album_name: row.albumTitle,
      artist_name: row.albumArtist,
      play_count: row.playCount,
      last_played: toIsoOrNull(row.lastEverPlayedUts),
      match_type: row.matchType,
      match_confidence: row.confidence,
    },
  };
}

export function toJsonCollection(row: RecordRow): JsonCollection {
  return {
    id: row.id,
    discogs_id: row.releaseId,
    title: row.title,
    artists: row.artistNames.map(stripArtistSuffix),
    year: row.year,
    format: row.format?.trim() || "Unknown",
    genres: row.genres,
    styles: row.styles,
    image:
      row.coverUrl === null
        ? null
        : {
            url: row.coverUrl,
            thumbhash: row.thumbhash,
            dominant_color: row.dominantColour,
            accent_color: row.accentColour,
          },
    date_added: row.dateAdded,
    rating: row.rating,
    discogs_url: `https://www.discogs.com/release/${row.releaseId}`,
  };
}

/** An album of the listening history. */
export function toJsonAlbum({ id, artist, title, playCount }: Omit<ChartAlbum, "lastPlayedUts" | "url">) {
  return { id, artist_name: artist, album_name: title, play_count: playCount };
}

/** Copies on the shelf. */
export function toJsonCopies(copies: readonly { readonly id: number; readonly form: string }[]) {
  return { record_ids: copies.map(({ id }) => id), forms: getDistinctForms(copies) };
}

/** Each form once, in the order of the copies. */
export function getDistinctForms(copies: readonly { readonly form: string }[]): string[] {
  return [...new Set(copies.map(({ form }) => form))];
}

/** The share of records with at least one play, to four decimals; 0 without records. */
export function computeListenRate({
  records,
  scrobbled,
}: Pick<CollectionTotals, "records" | "scrobbled">): number {
  return records === 0 ? 0 : Math.round((scrobbled / records) * 10_000) / 10_000;
}

export function toJsonSummary({ records, scrobbled, matchTypes }: CollectionTotals): JsonSummary {
  return {
    total_matches: records - matchTypes.none,
    listen_rate: computeListenRate({ records, scrobbled }),
    unlistened_count: records - scrobbled,
  };
}

export function toJsonPeriod(span: Period | null): JsonPeriod | null {
  if (span === null) return null;
  return { from: toIsoOrNull(span.fromUts), to: toIsoOrNull(span.toUts) };
}
