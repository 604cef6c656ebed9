// The wantlist, with the plays of each want and the records of the same album; and in the shape of the hosted API.
import { type WantedPage, wantsSchema, type WantsDocument } from "../documents/album-documents.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import type { Database } from "../../store/file/database.ts";
import { findWantsByWords } from "../find/filter-by-words.ts";
import { readPublication } from "../../store/file/listings.ts";
import { toJsonCopies, toIsoOrNull } from "../records/json-rows.ts";
import { listSql, rawSql, queryRows, sql, queryValue, type Sql } from "../../store/file/sql.ts";
import { toJsonPagination, selectPage, type HostedListParameters } from "../documents/paging.ts";
import type { CopyReference } from "../statistics/ownership.ts";
import { parseTextList } from "../records/read-records.ts";
import { createListQuery } from "../parameters/list-query.ts";
import { orderParameters, ownership } from "../parameters/parameter.ts";
import type { ListRequest } from "../records/record-order.ts";
import { buildOrderSql, type OrderingTerm } from "../statistics/record-terms.ts";

interface WantOrder {
  /** The last key is unique. Years, artists and titles ascend, everything else descends. */
  readonly keys: readonly OrderingTerm[];
  /** The CSV name of the column that shows the sort value. */
  readonly column: string;
}

const plays = [rawSql("plays"), "DESC"] as const;
const lastPlayed = [rawSql("lastPlayedUts"), "DESC"] as const;
const addedAt = [rawSql("addedUts"), "DESC"] as const;
const artist = [rawSql("sort_key(artist)"), "ASC"] as const;
const title = [rawSql("sort_key(title)"), "ASC"] as const;
const year = [rawSql("year"), "ASC"] as const;
const releaseId = [rawSql("releaseId"), "ASC"] as const;

const table = {
  plays: { column: "play_count", keys: [plays, lastPlayed, addedAt, releaseId] },
  added: { column: "added_at", keys: [addedAt, releaseId] },
  artist: { column: "artist", keys: [artist, year, title, releaseId] },
  title: { column: "title", keys: [title, artist, year, releaseId] },
  year: { column: "year", keys: [year, artist, title, releaseId] },
  "last-played": { column: "last_played", keys: [lastPlayed, plays, addedAt, releaseId] },
} as const satisfies Readonly<Record<string, WantOrder>>;

export type WantSort = keyof typeof table;
export const wantOrders: Readonly<Record<WantSort, WantOrder>> = table;
const wantSorts = Object.keys(table) as WantSort[];

export interface WantsParameters extends ListRequest<WantSort> {
  /** All of them must be in artist and title. */
  readonly words: readonly string[];
  /** null: owned or not. */
  readonly isOwned: boolean | null;
}

export interface WantedRelease {
  readonly releaseId: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly year: number | null;
  readonly addedUts: number | null;
}

export interface WantRow extends WantedRelease {
  readonly plays: number;
  readonly lastPlayedUts: number | null;
  /** Copies of this release first, then other pressings, then boxes that are credited with the album. */
  readonly records: readonly CopyReference[];
  /** True if a copy of this exact release is owned. */
  readonly isOwnedOutright: boolean;
}

export type WantsResult = ReturnType<typeof queryWants>;

interface StoredWant extends Omit<WantRow, "records" | "isOwnedOutright"> {
  /** JSON: [record, form, 0 this release, 1 another pressing, 2 a box]. */
  readonly records: string;
}

function queryWants(database: Database, question: WantsParameters) {
  const { words, isOwned, sort, reverse, paging } = question;
  const named = words.length === 0 ? null : findWantsByWords(database, words);
  const where = named === null ? rawSql("true") : sql`release.id IN ${listSql([...named.ids])}`;
  const order = buildOrderSql(wantOrders[sort].keys, reverse);
  const all = queryRows<StoredWant>(database)`${buildWantsSql(where)} ORDER BY ${order}`
    .map(toWantRow)
    .filter(({ records }) => isOwned === null || records.length > 0 === isOwned);
  const publication = readPublication(database, "wantlist");
  return {
    question,
    /** How the words were read; null without words. */
    reading: named?.reading ?? null,
    /** The total of all pages. */
    total: all.length,
    owned: all.filter(({ records }) => records.length > 0).length,
    ownedOutright: all.filter(({ isOwnedOutright }) => isOwnedOutright).length,
    rows: selectPage(all, paging),
    /** The token may not see the wantlist. */
    isPrivate: publication?.detail.isPrivate === true,
    /** True if the wantlist was read to its end, if only to learn that it is private. */
    isSynced: publication !== undefined,
  };
}

/**
 * A record is another pressing if it has the same master, or is the same album and both or neither are singles. A want has
 * the plays of those records; if there are none, those of the albums with its name, but for a name of several masters those
 * that no record is credited with.
 */
function buildWantsSql(where: Sql): Sql {
  return sql`
    WITH wanted AS MATERIALIZED (
      SELECT release.*, want.added_uts AS added_uts, release.kind = 'single' AS is_single, release.edition_key AS key,
        release.album_key <> release.edition_key AS is_shared_name
      FROM want JOIN release ON release.id = want.release_id WHERE ${where}),
    shelved AS MATERIALIZED (
      SELECT record.id AS record_id, release.id AS release_id, master_id, kind = 'single' AS is_single, kind, form, album_key
      FROM record JOIN release ON release.id = record.release_id),
    heard AS MATERIALIZED (
      SELECT id AS album_id, edition_key AS key, play_count, last_played_uts FROM album
      WHERE edition_key IN (SELECT key FROM wanted)),
    same (want_id, record_id, how) AS MATERIALIZED (
      SELECT want_id, record_id, min(how) FROM (
        SELECT wanted.id AS want_id, record_id, 0 AS how FROM wanted JOIN shelved ON release_id = wanted.id
        UNION ALL
        SELECT wanted.id, record_id, 1 FROM wanted JOIN shelved USING (master_id)
        UNION ALL
        SELECT wanted.id, record_id, 1 FROM wanted JOIN shelved USING (album_key, is_single)
        UNION ALL
        SELECT wanted.id, shelved.record_id, 2 FROM wanted JOIN heard USING (key) JOIN album_match USING (album_id)
          JOIN shelved ON shelved.record_id = album_match.record_id AND shelved.kind = 'box')
      GROUP BY want_id, record_id),
    of_records AS MATERIALIZED (
      SELECT want_id, max(match.play_count) FILTER (WHERE how < 2) AS plays,
        max(match.last_played_uts) FILTER (WHERE how < 2) AS last_uts,
        json_group_array(json_array(record_id, form, how)) AS records
      FROM same JOIN shelved USING (record_id) JOIN match USING (record_id) GROUP BY want_id),
    of_albums AS MATERIALIZED (
      SELECT wanted.id AS want_id, sum(play_count) AS plays, max(heard.last_played_uts) AS last_uts
      FROM wanted JOIN heard USING (key)
      WHERE NOT (is_shared_name AND album_id IN (SELECT album_id FROM album_match)) GROUP BY wanted.id)
    SELECT wanted.id AS releaseId, artist, title, form, year, added_uts AS addedUts,
      coalesce(of_records.plays, of_albums.plays, 0) AS plays,
      iif(of_records.plays IS NULL, of_albums.last_uts, of_records.last_uts) AS lastPlayedUts,
      coalesce(records, '[]') AS records
    FROM wanted LEFT JOIN of_records ON of_records.want_id = wanted.id
      LEFT JOIN of_albums ON of_albums.want_id = wanted.id`;
}

function toWantRow({ records, ...want }: StoredWant): WantRow {
  const copies = (JSON.parse(records) as [id: number, form: string, how: number][]).toSorted(
    ([id, , how], [otherId, , otherHow]) => how - otherHow || id - otherId,
  );
  return {
    ...want,
    records: copies.map(([id, form]) => ({ id, form })),
    isOwnedOutright: copies[0]?.[2] === 0,
  };
}

function buildWantsDocument({ question, rows, total, owned, ownedOutright }: WantsResult): WantsDocument {
  return {
    data: rows.map((row) => ({
      ...toJsonWant(row),
      play_count: row.plays,
      last_played: toIsoOrNull(row.lastPlayedUts),
      owned: row.records.length > 0,
      owned_outright: row.isOwnedOutright,
      ...toJsonCopies(row.records),
    })),
    summary: { total, owned, owned_outright: ownedOutright },
    pagination: toJsonPagination(question.paging, total),
  };
}

const hostedKeys = {
  date_added: rawSql("want.added_uts"),
  title: rawSql("sort_key(release.title)"),
  year: rawSql("release.year"),
};

type HostedWantSort = keyof typeof hostedKeys;
export const hostedWantSorts = Object.keys(hostedKeys) as HostedWantSort[];

const buildNameListSql = (listTable: string): Sql =>
  rawSql(`(SELECT json_group_array(name) FROM (
    SELECT name FROM ${listTable} WHERE release_id = release.id ORDER BY position))`);

export function readWantedPage(
  database: Database,
  { sort, order, paging }: Omit<HostedListParameters<HostedWantSort>, "search">,
): WantedPage {
  const terms = [
    [hostedKeys[sort], order === "asc" ? "ASC" : "DESC"],
    [rawSql("want.release_id"), "ASC"],
  ] as const;
  const rows = queryRows<StoredItem>(database)`
    SELECT want.release_id AS id, want.release_id AS discogs_id, release.title AS title,
      ${buildNameListSql("release_artist")} AS artists, release.year AS year, ${buildNameListSql("release_format")} AS formats,
      release.genres AS genres, NULL AS image,
      'https://www.discogs.com/release/' || want.release_id AS discogs_url,
      nullif(want.notes, '') AS notes, want.rating AS rating, want.date_added AS date_added
    FROM want JOIN release ON release.id = want.release_id
    ORDER BY ${buildOrderSql(terms)} LIMIT ${paging.limit} OFFSET ${(paging.page - 1) * paging.limit}`;
  const total = queryValue(database, 0)`SELECT count(*) FROM want`;
  return {
    data: rows.map((want) => ({
      ...want,
      artists: parseTextList(want.artists).map(stripArtistSuffix),
      formats: parseTextList(want.formats),
      genres: parseTextList(want.genres),
    })),
    pagination: toJsonPagination(paging, total),
  };
}

/** A release on the wantlist. */
export function toJsonWant(want: WantedRelease) {
  return {
    release_id: want.releaseId,
    artist: want.artist,
    title: want.title,
    form: want.form,
    year: want.year,
    added_at: toIsoOrNull(want.addedUts),
  };
}

/** Lists are stored as JSON. */
type StoredItem = Omit<WantedPage["data"][number], ListName> & Readonly<Record<ListName, string>>;
type ListName = "artists" | "formats" | "genres";

export const wantsQuery = createListQuery({
  noun: "want",
  subject: null,
  parameters: { ...orderParameters(wantSorts, "plays"), owned: ownership },
  schema: wantsSchema,
  ask: (database, { filter, owned, ...values }) =>
    queryWants(database, { ...values, words: filter.words ?? [], isOwned: owned }),
  buildDocument: buildWantsDocument,
});
