// A record with its match, as questions read it.
import type { MatchType } from "../../model/model.ts";
import { strayPlaysOfRelease } from "../../store/plays/track-albums.ts";
import { costPerPlay, costPerSpin, lastPlayedOf, spinsOf, type PlayScope } from "../figures/record-source.ts";

/** The columns that a table line needs. */
export interface RecordBrief {
  readonly id: number;
  readonly releaseId: number;
  /** The credit in one line. */
  readonly artist: string;
  readonly title: string;
  readonly year: number | null;
  readonly form: string;
  readonly kind: string;
  readonly addedUts: number | null;
  readonly rating: number;
  readonly matchType: MatchType;
  readonly confidence: number;
  readonly decidedBy: "matcher" | "user";
  /** The year in which the album was first released; null if unknown. */
  readonly originalYear: number | null;
  /** With a span, plays, last play and spins are those within it. */
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  /** null if too few tracks are known, or without the listening history. */
  readonly spins: number | null;
  /** What the user paid, in hundredths of the currency; null if there is no price. */
  readonly paidCents: number | null;
  readonly currency: string | null;
  /** Of all time, in hundredths too. null without a price, or without a spin or play. */
  readonly costPerSpinCents: number | null;
  readonly costPerPlayCents: number | null;
  /** Plays of the artist's other albums. Only read for the order by them. */
  readonly artistPlays: number | null;
}

export interface RecordRow extends RecordBrief {
  readonly masterId: number | null;
  /** Names as in the database, including disambiguation numbers. */
  readonly artistNames: readonly string[];
  /** The name of the first format; null if there is none. */
  readonly format: string | null;
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly coverUrl: string | null;
  /** Base64, and two colours as #rrggbb. null until the cover was fetched. */
  readonly thumbhash: string | null;
  readonly dominantColour: string | null;
  readonly accentColour: string | null;
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly folder: string | null;
  /** As Discogs sends it. */
  readonly dateAdded: string | null;
  /** The most played credited album, as the chart spells it. */
  readonly albumTitle: string | null;
  readonly albumArtist: string | null;
  /** Plays of its songs that were scrobbled without their album, of all time. No other figure includes them. */
  readonly strayPlays: number;
}

export interface StoredRow extends Omit<RecordRow, "artistNames" | "genres" | "styles"> {
  readonly artistNames: string;
  readonly genres: string;
  readonly styles: string;
}

const firstLabel = (column: string): string =>
  `(SELECT ${column} FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)`;

export const briefColumns = (scope: PlayScope): string => `
  record.id AS id, release.id AS releaseId, release.artist AS artist, release.title AS title, release.year AS year,
  release.original_year AS originalYear, release.form AS form, release.kind AS kind, record.added_uts AS addedUts, record.rating AS rating,
  match.type AS matchType, match.confidence AS confidence, match.decided_by AS decidedBy,
  ${lastPlayedOf(scope)} AS lastPlayedUts, ${spinsOf(scope)} AS spins,
  record.paid_cents AS paidCents, record.currency AS currency, ${costPerSpin} AS costPerSpinCents,
  ${costPerPlay} AS costPerPlayCents`;

export const otherColumns = `
  release.master_id AS masterId, release.genres AS genres, release.styles AS styles, release.cover_url AS coverUrl,
  picture.thumbhash AS thumbhash, picture.dominant_color AS dominantColour, picture.accent_color AS accentColour,
  (SELECT json_group_array(name) FROM (
     SELECT name FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artistNames,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  ${firstLabel("name")} AS label, ${firstLabel("catalog_number")} AS catalogNumber,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder, record.date_added AS dateAdded,
  album.title AS albumTitle, coalesce(album.artist, match.artist_name) AS albumArtist,
  ${strayPlaysOfRelease} AS strayPlays`;

export const withOthers = `LEFT JOIN album ON album.id = match.album_id
  LEFT JOIN cover ON cover.release_id = release.id LEFT JOIN picture ON picture.address = cover.address`;

export function fromRow(row: StoredRow): RecordRow {
  return {
    ...row,
    artistNames: textsIn(row.artistNames),
    genres: textsIn(row.genres),
    styles: textsIn(row.styles),
  };
}

/** Parses a column that holds a JSON list of texts. */
export function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
