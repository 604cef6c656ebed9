// The product's question: which of my records do I play, how often, when last, and which never.
import type { MatchType } from "../model.ts";
import type { Database } from "../store/database.ts";
import type { Kind } from "../kinds.ts";
import type { Condition } from "./filters/condition.ts";
import { condition, type RecordFilter } from "./filters/record-filter.ts";
import { orderBy, recordOrders, type RecordOrder } from "./record-order.ts";
import {
  isHeard,
  lastPlayedOf,
  playsOf,
  recordSource,
  spinsOf,
  withThese,
  type PlayScope,
} from "./record-source.ts";
import type { Span } from "./filters/span.ts";

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
  readonly label: string | null;
  readonly catalogNumber: string | null;
  readonly folder: string | null;
  /** As Discogs sends it. */
  readonly dateAdded: string | null;
  /** As the chart spells them; the most played of the credited albums. */
  readonly albumTitle: string | null;
  readonly albumArtist: string | null;
}

export interface Paging {
  readonly page: number;
  readonly limit: number;
}

export function pageOf<Item>(items: readonly Item[], paging: Paging | null): readonly Item[] {
  return paging === null ? items : items.slice((paging.page - 1) * paging.limit, paging.page * paging.limit);
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

const firstLabel = (column: string): string =>
  `(SELECT ${column} FROM release_label WHERE release_id = release.id ORDER BY position LIMIT 1)`;

const briefColumns = (scope: PlayScope): string => `
  record.id AS id, release.id AS releaseId, release.artist AS artist, release.title AS title, release.year AS year,
  release.original_year AS originalYear, release.form AS form, release.kind AS kind, record.added_uts AS addedUts, record.rating AS rating,
  match.type AS matchType, match.confidence AS confidence, match.decided_by AS decidedBy,
  ${lastPlayedOf(scope)} AS lastPlayedUts, ${spinsOf(scope)} AS spins`;

const otherColumns = `
  release.master_id AS masterId, release.genres AS genres, release.styles AS styles, release.cover_url AS coverUrl,
  (SELECT json_group_array(name) FROM (
     SELECT name FROM release_artist WHERE release_id = release.id ORDER BY position)) AS artistNames,
  (SELECT name FROM release_format WHERE release_id = release.id ORDER BY position LIMIT 1) AS format,
  ${firstLabel("name")} AS label, ${firstLabel("catalog_number")} AS catalogNumber,
  (SELECT name FROM folder WHERE id = record.folder_id) AS folder, record.date_added AS dateAdded,
  album.title AS albumTitle, coalesce(album.artist, match.artist_name) AS albumArtist`;

const withAlbum = "LEFT JOIN album ON album.id = match.album_id";

export interface RecordQuery {
  readonly filter: RecordFilter;
  readonly order: RecordOrder;
  /** null: everything. */
  readonly paging: Paging | null;
  /** These records in this order, whatever the filter, the order and the page. */
  readonly ids?: readonly number[];
}

/**
 * Records in a total order. Only the rows of the page are read in full, so that a page of a large shelf is as
 * quick as one of a small shelf; without paging the rows come one at a time.
 */
export function* listRecords(database: Database, query: RecordQuery): Generator<RecordRow> {
  const columns = `${briefColumns(query.filter)}, ${otherColumns}`;
  for (const row of select<Row>(database, query, columns, withAlbum)) yield fromRow(row);
}

/** As listRecords, with no more than a line of a table needs. */
export function listBriefs(database: Database, query: RecordQuery): IterableIterator<RecordBrief> {
  return select<RecordBrief>(database, query, briefColumns(query.filter), "");
}

function select<Result>(
  database: Database,
  { filter, order, paging, ids }: RecordQuery,
  columns: string,
  joins: string,
): IterableIterator<Result> {
  const source = recordSource(filter);
  const others = recordOrders[order.sort].brings?.expression ?? "NULL";
  const selected = `${columns}, ${playsOf(filter)} AS playCount, ${others} AS artistPlays`;
  if (ids !== undefined) {
    return database
      .prepare<unknown[], Result>(
        `${withThese(source.definitions)}
         SELECT ${selected} FROM json_each(?) AS wanted JOIN ${source.tables} ${joins}
         WHERE match.record_id = wanted.value ORDER BY wanted.key`,
      )
      .iterate(...source.parameters, JSON.stringify(ids));
  }
  const where = chosen(database, filter, order);
  const keys = orderBy(order, filter);
  const parameters = [...source.parameters, ...where.parameters];
  if (paging === null) {
    return database
      .prepare<unknown[], Result>(
        `${withThese(source.definitions)}
         SELECT ${selected} FROM ${source.tables} ${joins} WHERE ${where.sql} ORDER BY ${keys}`,
      )
      .iterate(...parameters);
  }
  // The order stands twice: only the few rows of the page are read in full.
  const page = `page AS MATERIALIZED (SELECT match.record_id AS page_id FROM ${source.tables}
    WHERE ${where.sql} ORDER BY ${keys} LIMIT ? OFFSET ?)`;
  return database
    .prepare<unknown[], Result>(
      `${withThese([...source.definitions, page])}
       SELECT ${selected} FROM page JOIN ${source.tables} ${joins}
       WHERE match.record_id = page.page_id ORDER BY ${keys}`,
    )
    .iterate(...parameters, paging.limit, (paging.page - 1) * paging.limit);
}

/** What the filter leaves; where it wants the first of each artist, these in an order. */
function chosen(database: Database, filter: RecordFilter, order: RecordOrder): Condition {
  const where = condition(database, filter);
  if (filter.perArtist === undefined) return where;
  return {
    sql: `match.record_id IN (SELECT id FROM (
      SELECT match.record_id AS id,
        row_number() OVER (PARTITION BY release.artist ORDER BY ${orderBy(order, filter)}) AS place
      FROM ${recordSource(filter).tables} WHERE ${where.sql}) WHERE place <= ?)`,
    parameters: [...where.parameters, filter.perArtist],
  };
}

/** What tells whether two records are copies of one album. */
export interface AlikeName {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  /** As it is kept; "" for what came since. */
  readonly editionKey: string;
  readonly playCount: number;
  readonly matchType: MatchType;
}

/** Of the records that the filter leaves those that are not alone in their edition key and their answer, in order. */
export function namesAlike(database: Database, { filter, order }: RecordQuery): IterableIterator<AlikeName> {
  const source = recordSource(filter);
  const where = condition(database, filter);
  const alike = `coalesce(release.edition_key, ''), ${playsOf(filter)}, match.type`;
  return database
    .prepare<unknown[], AlikeName>(
      `${withThese(source.definitions)}
       SELECT record.id AS id, release.artist AS artist, release.title AS title, release.form AS form,
         coalesce(release.edition_key, '') AS editionKey, ${playsOf(filter)} AS playCount, match.type AS matchType
       FROM ${source.tables} WHERE ${where.sql} AND (${alike}) IN (
         SELECT ${alike} FROM ${source.tables} WHERE ${where.sql} GROUP BY ${alike} HAVING count(*) > 1)
       ORDER BY ${orderBy(order, filter)}`,
    )
    .iterate(...source.parameters, ...where.parameters, ...where.parameters);
}

/** The records that the filter leaves. */
export function idsInOrder(database: Database, { filter, order }: RecordQuery): number[] {
  const source = recordSource(filter);
  const where = chosen(database, filter, order);
  return database
    .prepare<unknown[], number>(
      `${withThese(source.definitions)}
       SELECT match.record_id FROM ${source.tables} WHERE ${where.sql} ORDER BY ${orderBy(order, filter)}`,
    )
    .pluck()
    .all(...source.parameters, ...where.parameters);
}

/** How many records a filter leaves. */
export function countFiltered(database: Database, filter: RecordFilter): number {
  const source = recordSource(filter);
  // Whatever the order, as many are the first of their artist.
  const where = chosen(database, filter, { sort: "added" });
  const count = database
    .prepare<unknown[], number>(
      `${withThese(source.definitions)} SELECT count(*) FROM ${source.tables} WHERE ${where.sql}`,
    )
    .pluck()
    .get(...source.parameters, ...where.parameters);
  return count ?? 0;
}

/** How many records of each kind a filter leaves, the most first. */
export function countByKind(
  database: Database,
  filter: RecordFilter,
): { readonly kind: string; readonly records: number }[] {
  const source = recordSource(filter);
  const where = condition(database, filter);
  return database
    .prepare<unknown[], { kind: string; records: number }>(
      `${withThese(source.definitions)}
       SELECT release.kind AS kind, count(*) AS records FROM ${source.tables}
       WHERE ${where.sql} GROUP BY release.kind ORDER BY records DESC, kind`,
    )
    .all(...source.parameters, ...where.parameters);
}

export function recordById(database: Database, id: number): RecordRow | undefined {
  return recordsById(database, [id]).get(id);
}

/** In one statement; those that are not on the shelf are left out. */
export function recordsById(database: Database, ids: readonly number[]): ReadonlyMap<number, RecordRow> {
  const rows = database
    .prepare<[string], Row>(
      `SELECT ${briefColumns({})}, ${otherColumns}, match.play_count AS playCount, NULL AS artistPlays
       FROM json_each(?) AS wanted JOIN ${recordSource({}).tables} ${withAlbum} WHERE match.record_id = wanted.value`,
    )
    .all(JSON.stringify(ids));
  return new Map(rows.map((row) => [row.id, fromRow(row)]));
}

const chunk = 500;

/** Each item with its record in full, a chunk at a time: a shelf of 100 000 records needn't fit in memory. */
export function recordsOf<Item extends { readonly recordId: number }>(
  database: Database,
  items: readonly Item[],
): Iterable<Item & { readonly record: RecordRow }> {
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < items.length; from += chunk) {
        const some = items.slice(from, from + chunk);
        const records = recordsById(
          database,
          some.map(({ recordId }) => recordId),
        );
        for (const item of some) {
          const record = records.get(item.recordId);
          if (record !== undefined) yield { ...item, record };
        }
      }
    },
  };
}

/** Of the whole collection or its records of one kind, whatever filter and page; plays are those of the span, if given. */
export function summarize(
  database: Database,
  scope: { readonly during?: Span; readonly onlyKind?: Kind } = {},
): Summary {
  const source = recordSource(scope);
  const unlistened = `NOT ${isHeard(scope)}`;
  const kind = scope.onlyKind === undefined ? [] : [scope.onlyKind];
  const row = database
    .prepare<unknown[], Summary>(
      `${withThese(source.definitions)}
       SELECT count(*) AS records, coalesce(sum(match.type <> 'none'), 0) AS matched,
         coalesce(sum(${unlistened}), 0) AS unlistened
       FROM ${source.tables} WHERE ${kind.length === 0 ? "true" : "release.kind = ?"}`,
    )
    .get(...source.parameters, ...kind);
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
