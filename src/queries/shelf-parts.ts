// What the shelf holds of each format, genre and artist, and what came on each day.
import { bareArtistName } from "../names.ts";
import type { Database } from "../store/database.ts";

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
