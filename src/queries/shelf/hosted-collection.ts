// The collection in the shape of the hosted API: items, figures, and counts by format, genre, artist and day.
import { isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { stripArtistSuffix } from "../../model/names.ts";
import { toIsoDay } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { countPublished } from "../../store/file/listings.ts";
import { createTracklistReader } from "../../store/shelf/tracklists.ts";
import { getYearPeriod, buildPeriodSql, type Period } from "../conditions/period.ts";
import { rawSql, queryOneRow, queryRows, queryValue, queryValues } from "../../store/file/sql.ts";
import { toJsonPagination } from "../documents/paging.ts";
import { buildMembersSql } from "../statistics/stats-by-dimension.ts";
import { countPlaysByDay } from "../statistics/calendar-periods.ts";
import { groupByKey } from "../../model/grouping.ts";
import { countFilteredRecords } from "../filters/record-filter.ts";
import { toJsonCollection } from "../records/json-rows.ts";
import { listRecords, findRecordById, type RecordQuery, type RecordRow } from "../records/read-records.ts";

export function readCollectionPage(database: Database, query: RecordQuery) {
  return {
    data: readHostedItems(database, [...listRecords(database, query)]),
    pagination: toJsonPagination(query.paging, countFilteredRecords(database, query.filter)),
  };
}

/** Returns undefined if the record is not on the shelf. */
export function readCollectionItem(database: Database, id: number) {
  const record = findRecordById(database, id);
  const [item] = record === undefined ? [] : readHostedItems(database, [record]);
  if (item === undefined) return undefined;
  const tracks = createTracklistReader(database)(item.discogs_id) ?? [];
  return {
    ...item,
    tracklist: tracks.map(({ position, title, durationSeconds }) => ({
      position,
      title,
      duration: durationSeconds === null ? "" : formatDuration(durationSeconds),
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
function formatDuration(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function readHostedItems(database: Database, records: readonly RecordRow[]) {
  const readJsonList = (releaseId: number, table: string, item: string): string =>
    queryValue(database, "[]")`SELECT json_group_array(${rawSql(item)}) FROM (
        SELECT * FROM ${rawSql(table)} WHERE release_id = ${releaseId} ORDER BY position)`;
  const format = `json_object('name', name, 'qty', CAST(quantity AS TEXT), 'text', text,
    'descriptions', json(descriptions))`;
  const label = "json_object('id', label_id, 'name', name, 'catno', catalog_number)";
  return records.map((record) => ({
    ...toJsonCollection(record),
    format_detail: readJsonList(record.releaseId, "release_format", format),
    label: readJsonList(record.releaseId, "release_label", label),
  }));
}

interface NamedCount {
  readonly name: string;
  readonly count: number;
}

const firstFormatSql = rawSql(
  "(SELECT nullif(trim(name), '') FROM release_format WHERE release_id = record.release_id ORDER BY position LIMIT 1)",
);

/** span: records added within it; null: all records. */
export function readCollectionStats(database: Database, span: Period | null, nowUts: number) {
  const addedUts = rawSql("record.added_uts");
  const year = getYearPeriod(new Date(nowUts * 1000).getFullYear(), null);
  const [row] = queryOneRow<
    Record<"total" | "vinyl" | "cd" | "cassette" | "thisYear", number> &
      Record<"oldest" | "newest", number | null>
  >(database)`
    SELECT count(*) AS total, count(*) FILTER (WHERE ${firstFormatSql} = 'Vinyl') AS vinyl,
      count(*) FILTER (WHERE ${firstFormatSql} IN ('CD', 'CDr')) AS cd,
      count(*) FILTER (WHERE ${firstFormatSql} = 'Cassette') AS cassette,
      min(release.year) AS oldest, max(release.year) AS newest,
      count(*) FILTER (WHERE ${buildPeriodSql(addedUts, year)}) AS thisYear
    FROM record JOIN release ON release.id = record.release_id WHERE ${buildPeriodSql(addedUts, span)}`;
  const { total, vinyl, cd, cassette } = row;
  const artists = countRecordsBy(database, "artist", span);
  const most = artists.find(({ name }) => !isPlaceholderArtist(name));
  return {
    total_items: total,
    by_format: { vinyl, cd, cassette, other: total - vinyl - cd - cassette },
    wantlist_count: countPublished(database, "wantlist"),
    unique_artists: artists.length,
    estimated_value: null,
    top_genre: countRecordsBy(database, "genre", span)[0]?.name ?? null,
    oldest_release_year: row.oldest,
    newest_release_year: row.newest,
    most_collected_artist:
      most === undefined ? null : { name: stripArtistSuffix(most.name), count: most.count },
    added_this_year: row.thisYear,
  };
}

/** Counts by the first format of the release. The largest comes first. */
export function countByFormat(database: Database): NamedCount[] {
  return queryRows<NamedCount>(
    database,
  )`SELECT coalesce(${firstFormatSql}, 'Unknown') AS name, count(*) AS count
    FROM record GROUP BY 1 ORDER BY count DESC, name`;
}

/** Counts the records added within the span. The largest part first. */
export function countRecordsBy(
  database: Database,
  name: "artist" | "genre",
  span: Period | null,
): NamedCount[] {
  return queryRows<NamedCount>(database)`
    SELECT value AS name, count(*) AS count FROM (${buildMembersSql(name, rawSql("record.id, record.added_uts"))})
    WHERE ${buildPeriodSql(rawSql("added_uts"), span)} AND value IS NOT NULL GROUP BY value ORDER BY count DESC, name`;
}

/** Artists by the number of their releases on the shelf. The largest first. */
export function readCollectedArtists(database: Database, limit: number) {
  return queryRows<{ name: string; artistId: number | null; releases: number }>(database)`
    SELECT name, max(artist_id) AS artistId, count(DISTINCT release_id) AS releases FROM release_artist
    WHERE release_id IN (SELECT release_id FROM record)
    GROUP BY name ORDER BY releases DESC, name LIMIT ${limit}`.map(({ name, artistId, releases }) => ({
    name: stripArtistSuffix(name),
    discogs_id: artistId ?? 0,
    image_url: null,
    release_count: releases,
  }));
}

/** Records added on each local day of a year. */
export function readRecordCalendar(database: Database, year: number) {
  const inYear = buildPeriodSql(rawSql("added_uts"), getYearPeriod(year, null));
  const added = queryValues<number>(database)`
    SELECT added_uts FROM record WHERE ${inYear} ORDER BY added_uts`;
  const days = Array.from(groupByKey(added, toIsoDay), ([date, { length }]) => ({ date, count: length }));
  return buildCalendar(year, days);
}

/** Plays on each local day of a year. */
export function readPlayCalendar(database: Database, year: number) {
  const played = countPlaysByDay(database, getYearPeriod(year, null));
  const days = played.map(({ name, plays }) => ({ date: name, count: plays }));
  return buildCalendar(year, days);
}

function buildCalendar(year: number, days: readonly { readonly date: string; readonly count: number }[]) {
  const first = { date: `${year}-01-01`, count: 0 };
  const most = days.reduce((best, each) => (each.count > best.count ? each : best), first);
  return { year, days, total: days.reduce((sum, { count }) => sum + count, 0), max_day: most };
}
