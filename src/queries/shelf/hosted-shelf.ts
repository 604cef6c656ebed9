// The collection in the shape of the hosted API: items, figures, and counts by format, genre, artist and day.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { bareArtistName } from "../../model/names.ts";
import { dateOfDay } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { countPublished } from "../../store/file/listings.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { spanOfYear, within, type Span } from "../conditions/span.ts";
import { plain, oneRowOf, rowsOf, valueOf, valuesOf } from "../../store/file/sql.ts";
import { contractPagination } from "../documents/paging.ts";
import { membersOf } from "../figures/breakdown.ts";
import { playsByDay } from "../figures/periods.ts";
import { groupedBy } from "../figures/played-most.ts";
import { countFiltered } from "../filters/record-filter.ts";
import { contractCollection } from "../records/contract.ts";
import { listRecords, recordById, type RecordQuery, type RecordRow } from "../records/read-records.ts";

export function shelfPage(database: Database, query: RecordQuery) {
  return {
    data: itemsOf(database, [...listRecords(database, query)]),
    pagination: contractPagination(query.paging, countFiltered(database, query.filter)),
  };
}

/** Returns undefined if the record is not on the shelf. */
export function shelfItem(database: Database, id: number) {
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

function itemsOf(database: Database, records: readonly RecordRow[]) {
  const listOf = (releaseId: number, table: string, item: string): string =>
    valueOf(database, "[]")`SELECT json_group_array(${plain(item)}) FROM (
        SELECT * FROM ${plain(table)} WHERE release_id = ${releaseId} ORDER BY position)`;
  const format = `json_object('name', name, 'qty', CAST(quantity AS TEXT), 'text', text,
    'descriptions', json(descriptions))`;
  const label = "json_object('id', label_id, 'name', name, 'catno', catalog_number)";
  return records.map((record) => ({
    ...contractCollection(record),
    format_detail: listOf(record.releaseId, "release_format", format),
    label: listOf(record.releaseId, "release_label", label),
  }));
}

interface NamedCount {
  readonly name: string;
  readonly count: number;
}

const firstFormat = plain(
  "(SELECT nullif(trim(name), '') FROM release_format WHERE release_id = record.release_id ORDER BY position LIMIT 1)",
);

/** span: records added within it; null: all records. */
export function shelfFigures(database: Database, span: Span | null, nowUts: number) {
  const addedUts = plain("record.added_uts");
  const year = spanOfYear(new Date(nowUts * 1000).getFullYear(), null);
  const [row] = oneRowOf<
    Record<"total" | "vinyl" | "cd" | "cassette" | "thisYear", number> &
      Record<"oldest" | "newest", number | null>
  >(database)`
    SELECT count(*) AS total, count(*) FILTER (WHERE ${firstFormat} = 'Vinyl') AS vinyl,
      count(*) FILTER (WHERE ${firstFormat} IN ('CD', 'CDr')) AS cd,
      count(*) FILTER (WHERE ${firstFormat} = 'Cassette') AS cassette,
      min(release.year) AS oldest, max(release.year) AS newest,
      count(*) FILTER (WHERE ${within(addedUts, year)}) AS thisYear
    FROM record JOIN release ON release.id = record.release_id WHERE ${within(addedUts, span)}`;
  const { total, vinyl, cd, cassette } = row;
  const artists = countBy(database, "artist", span);
  const most = artists.find(({ name }) => !isPlaceholderArtist(name));
  return {
    total_items: total,
    by_format: { vinyl, cd, cassette, other: total - vinyl - cd - cassette },
    wantlist_count: countPublished(database, "wantlist"),
    unique_artists: artists.length,
    estimated_value: null,
    top_genre: countBy(database, "genre", span)[0]?.name ?? null,
    oldest_release_year: row.oldest,
    newest_release_year: row.newest,
    most_collected_artist: most === undefined ? null : { name: bareArtistName(most.name), count: most.count },
    added_this_year: row.thisYear,
  };
}

/** By the first format of the release. The largest first. */
export function countByFormat(database: Database): NamedCount[] {
  return rowsOf<NamedCount>(database)`SELECT coalesce(${firstFormat}, 'Unknown') AS name, count(*) AS count
    FROM record GROUP BY 1 ORDER BY count DESC, name`;
}

/** Counts the records added within the span. The largest part first. */
export function countBy(database: Database, name: "artist" | "genre", span: Span | null): NamedCount[] {
  return rowsOf<NamedCount>(database)`
    SELECT value AS name, count(*) AS count FROM (${membersOf(name, plain("record.id, record.added_uts"))})
    WHERE ${within(plain("added_uts"), span)} AND value IS NOT NULL GROUP BY value ORDER BY count DESC, name`;
}

/** Artists by the number of their releases on the shelf. The largest first. */
export function collectedArtists(database: Database, limit: number) {
  return rowsOf<{ name: string; artistId: number | null; releases: number }>(database)`
    SELECT name, max(artist_id) AS artistId, count(DISTINCT release_id) AS releases FROM release_artist
    WHERE release_id IN (SELECT release_id FROM record)
    GROUP BY name ORDER BY releases DESC, name LIMIT ${limit}`.map(({ name, artistId, releases }) => ({
    name: bareArtistName(name),
    discogs_id: artistId ?? 0,
    image_url: null,
    release_count: releases,
  }));
}

/** Records added on each local day of a year. */
export function recordsByDay(database: Database, year: number) {
  const inYear = within(plain("added_uts"), spanOfYear(year, null));
  const added = valuesOf<number>(database)`
    SELECT added_uts FROM record WHERE ${inYear} ORDER BY added_uts`;
  const days = Array.from(groupedBy(added, dateOfDay), ([date, { length }]) => ({ date, count: length }));
  return dayCounts(year, days);
}

/** Plays on each local day of a year. */
export function playsByDate(database: Database, year: number) {
  const played = playsByDay(database, spanOfYear(year, null));
  const days = played.map(({ name, plays }) => ({ date: name, count: plays }));
  return dayCounts(year, days);
}

function dayCounts(year: number, days: readonly { readonly date: string; readonly count: number }[]) {
  const first = { date: `${year}-01-01`, count: 0 };
  const most = days.reduce((best, each) => (each.count > best.count ? each : best), first);
  return { year, days, total: days.reduce((sum, { count }) => sum + count, 0), max_day: most };
}
