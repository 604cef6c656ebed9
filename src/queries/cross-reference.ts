// The product's question: which of my records do I play, how often, when last, and which never.
import type { MatchType } from "../model.ts";
import type { Database } from "../store/database.ts";
import { condition, type RecordFilter } from "./record-filter.ts";
import { orderBy, type RecordOrder } from "./record-order.ts";

/** A record with what was found about it, as listings need it. */
export interface RecordRow {
  readonly id: number;
  readonly releaseId: number;
  readonly masterId: number | null;
  readonly title: string;
  /** The credit as one reads it. */
  readonly artist: string;
  /** Names as in the database, disambiguation numbers included. */
  readonly artistNames: readonly string[];
  readonly year: number | null;
  /** Name of the first format; null when there is none. */
  readonly format: string | null;
  readonly form: string;
  readonly kind: string;
  readonly genres: readonly string[];
  readonly styles: readonly string[];
  readonly coverUrl: string | null;
  readonly dateAdded: string | null;
  readonly rating: number;
  readonly matchType: MatchType;
  readonly confidence: number;
  readonly decidedBy: "matcher" | "user";
  /** As Last.fm spells them; the most played of the credited albums. */
  readonly albumTitle: string | null;
  readonly albumArtist: string | null;
  readonly playCount: number;
  readonly lastPlayedUts: number | null;
}

export interface Paging {
  readonly page: number;
  readonly limit: number;
}

export interface Summary {
  /** Records of the whole collection. */
  readonly records: number;
  /** Those whose match type is not none. */
  readonly matched: number;
  readonly unlistened: number;
}

interface Row extends Omit<RecordRow, "artistNames" | "genres" | "styles"> {
  readonly artistNames: string;
  readonly genres: string;
  readonly styles: string;
}

const recordColumns = `
  record.id AS id, release.id AS releaseId, release.master_id AS masterId, release.title AS title,
  release.artist AS artist, release.year AS year, release.form AS form, release.kind AS kind,
  release.genres AS genres, release.styles AS styles, release.cover_url AS coverUrl,
  record.date_added AS dateAdded, record.rating AS rating,
  (SELECT json_group_array(name) FROM (
     SELECT name FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artistNames,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  match.type AS matchType, match.confidence AS confidence, match.decided_by AS decidedBy,
  album.title AS albumTitle, coalesce(album.artist, match.artist_name) AS albumArtist,
  match.play_count AS playCount, match.last_played_uts AS lastPlayedUts`;

/** Every record has a match once both sides are published. */
const recordTables = `
  record JOIN release ON release.id = record.release_id
  JOIN match ON match.record_id = record.id
  LEFT JOIN album ON album.id = match.album_id`;

/**
 * Records in a total order. Only the rows of the page are read in full, so that a page of a large shelf is as
 * quick as one of a small shelf; without paging the rows come one at a time.
 */
export function* listRecords(
  database: Database,
  query: { readonly filter: RecordFilter; readonly order: RecordOrder; readonly paging: Paging | null },
): Generator<RecordRow> {
  const where = condition(database, query.filter);
  const order = orderBy(query.order);
  const { limit, offset } =
    query.paging === null
      ? { limit: -1, offset: 0 }
      : { limit: query.paging.limit, offset: (query.paging.page - 1) * query.paging.limit };
  const rows = database
    .prepare<unknown[], Row>(
      `WITH page AS MATERIALIZED (
         SELECT record.id AS page_id, row_number() OVER (ORDER BY ${order}) AS place
         FROM record JOIN release ON release.id = record.release_id JOIN match ON match.record_id = record.id
         WHERE ${where.sql} ORDER BY place LIMIT ? OFFSET ?)
       SELECT ${recordColumns} FROM page JOIN ${recordTables}
       WHERE record.id = page.page_id ORDER BY place`,
    )
    .iterate(...where.parameters, limit, offset);
  for (const row of rows) yield fromRow(row);
}

/** How many records a filter leaves. */
export function countRecords(database: Database, filter: RecordFilter): number {
  const where = condition(database, filter);
  const count = database
    .prepare<unknown[], number>(
      `SELECT count(*) FROM record JOIN release ON release.id = record.release_id
       JOIN match ON match.record_id = record.id WHERE ${where.sql}`,
    )
    .pluck()
    .get(...where.parameters);
  return count ?? 0;
}

export function recordById(database: Database, id: number): RecordRow | undefined {
  const row = database
    .prepare<[number], Row>(`SELECT ${recordColumns} FROM ${recordTables} WHERE record.id = ?`)
    .get(id);
  return row === undefined ? undefined : fromRow(row);
}

/** Of the whole collection, whatever filter and page. */
export function summarize(database: Database): Summary {
  const row = database
    .prepare<[], Summary>(
      `SELECT count(*) AS records, coalesce(sum(type <> 'none'), 0) AS matched,
       coalesce(sum(play_count = 0), 0) AS unlistened FROM match`,
    )
    .get();
  return row ?? { records: 0, matched: 0, unlistened: 0 };
}

function fromRow(row: Row): RecordRow {
  return {
    ...row,
    artistNames: strings(row.artistNames),
    genres: strings(row.genres),
    styles: strings(row.styles),
  };
}

function strings(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
