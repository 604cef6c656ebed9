// A week, a month or a year of plays: compared with your usual, on the shelf and off it, with its special events.
import { dayStartOf, daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { readPublications } from "../../store/file/listings.ts";
import { countFiltered } from "../records/record-counts.ts";
import { countDoubts } from "../doubts/doubts.ts";
import { spanCondition, spanOfYear, type Span } from "../conditions/span.ts";
import type { Gap } from "../albums/gaps.ts";
import { mostPlayedGaps } from "../albums/gaps-answer.ts";
import {
  countScrobbles,
  firstScrobbleUts,
  playDestinations,
  type Destinations,
  type MonthOfPlays,
} from "../figures/play-counts.ts";
import { requireHistory } from "../figures/readiness.ts";
import { longestRow, rowsOfDays, type RowOfDays } from "../figures/play-days.ts";
import { comebacks, firstTimes, type ClosedSpan, type RecapRecord } from "./recap-events.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { artistsByPlays, withTracksOfArtists } from "../top/top-artists.ts";

const mostMonths = 1200;

/** The plays within the span for each month that it touches. */
function monthsOf(database: Database, { fromUts, toUts }: ClosedSpan): MonthOfPlays[] {
  const first = new Date(fromUts * 1000);
  const months: MonthOfPlays[] = [];
  for (let at = 0; at < mostMonths; at += 1) {
    const start = new Date(first.getFullYear(), first.getMonth() + at, 1);
    const [year, month] = [start.getFullYear(), start.getMonth() + 1];
    const span = spanOfYear(year, month);
    if (span.fromUts >= toUts) break;
    const within = { fromUts: Math.max(fromUts, span.fromUts), toUts: Math.min(toUts, span.toUts) };
    months.push({ year, month, plays: countScrobbles(database, within) });
  }
  return months;
}

export interface RecapQuestion {
  readonly span: Span;
  readonly nowUts: number;
}

/** Only for a long span. */
interface LongRecap {
  readonly months: readonly MonthOfPlays[];
  readonly topAlbums: readonly PlayedMost[];
  readonly topArtists: readonly PlayedMost[];
  readonly longestRow: RowOfDays | null;
}

export interface RecapAnswer {
  /** An open span ends now and begins with the first play. */
  readonly span: ClosedSpan;
  readonly plays: number;
  /** The average for as many days before the span; null if too few days are known. */
  readonly usualPlays: number | null;
  readonly notedPlays: number;
  readonly destinations: Destinations;
  readonly albums: { readonly played: number; readonly spun: number };
  readonly firstTimes: readonly RecapRecord[];
  readonly comebacks: readonly RecapRecord[];
  readonly gaps: { readonly total: number; readonly rows: readonly Gap[] };
  readonly added: { readonly records: number; readonly played: number };
  /** Doubtful matches, whatever the span. */
  readonly doubts: number;
  /** null for a short span. */
  readonly long: LongRecap | null;
}

/** Spans of this length and longer compare months. */
const longFrom = 92 * daySeconds;
/** For spans up to this length, the usual plays come from the year before. */
const shortTo = 32 * daySeconds;
const mostTop = 5;
const mostGaps = 20;

/** Throws NotReadyError without a complete listening history. */
export function ask(database: Database, { span: asked, nowUts }: RecapQuestion): RecapAnswer {
  requireHistory(database, readPublications(database), "Plays within a span");
  const firstUts = firstScrobbleUts(database) ?? nowUts;
  const span = closed(asked, { firstUts, nowUts });
  const isLong = span.toUts - span.fromUts > longFrom;
  const albums = playedAlbums(database, span);
  const own = albums.filter(({ isOwned }) => isOwned);
  const added = countFiltered(database, { added: [span] });
  return {
    span,
    plays: countScrobbles(database, span),
    usualPlays: usualPlays(database, span, firstUts),
    notedPlays: countNoted(database, span),
    destinations: playDestinations(database, { span, history: "complete" }),
    albums: { played: own.length, spun: own.filter(({ spins }) => (spins ?? 0) > 0).length },
    firstTimes: span.fromUts <= firstUts ? [] : firstTimes(database, span),
    comebacks: comebacks(database, span),
    gaps: mostPlayedGaps(database, { during: span, most: mostGaps, nowUts }),
    added: { records: added, played: added - countFiltered(database, { added: [span], never: true }) },
    doubts: countDoubts(database),
    long: isLong
      ? {
          months: monthsOf(database, span),
          topAlbums: mostPlayed(albums).slice(0, mostTop),
          topArtists: withTracksOfArtists(
            database,
            span,
            mostPlayed(artistsByPlays(database, span)).slice(0, mostTop),
          ),
          longestRow: longestRow(rowsOfDays(database, span)),
        }
      : null,
  };
}

function closed(
  { fromUts, toUts }: Span,
  { firstUts, nowUts }: { readonly firstUts: number; readonly nowUts: number },
): ClosedSpan {
  const until = Math.min(toUts ?? nowUts + 1, Math.max(nowUts + 1, fromUts ?? 0));
  return { fromUts: fromUts ?? Math.min(firstUts, until), toUts: until };
}

/** The number of local days that a span touches. A day in progress counts as one. */
export function countDays({ fromUts, toUts }: ClosedSpan): number {
  return toUts <= fromUts ? 0 : Math.round((dayStartOf(toUts - 1, 1) - dayStartOf(fromUts)) / daySeconds);
}

function usualPlays(database: Database, span: ClosedSpan, firstUts: number): number | null {
  const { fromUts } = span;
  const days = countDays(span);
  const sinceUts = Math.max(firstUts, days * daySeconds <= shortTo ? fromUts - 365 * daySeconds : 0);
  const knownDays = (fromUts - sinceUts) / daySeconds;
  if (knownDays < days || days === 0) return null;
  const scrobbles = countScrobbles(database, { fromUts: sinceUts, toUts: fromUts });
  return Math.round((scrobbles * days) / knownDays);
}

function countNoted(database: Database, span: ClosedSpan): number {
  const within = spanCondition("last_uts", span);
  const count = database
    .prepare<unknown[], number>(
      `SELECT count(*) FROM noted_play WHERE ${within.sql} AND release_id IN (SELECT release_id FROM record)`,
    )
    .pluck()
    .get(...within.parameters);
  return count ?? 0;
}
