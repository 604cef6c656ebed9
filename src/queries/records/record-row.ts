// A record with all that was found about it, as the questions read it.
import type { MatchType } from "../../model/model.ts";
import { strayPlaysOfRelease } from "../../store/plays/track-albums.ts";
import { lastPlayedOf, spinsOf, type PlayScope } from "../figures/record-source.ts";

/** What a line of a table needs of a record. */
export interface RecordBrief {
  readonly id: number;
  readonly releaseId: number;
  /** The credit as one reads it. */
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
  /** In which the album first came out; null where nobody said so. */
  readonly originalYear: number | null;
  /** Plays, last play and spins are those within the span that was asked for, if one was. */
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  /** Sittings with half of an album; null where too few tracks are known, and while the history is not there. */
  readonly spins: number | null;
  /** Plays of the artist's other albums; only where that is the order. */
  readonly artistPlays: number | null;
}

/** A record with all that was found about it. */
export interface RecordRow extends RecordBrief {
  readonly masterId: number | null;
  /** Names as in the database, disambiguation numbers included. */
  readonly artistNames: readonly string[];
  /** Name of the first format; null when there is none. */
  readonly format: string | null;
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly coverUrl: string | null;
  /** Of its cover, where one was fetched: base64, and two colours as #rrggbb. */
  readonly thumbhash: string | null;
  readonly dominantColour: string | null;
  readonly accentColour: string | null;
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly folder: string | null;
  /** As Discogs sends it. */
  readonly dateAdded: string | null;
  /** As the chart spells them; the most played of the credited albums. */
  readonly albumTitle: string | null;
  readonly albumArtist: string | null;
  /** Plays of its songs without their album, of all time: no other figure counts them. */
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
  ${lastPlayedOf(scope)} AS lastPlayedUts, ${spinsOf(scope)} AS spins`;

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

/** What a column holds that is a list in JSON. */
export function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
