// Figures of the listening history: totals, months, streaks, years. All periods are local.
import type { MonthsDocument } from "../documents/play-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { dateOfDay, dayStartOf, daySeconds } from "../../model/times.ts";
import { spanOfYear, type Span } from "../conditions/span.ts";
import { longestStreak, lastMonths, playedPeriods, streaks, type Period } from "../figures/periods.ts";
import { compareTexts } from "../figures/played-most.ts";
import { requireHistory } from "../figures/readiness.ts";
import { countScrobbles, firstScrobbleUts } from "../figures/play-counts.ts";
import type { TopSubject } from "../top/top.ts";
import { topOf, type TopEntry } from "./scrobble-charts.ts";
import { countPlayedAlbums } from "../top/top-albums.ts";
import { playedArtists } from "../top/top-artists.ts";
import { countSongs } from "../top/top-tracks.ts";
import { playsByPeriod } from "../figures/breakdown.ts";

const yearSeconds = 365.25 * daySeconds;

/** The number of different artists, albums or tracks in a span, as rewind top counts them. */
const countOf = {
  scrobbles: countScrobbles,
  artists: (database: Database, span: Span | null) => playedArtists(database, span).length,
  albums: countPlayedAlbums,
  tracks: countSongs,
};

export type Metric = keyof typeof countOf;
export const metrics = Object.keys(countOf) as Metric[];

function figuresOf(database: Database, span: Span | null) {
  return {
    total_scrobbles: countOf.scrobbles(database, span),
    unique_artists: countOf.artists(database, span),
    unique_albums: countOf.albums(database, span),
    unique_tracks: countOf.tracks(database, span),
  };
}

/** span null: all time. */
export function playFigures(database: Database, span: Span | null, nowUts: number) {
  const figures = figuresOf(database, span);
  const firstUts = firstScrobbleUts(database, null);
  const fromUts = span?.fromUts ?? firstScrobbleUts(database, span) ?? nowUts;
  const days = Math.max(1, (Math.min(span?.toUts ?? nowUts, nowUts) - fromUts) / daySeconds);
  return {
    ...figures,
    registered_date: null,
    years_tracking: firstUts === null ? 0 : rounded(Math.max(0, nowUts - firstUts) / yearSeconds),
    scrobbles_per_day: rounded(figures.total_scrobbles / days),
  };
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Months with plays, oldest first. */
export function trendOf(database: Database, metric: Metric, span: Span | null) {
  return playedMonths(database, span).map((month) => ({
    period: month.name,
    value: countOf[metric](database, month),
  }));
}

function playedMonths(database: Database, span: Span | null): Period[] {
  return playedPeriods(database, "month", span).filter((month) => countScrobbles(database, month) > 0);
}

/** Streaks of days with plays. The current streak continues while today's play may still come. */
export function streaksOf(database: Database, nowUts: number) {
  const all = streaks(database, null);
  const longest = longestStreak(all);
  const last = all.at(-1);
  const current = last !== undefined && last.lastUts >= dayStartOf(nowUts, -1) ? last : undefined;
  return {
    current: {
      days: current?.days ?? 0,
      start_date: current === undefined ? null : dateOfDay(current.fromUts),
      total_scrobbles: current?.plays ?? 0,
    },
    longest: {
      days: longest?.days ?? 0,
      start_date: longest === null ? null : dateOfDay(longest.fromUts),
      end_date: longest === null ? null : dateOfDay(longest.lastUts),
      total_scrobbles: longest?.plays ?? 0,
    },
  };
}

/** The newest first. */
export function yearsPlayed(database: Database) {
  return playedPeriods(database, "year", null)
    .filter((span) => countScrobbles(database, span) > 0)
    .toReversed()
    .map((span) => {
      const paging = { page: 1, limit: 1 };
      const [top] = topOf(database, "artists", { span, artist: null, paging }).rows;
      return {
        year: Number(span.name),
        ...figuresOf(database, span),
        top_artist: top === undefined ? null : { id: top.id, name: top.name },
      };
    });
}

const mostOfYear = 10;

export function yearInFull(database: Database, year: number, month: number | null) {
  const span = spanOfYear(year, month);
  const top = (kind: TopSubject): readonly TopEntry[] =>
    topOf(database, kind, { span, artist: null, paging: { page: 1, limit: mostOfYear } }).rows;
  return {
    year,
    ...(month === null ? {} : { month }),
    ...figuresOf(database, span),
    artists: top("artists"),
    albums: top("albums"),
    tracks: top("tracks"),
    monthly: playedMonths(database, span).map((each) => ({
      month: each.name,
      scrobbles: countOf.scrobbles(database, each),
      unique_artists: countOf.artists(database, each),
      unique_albums: countOf.albums(database, each),
    })),
  };
}

/** Throws NotReadyError without a complete listening history. */
export function monthsDocument(database: Database, count: number): MonthsDocument {
  requireHistory(database, "Plays within a span");
  const months = lastMonths(database, count);
  return {
    data: months.map(({ name, plays }) => ({ month: name, plays })),
    plays: months.reduce((sum, { plays }) => sum + plays, 0),
  };
}

export const genrePeriods = ["week", "month", "year"] as const;

interface GenreQuestion {
  readonly by: (typeof genrePeriods)[number];
  /** The number of genres per period. The others are summed up as Other. */
  readonly most: number;
  /** null: all time. */
  readonly span: Span | null;
}

/** Oldest period first. Periods without plays on records you own are left out. */
export function playedGenres(database: Database, { by, most, span }: GenreQuestion) {
  const periods = playedPeriods(database, by, span);
  const { ofParts, ofAll } = playsByPeriod(database, "genre", periods);
  return periods.flatMap(({ name }, at) => {
    const genres = [...ofParts]
      .flatMap(([genre, plays]) => (genre === null ? [] : [[genre, plays[at] ?? 0] as const]))
      .filter(([, plays]) => plays > 0)
      .toSorted(([one, plays], [other, others]) => others - plays || compareTexts(one, other));
    const total = ofAll[at] ?? 0;
    return total === 0 ? [] : [{ period: name, genres: Object.fromEntries(withOther(genres, most)), total }];
  });
}

function withOther(
  genres: readonly (readonly [string, number])[],
  most: number,
): readonly (readonly [string, number])[] {
  if (genres.length <= most) return genres;
  const other = genres.slice(most).reduce((sum, [, plays]) => sum + plays, 0);
  return [...genres.slice(0, most), ["Other", other]];
}

/** The same days one year earlier. */
export function yearBefore({ fromUts, toUts }: Span): Span {
  return {
    fromUts: fromUts === null ? null : sameDayYearBefore(fromUts),
    toUts: toUts === null ? null : sameDayYearBefore(toUts),
  };
}

/** In local time. 29 February becomes 28 February. */
function sameDayYearBefore(uts: number): number {
  const date = new Date(uts * 1000);
  const month = date.getMonth();
  date.setFullYear(date.getFullYear() - 1);
  if (date.getMonth() !== month) date.setDate(0);
  return date.getTime() / 1000;
}
