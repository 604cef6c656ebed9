// Figures of the listening history: totals, months, streaks, years. All periods are local.
import type { MonthsDocument } from "../documents/play-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { toIsoDay, computeDayStartAt, daySeconds } from "../../model/times.ts";
import { getYearPeriod, type Period } from "../conditions/period.ts";
import {
  countPlaysByDay,
  findLongestStreak,
  readLastMonths,
  readPeriodSeries,
  findStreaks,
  type CalendarPeriod,
} from "../statistics/calendar-periods.ts";
import { compareTexts } from "../statistics/played-items.ts";
import { requireHistory } from "../statistics/readiness.ts";
import { countScrobbles, findFirstScrobbleUts } from "../statistics/play-counts.ts";
import type { TopSubject } from "../top/top.ts";
import { readHostedTop, type TopEntry } from "./hosted-top.ts";
import { countPlayedAlbums } from "../top/top-albums.ts";
import { readPlayedArtists } from "../top/top-artists.ts";
import { countSongs } from "../top/top-tracks.ts";
import { readPlaysByPeriod } from "../statistics/stats-by-dimension.ts";

const yearSeconds = 365.25 * daySeconds;

/** The number of different artists, albums or tracks in a span, as rewind top counts them. */
const metricCounters = {
  scrobbles: countScrobbles,
  artists: (database: Database, span: Period | null) => readPlayedArtists(database, span).length,
  albums: countPlayedAlbums,
  tracks: countSongs,
};

export type Metric = keyof typeof metricCounters;
export const metrics = Object.keys(metricCounters) as Metric[];

function readTotals(database: Database, span: Period | null) {
  return {
    total_scrobbles: metricCounters.scrobbles(database, span),
    unique_artists: metricCounters.artists(database, span),
    unique_albums: metricCounters.albums(database, span),
    unique_tracks: metricCounters.tracks(database, span),
  };
}

/** span null: all time. */
export function readListeningStats(database: Database, span: Period | null, nowUts: number) {
  const figures = readTotals(database, span);
  const firstUts = findFirstScrobbleUts(database, null);
  const fromUts = span?.fromUts ?? findFirstScrobbleUts(database, span) ?? nowUts;
  const days = Math.max(1, (Math.min(span?.toUts ?? nowUts, nowUts) - fromUts) / daySeconds);
  return {
    ...figures,
    registered_date: null,
    years_tracking: firstUts === null ? 0 : roundToTenth(Math.max(0, nowUts - firstUts) / yearSeconds),
    scrobbles_per_day: roundToTenth(figures.total_scrobbles / days),
  };
}

function roundToTenth(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Months with plays, oldest first. */
export function readTrend(database: Database, metric: Metric, span: Period | null) {
  return readPlayedMonths(database, span).map((month) => ({
    period: month.name,
    value: metricCounters[metric](database, month),
  }));
}

function readPlayedMonths(database: Database, span: Period | null): CalendarPeriod[] {
  return readPeriodSeries(database, "month", span).filter((month) => countScrobbles(database, month) > 0);
}

/** Streaks of days with plays. The current streak continues while today's play may still come. */
export function readStreaks(database: Database, nowUts: number) {
  const all = findStreaks(countPlaysByDay(database, null));
  const longest = findLongestStreak(all);
  const last = all.at(-1);
  const current = last !== undefined && last.lastUts >= computeDayStartAt(nowUts, -1) ? last : undefined;
  return {
    current: {
      days: current?.days ?? 0,
      start_date: current === undefined ? null : toIsoDay(current.fromUts),
      total_scrobbles: current?.plays ?? 0,
    },
    longest: {
      days: longest?.days ?? 0,
      start_date: longest === null ? null : toIsoDay(longest.fromUts),
      end_date: longest === null ? null : toIsoDay(longest.lastUts),
      total_scrobbles: longest?.plays ?? 0,
    },
  };
}

/** The newest first. */
export function readPlayedYears(database: Database) {
  return readPeriodSeries(database, "year", null)
    .filter((span) => countScrobbles(database, span) > 0)
    .toReversed()
    .map((span) => {
      const paging = { page: 1, limit: 1 };
      const [top] = readHostedTop(database, "artists", { period: span, artist: null, paging }).rows;
      return {
        year: Number(span.name),
        ...readTotals(database, span),
        top_artist: top === undefined ? null : { id: top.id, name: top.name },
      };
    });
}

const maxYearEntries = 10;

export function readYearDetails(database: Database, year: number, month: number | null) {
  const span = getYearPeriod(year, month);
  const readTopEntries = (kind: TopSubject): readonly TopEntry[] =>
    readHostedTop(database, kind, { period: span, artist: null, paging: { page: 1, limit: maxYearEntries } })
      .rows;
  return {
    year,
    ...(month === null ? {} : { month }),
    ...readTotals(database, span),
    artists: readTopEntries("artists"),
    albums: readTopEntries("albums"),
    tracks: readTopEntries("tracks"),
    monthly: readPlayedMonths(database, span).map((each) => ({
      month: each.name,
      scrobbles: metricCounters.scrobbles(database, each),
      unique_artists: metricCounters.artists(database, each),
      unique_albums: metricCounters.albums(database, each),
    })),
  };
}

/** Throws NotReadyError without a complete listening history. */
export function buildMonthsDocument(database: Database, count: number): MonthsDocument {
  requireHistory(database, "Plays within a span");
  const months = readLastMonths(database, count);
  return {
    data: months.map(({ name, plays }) => ({ month: name, plays })),
    plays: months.reduce((sum, { plays }) => sum + plays, 0),
  };
}

export const genrePeriods = ["week", "month", "year"] as const;

interface GenreParameters {
  readonly by: (typeof genrePeriods)[number];
  /** The number of genres per period. The others are summed up as Other. */
  readonly maxGenres: number;
  /** null: all time. */
  readonly period: Period | null;
}

/** Oldest period first. Periods without plays on records you own are left out. */
export function readPlayedGenres(database: Database, { by, maxGenres, period: span }: GenreParameters) {
  const periods = readPeriodSeries(database, by, span);
  const { ofParts, ofAll } = readPlaysByPeriod(database, "genre", periods);
  return periods.flatMap(({ name }, at) => {
    const genres = [...ofParts]
      .flatMap(([genre, plays]) => (genre === null ? [] : [[genre, plays[at] ?? 0] as const]))
      .filter(([, plays]) => plays > 0)
      .toSorted(([one, plays], [other, others]) => others - plays || compareTexts(one, other));
    const total = ofAll[at] ?? 0;
    return total === 0
      ? []
      : [{ period: name, genres: Object.fromEntries(sumOthers(genres, maxGenres)), total }];
  });
}

function sumOthers(
  genres: readonly (readonly [string, number])[],
  maxGenres: number,
): readonly (readonly [string, number])[] {
  if (genres.length <= maxGenres) return genres;
  const other = genres.slice(maxGenres).reduce((sum, [, plays]) => sum + plays, 0);
  return [...genres.slice(0, maxGenres), ["Other", other]];
}

/** The same days one year earlier. */
export function shiftYearBack({ fromUts, toUts }: Period): Period {
  return {
    fromUts: fromUts === null ? null : subtractYear(fromUts),
    toUts: toUts === null ? null : subtractYear(toUts),
  };
}

/** Subtracts in local time. 29 February becomes 28 February. */
function subtractYear(uts: number): number {
  const date = new Date(uts * 1000);
  const month = date.getMonth();
  date.setFullYear(date.getFullYear() - 1);
  if (date.getMonth() !== month) date.setDate(0);
  return date.getTime() / 1000;
}
