// The exact JSON shape of GET /v1/collecting/cross-reference. No field may be missing, and none may be added.
import type { Kind } from "../../model/release-kinds.ts";
import { isoSeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { plain, rowsOf, sql } from "../conditions/sql.ts";
import { isHeard, recordSource, withThese } from "../figures/record-source.ts";
import type { ContractCollection, ContractRow, ContractSpan } from "../documents/shared-fields.ts";
import type { ContractSummary } from "../documents/record-documents.ts";
import { bareArtistName } from "../../model/names.ts";
import type { RecordRow } from "./read-records.ts";
import type { Span } from "../conditions/span.ts";

export { isoSeconds };

export function contractRow(row: RecordRow): ContractRow {
  return {
    collection: contractCollection(row),
    listening: {
      album_name: row.albumTitle,
      artist_name: row.albumArtist,
      play_count: row.playCount,
      last_played: isoSeconds(row.lastPlayedUts),
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
    artists: row.artistNames.map(bareArtistName),
    year: row.year,
    format: row.format ?? "Unknown",
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

export interface Summary {
  readonly records: number;
  /** Records whose match type is not none. */
  readonly matched: number;
  readonly unlistened: number;
}

/**
 * Covers the whole collection, or its records of one kind, whatever the filter and page. With a span, plays are those
 * of the span.
 */
export function summarize(
  database: Database,
  scope: { readonly during?: Span; readonly onlyKind?: Kind } = {},
): Summary {
  const { definitions, tables } = recordSource(scope);
  const where = scope.onlyKind === undefined ? plain("true") : sql`release.kind = ${scope.onlyKind}`;
  const [row] = rowsOf<Summary>(
    database,
    sql`${withThese(definitions)}
        SELECT count(*) AS records, coalesce(sum(match.type <> 'none'), 0) AS matched,
          coalesce(sum(NOT ${isHeard(scope)}), 0) AS unlistened
        FROM ${tables} WHERE ${where}`,
  );
  return row ?? { records: 0, matched: 0, unlistened: 0 };
}

export function contractSummary(summary: Summary): ContractSummary {
  return {
    total_matches: summary.matched,
    listen_rate: listenRate(summary),
    unlistened_count: summary.unlistened,
  };
}

/** The share of records with at least one play, to four decimals. 0 for an empty collection. */
function listenRate({ records, unlistened }: Summary): number {
  return records === 0 ? 0 : Math.round(((records - unlistened) / records) * 10_000) / 10_000;
}

export function contractSpan(span: Span | null): ContractSpan | null {
  if (span === null) return null;
  return {
    from: isoSeconds(span.fromUts),
    to: isoSeconds(span.toUts),
  };
}
