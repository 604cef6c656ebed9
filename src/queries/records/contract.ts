// The exact JSON shape of GET /v1/collecting/cross-reference. No key may be missing, none may be added.
import { isoTime, latestUts } from "../../model/local-days.ts";
import type { MatchType } from "../../model/model.ts";
import { bareArtistName } from "../../model/names.ts";
import type { RecordRow } from "./record-row.ts";
import type { Summary } from "./record-counts.ts";
import type { KeyMeaning, Keys } from "../documents/document.ts";
import type { Span } from "../conditions/span.ts";

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

/** The keys of ContractCollection. */
export const collectionKeys: Keys<ContractCollection> = {
  id: "the cache's own number of the record, stable over syncs",
  discogs_id: "of the release at Discogs",
  title: "of the release",
  artists: "their names as in the database, without a number like (2)",
  year: "of the pressing; null when it is not known",
  format: "name of the first format; Unknown when there is none",
  genres: "Discogs' genres",
  styles: "Discogs' styles",
  image: {
    meaning: "the cover; null when there is none",
    keys: {
      url: "Discogs' image",
      thumbhash: "a blurred preview, base64; null before sync --covers",
      dominant_color: "#rrggbb, of most of it; null before sync --covers",
      accent_color: "#rrggbb, the next that differs; null before sync --covers",
    },
  },
  date_added: "to the collection, as Discogs sends it, with its offset",
  rating: "yours, 1 to 5; 0 is not rated",
  discogs_url: "of the release's page",
};

const listeningKeys: Keys<ContractListening> = {
  album_name: "of the album at Last.fm, the most played edition; null when there is none",
  artist_name: "of that album, or of the artist alone; null when neither is known",
  play_count: "scrobbles of the album's tracks, all editions together",
  last_played: "the newest scrobble, or play that you noted, in UTC; null for never and for not known",
  match_type: "exact, fuzzy, artist_only, none",
  match_confidence: "1 exact, between .5 and 1 fuzzy, .5 the artist only, 0 none",
};

/** The keys of a row that begins with a record. */
export const rowKeys: Keys<ContractRow> = {
  collection: { meaning: "the record", isBrief: true, keys: collectionKeys },
  listening: { meaning: "what you played of it", isBrief: true, keys: listeningKeys },
};

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

export interface ContractSummary {
  readonly total_matches: number;
  readonly listen_rate: number;
  readonly unlistened_count: number;
}

export function contractSummary(summary: Summary): ContractSummary {
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

/** 2026-02-15T20:00:00Z; null for a time that has no such form, which nobody can have played at. */
export function isoSeconds(uts: number): string | null {
  return Math.abs(uts) <= latestUts ? isoTime(uts) : null;
}

export interface ContractSpan {
  readonly from: string | null;
  readonly to: string | null;
}

export const spanKeys = {
  meaning: "the time that the plays are of; null: all time",
  keys: {
    from: "its first moment, in UTC; null: the beginning",
    to: "the first moment after it; null: now",
  },
} as const satisfies KeyMeaning<ContractSpan>;

export function contractSpan(span: Span | null): ContractSpan | null {
  if (span === null) return null;
  return {
    from: span.fromUts === null ? null : isoSeconds(span.fromUts),
    to: span.toUts === null ? null : isoSeconds(span.toUts),
  };
}
