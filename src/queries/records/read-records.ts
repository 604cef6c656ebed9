// Records with their matches, as questions read them: filtered, ordered, in pages, or by number.
import type { CoverPreview } from "../../model/cover-preview.ts";
import type { MatchType } from "../../model/model.ts";
import type { Database } from "../../store/file/database.ts";
import { unmatchedPlaysSql } from "../../store/plays/track-albums.ts";
import type { CoverAddress } from "../../store/shelf/stored-covers.ts";
import { iterateRows, listSql, rawSql, queryRows, sql, queryValues, type Sql } from "../../store/file/sql.ts";
import type { Paging } from "../documents/paging.ts";
import {
  costPerPlaySql,
  costPerSpinSql,
  buildRecordSource,
  buildWithSql,
} from "../statistics/play-counts.ts";
import { buildFilterSql, buildRecordsSql, type RecordFilter } from "../filters/record-filter.ts";
import { buildRecordOrderSql, type ListRequest, type RecordSort } from "./record-order.ts";

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
  /** Plays, last play and spins are those within the span, if there is one. */
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
  /** The last play of all time. */
  readonly lastEverPlayedUts: number | null;
  /** null if too few tracks are known, or without the listening history. */
  readonly spins: number | null;
  /** The price that the user paid, in hundredths of the currency; null if there is none. */
  readonly paidCents: number | null;
  readonly currency: string | null;
  /** The cost of all time, in hundredths too. null without a price, or without a spin or play. */
  readonly costPerSpinCents: number | null;
  readonly costPerPlayCents: number | null;
  /** Plays of the artist's other albums; null if the artist is a placeholder. */
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
  /** The date as Discogs sends it. */
  readonly dateAdded: string | null;
  /** The most played credited album, as the chart spells it. */
  readonly albumTitle: string | null;
  readonly albumArtist: string | null;
  /** Plays of its songs that were scrobbled without their album, of all time. No other figure includes them. */
  readonly strayPlays: number;
}

export interface RecordQuery extends ListRequest<RecordSort> {
  readonly filter: RecordFilter;
}

/** Records by number, in this order. */
export interface RecordIds extends Omit<RecordQuery, "paging"> {
  readonly ids: readonly number[];
}

/**
 * Records in a total order. Only the rows of the page are read in full, so a page of a large shelf is as fast as one of
 * a small shelf. Without paging, the rows are read one at a time.
 */
export function* listRecords(database: Database, query: RecordQuery | RecordIds): Generator<RecordRow> {
  for (const row of readRows<StoredRow>(database, query, fullColumns, fullTables)) {
    const { artistNames, genres, styles } = row;
    yield {
      ...row,
      artistNames: parseTextList(artistNames),
      genres: parseTextList(genres),
      styles: parseTextList(styles),
    };
  }
}

/** Like listRecords, with only the columns that a table line needs. */
export function listBriefs(
  database: Database,
  query: RecordQuery | RecordIds,
): IterableIterator<RecordBrief> {
  return readRows(database, query, rawSql(""), rawSql(""));
}

/** The numbers of the records on the page. */
function readPageIds(database: Database, query: RecordQuery, { page, limit }: Paging): number[] {
  const { filter } = query;
  const rest = sql`ORDER BY ${buildRecordOrderSql(query, filter)} LIMIT ${limit} OFFSET ${(page - 1) * limit}`;
  return queryValues<number>(database)`${buildRecordsSql(database, filter, rawSql("match.record_id"), rest)}`;
}

/** Records that are not on the shelf are left out. */
export function readRecordsById(database: Database, ids: readonly number[]): ReadonlyMap<number, RecordRow> {
  const rows = listRecords(database, { filter: {}, sort: "plays", ids });
  return new Map(Array.from(rows, (row) => [row.id, row]));
}

export function findRecordById(database: Database, id: number): RecordRow | undefined {
  return readRecordsById(database, [id]).get(id);
}

const chunkSize = 500;

/** Each item with the columns of its record, in chunks, so that a shelf of 100,000 records need not fit in memory. */
export function joinRecords<Item extends { readonly recordId: number }>(
  database: Database,
  items: readonly Item[],
): Iterable<RecordRow & Item> {
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < items.length; from += chunkSize) {
        const some = items.slice(from, from + chunkSize);
        const ids = some.map(({ recordId }) => recordId);
        const records = readRecordsById(database, ids);
        for (const item of some) {
          const record = records.get(item.recordId);
          // A literal with two spreads takes four times as long for rows of this width.
          if (record !== undefined) yield Object.assign({}, record, item);
        }
      }
    },
  };
}

/** Lists are stored as JSON. */
type StoredRow = Omit<RecordRow, ListName> & Readonly<Record<ListName, string>>;
type ListName = "artistNames" | "genres" | "styles";

function readRows<Row>(
  database: Database,
  query: RecordQuery | RecordIds,
  others: Sql,
  otherTables: Sql,
): IterableIterator<Row> {
  const { filter } = query;
  const { definitions, tables, plays, lastPlayed, spins } = buildRecordSource(filter);
  const columns = sql`
    record.id AS id, release.id AS releaseId, release.artist AS artist, release.title AS title, release.year AS year,
    release.original_year AS originalYear, release.form AS form, release.kind AS kind,
    record.added_uts AS addedUts, record.rating AS rating, match.type AS matchType,
    match.confidence AS confidence, match.decided_by AS decidedBy, ${plays} AS playCount,
    ${lastPlayed} AS lastPlayedUts, match.last_played_uts AS lastEverPlayedUts, ${spins} AS spins, record.paid_cents AS paidCents,
    record.currency AS currency, ${costPerSpinSql} AS costPerSpinCents, ${costPerPlaySql} AS costPerPlayCents,
    match.artist_plays AS artistPlays ${others}`;
  const head = sql`${buildWithSql(definitions)} SELECT ${columns}`;
  const ids = "ids" in query ? query.ids : query.paging && readPageIds(database, query, query.paging);
  if (ids === null) {
    const where = buildFilterSql(database, filter);
    return iterateRows<Row>(database)`
      ${head} FROM ${tables} ${otherTables} WHERE ${where} ORDER BY ${buildRecordOrderSql(query, filter)}`;
  }
  return iterateRows<Row>(database)`
    ${head} FROM json_each(${JSON.stringify(ids)}) AS wanted JOIN ${tables} ${otherTables}
    WHERE match.record_id = wanted.value ORDER BY wanted.key`;
}

const buildFirstLabelSql = (column: string): string =>
  `(SELECT ${column} FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)`;

const fullColumns = rawSql(`,
  release.master_id AS masterId, release.genres AS genres, release.styles AS styles, release.cover_url AS coverUrl,
  cover_preview.thumbhash AS thumbhash, cover_preview.dominant_color AS dominantColour, cover_preview.accent_color AS accentColour,
  (SELECT json_group_array(name) FROM (
     SELECT name FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artistNames,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  ${buildFirstLabelSql("name")} AS label, ${buildFirstLabelSql("catalog_number")} AS catalogNumber,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder, record.date_added AS dateAdded,
  album.title AS albumTitle, coalesce(album.artist, match.artist_name) AS albumArtist,
  ${unmatchedPlaysSql} AS strayPlays`);

const fullTables = rawSql(`LEFT JOIN album ON album.id = match.album_id
  LEFT JOIN cover ON cover.release_id = release.id LEFT JOIN cover_preview ON cover_preview.address = cover.address`);

/** Parses a column that holds a JSON list of texts. */
export function parseTextList(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}

/** The picture itself, if it is stored, is readCachedCover(directory, address). */
export interface RecordCover extends CoverAddress, CoverPreview {}

/** The covers that are known, by record number. */
export function readCovers(
  database: Database,
  recordIds: readonly number[],
): ReadonlyMap<number, RecordCover> {
  const rows = queryRows<RecordCover & { readonly id: number }>(database)`
    SELECT record.id AS id, cover_preview.source AS source, cover_preview.address AS address, thumbhash,
      dominant_color AS dominantColour, accent_color AS accentColour
    FROM record JOIN cover ON cover.release_id = record.release_id
    JOIN cover_preview ON cover_preview.address = cover.address WHERE record.id IN ${listSql(recordIds)}`;
  return new Map(rows.map(({ id, ...cover }) => [id, cover]));
}
