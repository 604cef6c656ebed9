// A week, a month or a year of plays: compared with your usual, on the shelf and off it, with its special events.
import { computeDayStartAt, daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { findGaps } from "../albums/gaps.ts";
import { buildPeriodSql, type ClosedPeriod, type Period } from "../conditions/period.ts";
import { rawSql, sql, queryValue, queryRows, type Sql } from "../../store/file/sql.ts";
import type { JsonRecapRecord, RecapDocument } from "../documents/play-documents.ts";
import { countReviewItems } from "../review/review-items.ts";
import { findLongestStreak, countPlaysByMonth, findStreaks } from "../statistics/calendar-periods.ts";
import {
  countScrobbles,
  findFirstScrobbleUts,
  countPlaysByOwnership,
  buildFirstPlayedSql,
  buildRecordSource,
  recordSpinsSql,
  buildWithSql,
} from "../statistics/play-counts.ts";
import { sortByPlays } from "../statistics/played-items.ts";
import { hasOnlyPlays, requireHistory } from "../statistics/readiness.ts";
import { countFilteredRecords } from "../filters/record-filter.ts";
import { toIsoOrNull } from "../records/json-rows.ts";
import { readPlayedAlbums } from "../top/top-albums.ts";
import { queryTop } from "../top/top.ts";
import { groupByAlbum, keyColumns, type KeyedRecord } from "../statistics/same-album.ts";

export type RecapResult = ReturnType<typeof queryRecap>;

/** Spans of this length and longer compare months. */
const minLongSeconds = 92 * daySeconds;
/** The usual plays of spans up to this length come from the year before. */
const maxShortSeconds = 32 * daySeconds;
const maxTopRows = 5;
const maxGaps = 20;

/** Throws NotReadyError without a complete listening history. */
export function queryRecap(
  database: Database,
  { span: openSpan, nowUts }: { readonly span: Period; readonly nowUts: number },
) {
  requireHistory(database, "Plays within a span");
  const firstUts = findFirstScrobbleUts(database, null) ?? nowUts;
  const span = closePeriod(openSpan, { firstUts, nowUts });
  const isLong = span.toUts - span.fromUts > minLongSeconds;
  const albums = readPlayedAlbums(database, span);
  const usual = { sort: "plays", hidden: false, paging: null } as const;
  const hasRecords = !hasOnlyPlays(database);
  const gaps = hasRecords ? findGaps(database, { ...usual, filter: { during: span }, nowUts }, albums) : [];
  const own = albums.filter(({ isOwned }) => isOwned);
  const addedCount = countFilteredRecords(database, { added: [span] });
  return {
    /** false: records and what is owned are unknown. */
    hasRecords,
    /** An open span ends now and begins with the first play. */
    span,
    plays: countScrobbles(database, span),
    /** The average for as many days before the span; null if too few days are known. */
    usualPlays: computeAveragePlays(database, span, firstUts),
    loggedPlays: queryValue(database, 0)`SELECT count(*) FROM logged_play
      WHERE ${buildPeriodSql(rawSql("last_uts"), span)} AND release_id IN (SELECT release_id FROM record)`,
    destinations: countPlaysByOwnership(database, span),
    albums: { played: own.length, spun: own.filter(({ spins }) => (spins ?? 0) > 0).length },
    firstTimes: span.fromUts <= firstUts ? [] : findFirstTimeRecords(database, span),
    comebacks: findComebacks(database, span),
    gaps: { total: gaps.length, rows: gaps.slice(0, maxGaps) },
    added: {
      records: addedCount,
      played: addedCount - countFilteredRecords(database, { added: [span], never: true }),
    },
    /** Doubtful matches, whatever the span. */
    toReview: countReviewItems(database),
    /** null for a short span. */
    long: isLong
      ? {
          months: countPlaysByMonth(database, span),
          topAlbums: sortByPlays(albums).slice(0, maxTopRows),
          topArtists: queryTop(database, {
            subject: "artists",
            filter: { during: span },
            isOwned: null,
            sort: "plays",
            paging: { page: 1, limit: maxTopRows },
          }).rows,
          longestRow: findLongestStreak(findStreaks(database, span)),
        }
      : null,
  };
}

function closePeriod(
  { fromUts, toUts }: Period,
  { firstUts, nowUts }: { readonly firstUts: number; readonly nowUts: number },
): ClosedPeriod {
  // A span in the future keeps its end.
  const endUts =
    fromUts !== null && fromUts > nowUts ? (toUts ?? fromUts + 1) : Math.min(toUts ?? Infinity, nowUts + 1);
  return { fromUts: fromUts ?? Math.min(firstUts, endUts - 1), toUts: endUts };
}

/** The number of local days that a span touches. A day in progress counts as one. */
function countDays({ fromUts, toUts }: ClosedPeriod): number {
  return Math.round((computeDayStartAt(toUts - 1, 1) - computeDayStartAt(fromUts)) / daySeconds);
}

function computeAveragePlays(database: Database, span: ClosedPeriod, firstUts: number): number | null {
  const { fromUts } = span;
  const days = countDays(span);
  const sinceUts = Math.max(firstUts, days * daySeconds <= maxShortSeconds ? fromUts - 365 * daySeconds : 0);
  const knownDays = (fromUts - sinceUts) / daySeconds;
  if (knownDays < days) return null;
  const scrobbles = countScrobbles(database, { fromUts: sinceUts, toUts: fromUts });
  return Math.round((scrobbles * days) / knownDays);
}

export function buildRecapDocument(answer: RecapResult): RecapDocument {
  const { span, destinations, albums, gaps, long } = answer;
  const row = long?.longestRow ?? null;
  return {
    from: toIsoOrNull(span.fromUts),
    to: toIsoOrNull(span.toUts),
    plays: answer.plays,
    usual_plays: answer.usualPlays,
    logged_plays: answer.loggedPlays,
    on_shelf: {
      owned: destinations.owned,
      not_owned: destinations.notOwned,
      no_album_tag: destinations.noAlbumTag,
      albums: albums.played,
      albums_spun: albums.spun,
    },
    first_time: answer.firstTimes.map(toJsonRecord),
    back_after_years: answer.comebacks.map((record) => ({
      ...toJsonRecord(record),
      last_spin: toIsoOrNull(record.lastSpinUts),
    })),
    gaps: gaps.rows.map(({ id, artist, title, plays, isWanted }) => ({
      id,
      artist_name: artist,
      album_name: title,
      play_count: plays,
      wanted: isWanted,
    })),
    gaps_total: gaps.total,
    new_records: answer.added,
    to_review: answer.toReview,
    months: long?.months.map(({ name, plays }) => ({ month: name, plays })) ?? null,
    top_albums:
      long?.topAlbums.map(({ artist, title, plays, spins, isOwned }) => ({
        artist_name: artist,
        album_name: title,
        play_count: plays,
        spins,
        owned: isOwned,
      })) ?? null,
    top_artists:
      long?.topArtists.map(({ artist, plays, ownedRecords }) => ({
        artist_name: artist,
        play_count: plays,
        owned_records: ownedRecords,
      })) ?? null,
    longest_row:
      row === null ? null : { days: row.days, from: toIsoOrNull(row.fromUts), to: toIsoOrNull(row.lastUts) },
  };
}

function toJsonRecord(record: RecapRecord): JsonRecapRecord {
  return {
    record_id: record.id,
    artist: record.artist,
    title: record.title,
    form: record.form,
    added_at: toIsoOrNull(record.addedUts),
    play_count: record.plays,
    spins: record.spins,
  };
}

/** An album on the shelf. The first of its copies stands for all. */
export interface RecapRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly addedUts: number | null;
  /** The plays within the span. */
  readonly plays: number;
  readonly spins: number | null;
  /** The last spin before the span; null: never. */
  readonly lastSpinUts: number | null;
  /** The first spin within the span, of a record that is back after years; otherwise null. */
  readonly comebackUts: number | null;
}

/** Played for the first time within the span, scrobbled or logged. The most played first. */
function findFirstTimeRecords(database: Database, span: ClosedPeriod): RecapRecord[] {
  const records = sql`SELECT id, NULL AS last_spin_uts, NULL AS comeback_uts FROM (${buildFirstPlayedSql(span)})`;
  return readRecapAlbums(database, span, { records, order: rawSql("plays DESC, id") });
}

/** Spun within the span after two calendar years or more without a spin. The longest pause first. */
function findComebacks(database: Database, span: ClosedPeriod): RecapRecord[] {
  const records = sql`
    SELECT record_id AS id, max(started_uts) FILTER (WHERE started_uts < ${span.fromUts}) AS last_spin_uts,
      min(started_uts) FILTER (WHERE ${buildPeriodSql(rawSql("started_uts"), span)}) AS comeback_uts
    FROM (${recordSpinsSql}) GROUP BY record_id
    HAVING comeback_uts >= unixepoch(last_spin_uts, 'unixepoch', '+2 years')`;
  return readRecapAlbums(database, span, { records, order: rawSql("lastSpinUts, id") });
}

/** Adds the plays within the span to the few records found, and leaves the first copy of each album. */
function readRecapAlbums(
  database: Database,
  span: ClosedPeriod,
  { records, order }: { readonly records: Sql; readonly order: Sql },
): RecapRecord[] {
  const { definitions, tables, plays, spins } = buildRecordSource({ during: span });
  const rows = queryRows<RecapRecord & KeyedRecord>(database)`
    ${buildWithSql([sql`found AS MATERIALIZED (${records})`, ...definitions])}
    SELECT record.id AS id, ${keyColumns}, release.form AS form, record.added_uts AS addedUts,
      found.last_spin_uts AS lastSpinUts, found.comeback_uts AS comebackUts, ${plays} AS plays, ${spins} AS spins
    FROM ${tables} JOIN found ON found.id = match.record_id ORDER BY ${order}`;
  return groupByAlbum(rows).map(([first]) => first);
}
