// A week, a month or a year of plays: compared with your usual, on the shelf and off it, with its special events.
import { dayStartOf, daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { mostPlayedGaps, type Gap } from "../albums/gaps.ts";
import { within, type Span } from "../conditions/span.ts";
import { plain, sql, valueOf } from "../conditions/sql.ts";
import type { ContractRecapRecord, RecapDocument } from "../documents/play-documents.ts";
import { countDoubts } from "../doubts/doubts.ts";
import { longestStreak, playsByMonth, streaks, type PeriodOfPlays, type Streak } from "../figures/periods.ts";
import {
  countScrobbles,
  firstScrobbleUts,
  playDestinations,
  type Destinations,
} from "../figures/play-counts.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { requireHistory } from "../figures/readiness.ts";
import { countFiltered } from "../filters/record-filter.ts";
import { isoSeconds } from "../records/contract.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { playedArtists, withTracksOfArtists } from "../top/top-artists.ts";
import { comebacks, firstTimes, type ClosedSpan, type RecapRecord } from "./recap-events.ts";

/** Only for a long span. */
interface LongRecap {
  readonly months: readonly PeriodOfPlays[];
  readonly topAlbums: readonly PlayedMost[];
  readonly topArtists: readonly PlayedMost[];
  readonly longestRow: Streak | null;
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
export function ask(
  database: Database,
  { span: openSpan, nowUts }: { readonly span: Span; readonly nowUts: number },
): RecapAnswer {
  requireHistory(database, "Plays within a span");
  const firstUts = firstScrobbleUts(database) ?? nowUts;
  const span = closeSpan(openSpan, { firstUts, nowUts });
  const isLong = span.toUts - span.fromUts > longFrom;
  const albums = playedAlbums(database, span);
  const own = albums.filter(({ isOwned }) => isOwned);
  const addedCount = countFiltered(database, { added: [span] });
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
    added: {
      records: addedCount,
      played: addedCount - countFiltered(database, { added: [span], never: true }),
    },
    doubts: countDoubts(database),
    long: isLong
      ? {
          months: playsByMonth(database, span),
          topAlbums: mostPlayed(albums).slice(0, mostTop),
          topArtists: withTracksOfArtists(
            database,
            span,
            mostPlayed(playedArtists(database, span)).slice(0, mostTop),
          ),
          longestRow: longestStreak(streaks(database, span)),
        }
      : null,
  };
}

function closeSpan(
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
  const query = sql`SELECT count(*) FROM noted_play
    WHERE ${within(plain("last_uts"), span)} AND release_id IN (SELECT release_id FROM record)`;
  return valueOf(database, query, 0);
}

export function document(answer: RecapAnswer): RecapDocument {
  const { span, destinations, albums, gaps, long } = answer;
  const row = long?.longestRow ?? null;
  return {
    from: isoSeconds(span.fromUts),
    to: isoSeconds(span.toUts),
    plays: answer.plays,
    usual_plays: answer.usualPlays,
    noted_plays: answer.notedPlays,
    on_shelf: {
      owned: destinations.owned,
      not_owned: destinations.notOwned,
      no_album_tag: destinations.noAlbumTag,
      albums: albums.played,
      albums_spun: albums.spun,
    },
    first_time: answer.firstTimes.map(contractRecord),
    back_after_years: answer.comebacks.map((record) => ({
      ...contractRecord(record),
      last_spin: isoSeconds(record.lastSpinUts),
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
    to_settle: answer.doubts,
    months: long?.months.map(({ name, plays }) => ({ month: name, plays })) ?? null,
    top_albums:
      long?.topAlbums.map(({ artist, title, plays, spins, isOwned }) => ({
        artist_name: artist,
        album_name: title ?? "",
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
      row === null ? null : { days: row.days, from: isoSeconds(row.fromUts), to: isoSeconds(row.lastUts) },
  };
}

function contractRecord(record: RecapRecord): ContractRecapRecord {
  return {
    record_id: record.id,
    artist: record.artist,
    title: record.title,
    form: record.form,
    added_at: isoSeconds(record.addedUts),
    play_count: record.plays,
    spins: record.spins,
  };
}
