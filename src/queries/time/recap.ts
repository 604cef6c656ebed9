// A week, a month or a year of plays: compared with your usual, on the shelf and off it, with its special events.
import { computeDayStartAt, daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { findGaps } from "../albums/gaps.ts";
import { buildPeriodSql, type ClosedPeriod, type Period } from "../conditions/period.ts";
import { rawSql, queryValue } from "../../store/file/sql.ts";
import type { JsonRecapRecord, RecapDocument } from "../documents/play-documents.ts";
import { countReviewItems } from "../review/review-items.ts";
import {
  countPlaysByDay,
  countPlaysByMonth,
  findLongestStreak,
  findStreaks,
  getPeriodAt,
  periodUnits,
  type PeriodPlays,
} from "../statistics/calendar-periods.ts";
import { countHeardAlbums } from "../statistics/stats-by-dimension.ts";
import {
  countScrobbles,
  findFirstScrobbleUts,
  countPlaysByOwnership,
  withCountedPlays,
} from "../statistics/play-counts.ts";
import { createArtistCollectionLookup } from "../statistics/artist-collections.ts";
import { sortByPlays, type PlayedItem } from "../statistics/played-items.ts";
import { hasOnlyPlays, requireHistory } from "../statistics/readiness.ts";
import { countFilteredRecords } from "../filters/record-filter.ts";
import { toIsoOrNull } from "../records/json-rows.ts";
import { listBriefs } from "../records/read-records.ts";
import { readPlayedAlbums } from "../top/top-albums.ts";
import { readPlayedArtists } from "../top/top-artists.ts";
import { queryTop } from "../top/top.ts";
import { findDiscoveries } from "./discoveries.ts";
import { countPlaysByWeekdayAndHour, readListenedTime } from "./listened-time.ts";
import {
  findComebacks,
  findFirstTimeRecords,
  findMostPlayedPurchase,
  findMostPlayedRecord,
  type RecapRecord,
} from "./recap-records.ts";

export type RecapResult = ReturnType<typeof queryRecap>;

/** Spans of this length and longer compare months. */
const minLongSeconds = 92 * daySeconds;
/** The usual plays of spans up to this length come from the year before. */
const maxShortSeconds = 32 * daySeconds;
const maxTopRows = 5;
/** The rows of the longer lists. */
const maxRows = 20;

/** Throws NotReadyError without a complete listening history. */
export function queryRecap(
  database: Database,
  { span: openSpan, nowUts }: { readonly span: Period; readonly nowUts: number },
) {
  requireHistory(database, "Plays within a span");
  const firstUts = findFirstScrobbleUts(database, null) ?? nowUts;
  /** An open span ends now and begins with the first play. */
  const span = closePeriod(openSpan, { firstUts, nowUts });
  const facts = withCountedPlays(database, span, (counted) =>
    readRecapFacts(database, counted, { openSpan, firstUts, nowUts }),
  );
  return { ...facts, span };
}

function readRecapFacts(
  database: Database,
  span: ClosedPeriod,
  {
    openSpan,
    firstUts,
    nowUts,
  }: { readonly openSpan: Period; readonly firstUts: number; readonly nowUts: number },
) {
  const isLong = span.toUts - span.fromUts > minLongSeconds;
  /** Everything is new in the span in which the history begins. */
  const hasBefore = span.fromUts > firstUts;
  const albums = readPlayedAlbums(database, span);
  const usual = { sort: "plays", hidden: false, paging: null } as const;
  const hasRecords = !hasOnlyPlays(database);
  const gaps = hasRecords ? findGaps(database, { ...usual, filter: { during: span }, nowUts }, albums) : [];
  const artists = readPlayedArtists(database, span);
  const songs = queryTop(database, {
    subject: "tracks",
    filter: { during: span },
    isOwned: null,
    sort: "plays",
    paging: { page: 1, limit: maxTopRows },
  });
  const addedCount = countFilteredRecords(database, { added: [span] });
  const sealed = { added: [span], never: true };
  const sealedCount = countFilteredRecords(database, sealed);
  const days = countPlaysByDay(database, span);
  const discoveries = hasBefore ? findDiscoveries(database, span, artists) : null;
  return {
    /** false: records and what is owned are unknown. */
    hasRecords,
    /** The unit that the span was asked as; null for other spans. */
    unit: getNamedUnit(openSpan),
    plays: countScrobbles(database, span),
    /** The average for as many days before the span; null if too few days are known. */
    usualPlays: computeAveragePlays(database, span, firstUts),
    /** The year, the month or as many days before; null if the history does not reach back that far. */
    previous: readPreviousPeriod(database, openSpan, { firstUts, nowUts }),
    loggedPlays: queryValue(database, 0)`SELECT count(*) FROM logged_play
      WHERE ${buildPeriodSql(rawSql("last_uts"), span)} AND release_id IN (SELECT release_id FROM record)`,
    destinations: countPlaysByOwnership(database, span),
    /** Albums on the shelf. */
    albums: countHeardAlbums(database, span),
    heard: { artists: artists.length, albums: albums.length, songs: songs.sums.total },
    listened: readListenedTime(database, span),
    rhythm: countPlaysByWeekdayAndHour(database, span),
    days,
    busiestDay: findBusiestDay(days),
    longestRow: findLongestStreak(findStreaks(days)),
    topRecord: findMostPlayedRecord(database, span),
    topAlbums: sortByPlays(albums).slice(0, maxTopRows),
    topArtists: addOwnedRecords(database, sortByPlays(artists).slice(0, maxTopRows)),
    topSongs: songs.rows,
    /** null if the history begins within the span. */
    discoveries:
      discoveries === null
        ? null
        : {
            artists: discoveries.length,
            stayed: discoveries.filter(({ hasStayed }) => hasStayed).length,
            rows: discoveries.slice(0, maxRows),
          },
    firstTimes: hasBefore ? findFirstTimeRecords(database, span) : [],
    comebacks: findComebacks(database, span),
    gaps: { total: gaps.length, rows: gaps.slice(0, maxRows) },
    added: { records: addedCount, played: addedCount - sealedCount },
    bestPurchase: findMostPlayedPurchase(database, span),
    sealed: {
      total: sealedCount,
      rows: [...listBriefs(database, { filter: sealed, sort: "added", paging: { page: 1, limit: maxRows } })],
    },
    /** Doubtful matches, whatever the span. */
    toReview: countReviewItems(database),
    /** null for a short span. */
    months: isLong ? countPlaysByMonth(database, span) : null,
  };
}

function addOwnedRecords(database: Database, artists: readonly PlayedItem[]) {
  const findInCollection = createArtistCollectionLookup(
    database,
    artists.map(({ artist }) => artist),
  );
  return artists.map((row) => ({ ...row, ownedRecords: findInCollection(row.artist).recordIds.length }));
}

/** The earliest of several. */
function findBusiestDay(days: readonly PeriodPlays[]): PeriodPlays | null {
  return days.reduce<PeriodPlays | null>(
    (busiest, day) => (busiest === null || day.plays > busiest.plays ? day : busiest),
    null,
  );
}

type NamedUnit = "year" | "quarter" | "month" | "week" | "day";

/** A calendar year, quarter or month, any seven days or one day, running ones too; null for other periods. */
function getNamedUnit({ fromUts, toUts }: Period): NamedUnit | null {
  if (fromUts === null || toUts === null) return null;
  const unit = periodUnits.find((each) => {
    const period = getPeriodAt(fromUts, each);
    return period.fromUts === fromUts && period.toUts === toUts;
  });
  const days = countDays({ fromUts, toUts });
  return unit ?? (days === 7 ? "week" : days === 1 ? "day" : null);
}

/** A running year, quarter or month is compared with the same days of the one before. */
function readPreviousPeriod(
  database: Database,
  asked: Period,
  { firstUts, nowUts }: { readonly firstUts: number; readonly nowUts: number },
) {
  const { fromUts } = asked;
  if (fromUts === null) return null;
  const unit = getNamedUnit(asked);
  const span = closePeriod(asked, { firstUts, nowUts });
  const days = countDays(span);
  const isRunning = span.toUts !== asked.toUts;
  const previous =
    unit === null || unit === "week" || unit === "day"
      ? { fromUts: computeDayStartAt(fromUts, -days), toUts: fromUts }
      : getPeriodAt(fromUts, unit, -1);
  if (previous.fromUts < computeDayStartAt(firstUts)) return null;
  const toUts = isRunning
    ? Math.min(previous.toUts, computeDayStartAt(previous.fromUts, days))
    : previous.toUts;
  return {
    span: { fromUts: previous.fromUts, toUts },
    /** true: that year, quarter or month was not over then. */
    isCut: toUts < previous.toUts,
    plays: countScrobbles(database, { fromUts: previous.fromUts, toUts }),
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
  const { span, previous, destinations, albums, gaps, discoveries, longestRow: row, busiestDay } = answer;
  return {
    from: toIsoOrNull(span.fromUts),
    to: toIsoOrNull(span.toUts),
    plays: answer.plays,
    usual_plays: answer.usualPlays,
    previous:
      previous === null
        ? null
        : {
            from: toIsoOrNull(previous.span.fromUts),
            to: toIsoOrNull(previous.span.toUts),
            plays: previous.plays,
          },
    logged_plays: answer.loggedPlays,
    heard: answer.heard,
    listening_time: { seconds: answer.listened.seconds, plays: answer.listened.plays },
    plays_by_weekday: answer.rhythm.weekdays,
    plays_by_hour: answer.rhythm.hours,
    busiest_day:
      busiestDay === null ? null : { from: toIsoOrNull(busiestDay.fromUts), plays: busiestDay.plays },
    on_shelf: {
      owned: destinations.owned,
      not_owned: destinations.notOwned,
      no_album_tag: destinations.noAlbumTag,
      albums: albums.played,
      albums_spun: albums.spun,
    },
    most_played: answer.topRecord === null ? null : toJsonRecord(answer.topRecord),
    new_artists:
      discoveries === null
        ? null
        : {
            artists: discoveries.artists,
            stayed: discoveries.stayed,
            data: discoveries.rows.map(({ artist, plays, firstUts, hasStayed }) => ({
              artist_name: artist,
              play_count: plays,
              first_played: toIsoOrNull(firstUts),
              stayed: hasStayed,
            })),
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
    best_purchase: answer.bestPurchase === null ? null : toJsonRecord(answer.bestPurchase),
    sealed: answer.sealed.rows.map(({ id, artist, title, form, addedUts }) => ({
      record_id: id,
      artist,
      title,
      form,
      added_at: toIsoOrNull(addedUts),
    })),
    to_review: answer.toReview,
    months: answer.months?.map(({ name, plays }) => ({ month: name, plays })) ?? null,
    top_albums: answer.topAlbums.map(({ artist, title, plays, spins, isOwned }) => ({
      artist_name: artist,
      album_name: title,
      play_count: plays,
      spins,
      owned: isOwned,
    })),
    top_artists: answer.topArtists.map(({ artist, plays, ownedRecords }) => ({
      artist_name: artist,
      play_count: plays,
      owned_records: ownedRecords,
    })),
    top_songs: answer.topSongs.map(({ artist, title, plays, isOwned }) => ({
      artist_name: artist,
      track_name: title,
      play_count: plays,
      owned: isOwned,
    })),
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
