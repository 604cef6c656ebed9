// The collection as programs of the hosted API know it: items in full, the wantlist, and what the shelf holds of each.
import { bareArtistName } from "../names.ts";
import type { Database } from "../store/database.ts";
import { tracklistReader } from "../store/tracklists.ts";
import {
  contractCollection,
  contractPagination,
  type ContractCollection,
  type ContractPagination,
} from "./contract.ts";
import {
  countFiltered,
  listRecords,
  recordById,
  type Paging,
  type RecordQuery,
  type RecordRow,
} from "./cross-reference.ts";

export interface ShelfItem extends ContractCollection {
  /** JSON text: the formats, as Discogs lists them. */
  readonly format_detail: string;
  /** JSON text: the labels. */
  readonly label: string;
}

export interface ShelfItemInFull extends ShelfItem {
  readonly tracklist: readonly {
    readonly position: string;
    readonly title: string;
    readonly duration: string;
  }[];
  readonly country: null;
  readonly community_have: null;
  readonly community_want: null;
  readonly lowest_price: null;
  readonly num_for_sale: null;
  readonly notes: null;
}

export interface ShelfPage {
  readonly data: readonly ShelfItem[];
  readonly pagination: ContractPagination;
}

export function shelfPage(database: Database, query: RecordQuery): ShelfPage {
  return {
    data: itemsOf(database, [...listRecords(database, query)]),
    pagination: contractPagination(query.paging, countFiltered(database, query.filter)),
  };
}

/** undefined: no such record on the shelf. */
export function shelfItem(database: Database, id: number): ShelfItemInFull | undefined {
  const record = recordById(database, id);
  const [item] = record === undefined ? [] : itemsOf(database, [record]);
  if (item === undefined) return undefined;
  const tracks = tracklistReader(database)(item.discogs_id) ?? [];
  return {
    ...item,
    tracklist: tracks.map(({ position, title, durationSeconds }) => ({
      position,
      title,
      duration: durationSeconds === null ? "" : minutes(durationSeconds),
    })),
    country: null,
    community_have: null,
    community_want: null,
    lowest_price: null,
    num_for_sale: null,
    notes: null,
  };
}

/** "4:05" */
function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function itemsOf(database: Database, records: readonly RecordRow[]): ShelfItem[] {
  const formats = database
    .prepare<[number], string>(
      `SELECT json_group_array(json_object('name', name, 'qty', CAST(quantity AS TEXT), 'text', text,
         'descriptions', json(descriptions))) FROM (
         SELECT * FROM release_format WHERE release_id = ? ORDER BY position)`,
    )
    .pluck();
  const labels = database
    .prepare<[number], string>(
      `SELECT json_group_array(json_object('id', label_id, 'name', name, 'catno', catalog_number)) FROM (
         SELECT * FROM release_label WHERE release_id = ? ORDER BY position)`,
    )
    .pluck();
  return records.map((record) => {
    const { image, date_added, rating, discogs_url, genres, styles, ...head } = contractCollection(record);
    return {
      ...head,
      format_detail: formats.get(record.releaseId) ?? "[]",
      label: labels.get(record.releaseId) ?? "[]",
      genres,
      styles,
      image,
      date_added,
      rating,
      discogs_url,
    };
  });
}

export interface NamedCount {
  readonly name: string;
  readonly count: number;
}

/** How many records come in each format, by the first that its release names; the most first. */
export function countByFormat(database: Database): NamedCount[] {
  return database
    .prepare<[], NamedCount>(
      `SELECT coalesce((SELECT name FROM release_format WHERE release_id = record.release_id
         ORDER BY position LIMIT 1), 'Unknown') AS name, count(*) AS count
       FROM record GROUP BY 1 ORDER BY count DESC, name`,
    )
    .all();
}

/** How many records carry each genre; the most first. */
export function countByGenre(database: Database): NamedCount[] {
  return database
    .prepare<[], NamedCount>(
      `SELECT genre.value AS name, count(*) AS count
       FROM record JOIN release ON release.id = record.release_id, json_each(release.genres) AS genre
       GROUP BY 1 ORDER BY count DESC, name`,
    )
    .all();
}

export interface CollectedArtist {
  readonly name: string;
  readonly discogs_id: number;
  readonly image_url: null;
  readonly release_count: number;
}

/** Artists by how many releases of theirs are on the shelf; the most first. */
export function collectedArtists(database: Database, limit: number): CollectedArtist[] {
  return database
    .prepare<[number], { name: string; artistId: number | null; releases: number }>(
      `SELECT name, artist_id AS artistId, count(DISTINCT release_id) AS releases FROM release_artist
       WHERE release_id IN (SELECT release_id FROM record)
       GROUP BY coalesce(artist_id, name) ORDER BY releases DESC, name LIMIT ?`,
    )
    .all(limit)
    .map(({ name, artistId, releases }) => ({
      name: bareArtistName(name),
      discogs_id: artistId ?? 0,
      image_url: null,
      release_count: releases,
    }));
}

export interface DayCounts {
  readonly year: number;
  readonly days: readonly { readonly date: string; readonly count: number }[];
  readonly total: number;
  readonly max_day: { readonly date: string; readonly count: number };
}

/** Days of UTC on which something happened, in one year; expression: of unix seconds. */
export function dayCounts(
  database: Database,
  year: number,
  { table, expression }: { readonly table: string; readonly expression: string },
): DayCounts {
  const fromUts = Date.UTC(year, 0, 1) / 1000;
  const toUts = Date.UTC(year + 1, 0, 1) / 1000;
  const days = database
    .prepare<[number, number], { date: string; count: number }>(
      `SELECT date(${expression}, 'unixepoch') AS date, count(*) AS count FROM ${table}
       WHERE ${expression} >= ? AND ${expression} < ? GROUP BY 1 ORDER BY 1`,
    )
    .all(fromUts, toUts);
  const most = days.reduce((best, each) => (each.count > best.count ? each : best), {
    date: `${String(year).padStart(4, "0")}-01-01`,
    count: 0,
  });
  return { year, days, total: days.reduce((sum, { count }) => sum + count, 0), max_day: most };
}

export interface WantedItem {
  readonly id: number;
  readonly discogs_id: number;
  readonly title: string;
  readonly artists: readonly string[];
  readonly year: number | null;
  readonly formats: readonly string[];
  readonly genres: readonly string[];
  readonly image: null;
  readonly discogs_url: string;
  readonly notes: string | null;
  readonly rating: number;
  readonly date_added: string | null;
}

export interface WantedPage {
  readonly data: readonly WantedItem[];
  readonly pagination: ContractPagination;
}

export const wantSorts = ["date_added", "title", "year"] as const;

const wantKeys: Readonly<Record<(typeof wantSorts)[number], string>> = {
  date_added: "want.added_uts",
  title: "sort_key(release.title)",
  year: "release.year",
};

interface WantRow {
  readonly id: number;
  readonly title: string;
  readonly year: number | null;
  readonly artists: string;
  readonly formats: string;
  readonly genres: string;
  readonly notes: string;
  readonly rating: number;
  readonly dateAdded: string | null;
}

export function wantedPage(
  database: Database,
  {
    sort,
    order,
    paging,
  }: { readonly sort: (typeof wantSorts)[number]; readonly order: "asc" | "desc"; readonly paging: Paging },
): WantedPage {
  const rows = database
    .prepare<[number, number], WantRow>(
      `SELECT want.release_id AS id, release.title AS title, release.year AS year, release.genres AS genres,
         (SELECT json_group_array(name) FROM (SELECT name FROM release_artist WHERE release_id = release.id
            ORDER BY position)) AS artists,
         (SELECT json_group_array(name) FROM (SELECT name FROM release_format WHERE release_id = release.id
            ORDER BY position)) AS formats,
         want.notes AS notes, want.rating AS rating, want.date_added AS dateAdded
       FROM want JOIN release ON release.id = want.release_id
       ORDER BY ${wantKeys[sort]} ${order === "asc" ? "ASC" : "DESC"} NULLS LAST, want.release_id LIMIT ? OFFSET ?`,
    )
    .all(paging.limit, (paging.page - 1) * paging.limit);
  const total = database.prepare<[], number>("SELECT count(*) FROM want").pluck().get() ?? 0;
  return { data: rows.map(wantedItem), pagination: contractPagination(paging, total) };
}

function wantedItem({
  id,
  title,
  year,
  artists,
  formats,
  genres,
  notes,
  rating,
  dateAdded,
}: WantRow): WantedItem {
  return {
    id,
    discogs_id: id,
    title,
    artists: textsIn(artists).map(bareArtistName),
    year,
    formats: textsIn(formats),
    genres: textsIn(genres),
    image: null,
    discogs_url: `https://www.discogs.com/release/${id}`,
    notes: notes === "" ? null : notes,
    rating,
    date_added: dateAdded,
  };
}

function textsIn(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.map(String) : [];
}
