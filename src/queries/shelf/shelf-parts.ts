// The number of records by format, genre, artist and day.
import type { CollectedArtist, DayCounts, NamedCount } from "../documents/hosted-shelf-documents.ts";
import { bareArtistName } from "../../model/bare-names.ts";
import type { Database } from "../../store/file/database.ts";
import { spanOfYear } from "../conditions/span.ts";
import { dateOfDay, playsByDay } from "../figures/play-days.ts";

/** By the first format of the release. The largest first. */
export function countByFormat(database: Database): NamedCount[] {
  return database
    .prepare<[], NamedCount>(
      `SELECT coalesce((SELECT name FROM release_format WHERE release_id = record.release_id
         ORDER BY position LIMIT 1), 'Unknown') AS name, count(*) AS count
       FROM record GROUP BY 1 ORDER BY count DESC, name`,
    )
    .all();
}

/** The largest first. */
export function countByGenre(database: Database): NamedCount[] {
  return database
    .prepare<[], NamedCount>(
      `SELECT genre.value AS name, count(*) AS count
       FROM record JOIN release ON release.id = record.release_id, json_each(release.genres) AS genre
       GROUP BY 1 ORDER BY count DESC, name`,
    )
    .all();
}

/** Artists by the number of their releases on the shelf. The largest first. */
export function collectedArtists(database: Database, limit: number): CollectedArtist[] {
  return database
    .prepare<[number], { name: string; artistId: number | null; releases: number }>(
      `SELECT name, max(artist_id) AS artistId, count(DISTINCT release_id) AS releases FROM release_artist
       WHERE release_id IN (SELECT release_id FROM record)
       GROUP BY name ORDER BY releases DESC, name LIMIT ?`,
    )
    .all(limit)
    .map(({ name, artistId, releases }) => ({
      name: bareArtistName(name),
      discogs_id: artistId ?? 0,
      image_url: null,
      release_count: releases,
    }));
}

/** Records added on each local day of a year. */
export function recordsByDay(database: Database, year: number): DayCounts {
  const { fromUts, toUts } = spanOfYear(year, null);
  const days = new Map<string, number>();
  const added = database
    .prepare<[number, number], number>(
      "SELECT added_uts FROM record WHERE added_uts >= ? AND added_uts < ? ORDER BY added_uts",
    )
    .pluck();
  for (const uts of added.iterate(fromUts, toUts)) {
    const date = dateOfDay(uts);
    days.set(date, (days.get(date) ?? 0) + 1);
  }
  return dayCounts(
    year,
    [...days].map(([date, count]) => ({ date, count })),
  );
}

/** Plays on each local day of a year. */
export function playsByDate(database: Database, year: number): DayCounts {
  const days = playsByDay(database, spanOfYear(year, null));
  return dayCounts(
    year,
    days.map(({ fromUts, plays }) => ({ date: dateOfDay(fromUts), count: plays })),
  );
}

function dayCounts(year: number, days: DayCounts["days"]): DayCounts {
  const most = days.reduce((best, each) => (each.count > best.count ? each : best), {
    date: `${String(year).padStart(4, "0")}-01-01`,
    count: 0,
  });
  return { year, days, total: days.reduce((sum, { count }) => sum + count, 0), max_day: most };
}
