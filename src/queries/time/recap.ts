// A week, a month or a year of plays: compared with your usual, on the shelf and off it, with its special events.
import { dayStartOf, daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { findGaps } from "../albums/gaps.ts";
import { within, type ClosedSpan, type Span } from "../conditions/span.ts";
import { plain, sql, valueOf, rowsOf, type Sql } from "../../store/file/sql.ts";
import type { ContractRecapRecord, RecapDocument } from "../documents/play-documents.ts";
import { countDoubts } from "../doubts/doubts.ts";
import { longestStreak, playsByMonth, streaks } from "../figures/periods.ts";
import {
  countScrobbles,
  firstScrobbleUts,
  playDestinations,
  recordSource,
  recordSpins,
  withThese,
} from "../figures/play-counts.ts";
import { mostPlayed } from "../figures/played-most.ts";
import { requireHistory } from "../figures/readiness.ts";
import { countFiltered } from "../filters/record-filter.ts";
import { isoSeconds } from "../records/contract.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { ask as askTop } from "../top/top.ts";
import { groupedByAlbum, keyColumns, type KeyedRecord } from "../figures/same-album.ts";

export type RecapAnswer = ReturnType<typeof ask>;

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
) {
  requireHistory(database, "Plays within a span");
  const firstUts = firstScrobbleUts(database, null) ?? nowUts;
  const span = closeSpan(openSpan, { firstUts, nowUts });
  const isLong = span.toUts - span.fromUts > longFrom;
  const albums = playedAlbums(database, span);
  const usual = { sort: "plays", hidden: false, paging: null } as const;
  const gaps = findGaps(database, { ...usual, filter: { during: span }, nowUts }, albums);
  const own = albums.filter(({ isOwned }) => isOwned);
  const addedCount = countFiltered(database, { added: [span] });
  return {
    /** An open span ends now and begins with the first play. */
    span,
    plays: countScrobbles(database, span),
    /** The average for as many days before the span; null if too few days are known. */
    usualPlays: usualPlays(database, span, firstUts),
    notedPlays: valueOf(database, 0)`SELECT count(*) FROM noted_play
      WHERE ${within(plain("last_uts"), span)} AND release_id IN (SELECT release_id FROM record)`,
    destinations: playDestinations(database, span),
    albums: { played: own.length, spun: own.filter(({ spins }) => (spins ?? 0) > 0).length },
    firstTimes: span.fromUts <= firstUts ? [] : firstTimes(database, span),
    comebacks: comebacks(database, span),
    gaps: { total: gaps.length, rows: gaps.slice(0, mostGaps) },
    added: {
      records: addedCount,
      played: addedCount - countFiltered(database, { added: [span], never: true }),
    },
    /** Doubtful matches, whatever the span. */
    doubts: countDoubts(database),
    /** null for a short span. */
    long: isLong
      ? {
          months: playsByMonth(database, span),
          topAlbums: mostPlayed(albums).slice(0, mostTop),
          topArtists: askTop(database, {
            subject: "artists",
            filter: { during: span },
            isOwned: null,
            sort: "plays",
            paging: { page: 1, limit: mostTop },
          }).rows,
          longestRow: longestStreak(streaks(database, span)),
        }
      : null,
  };
}

function closeSpan(
  { fromUts, toUts }: Span,
  { firstUts, nowUts }: { readonly firstUts: number; readonly nowUts: number },
): ClosedSpan {
  // A span in the future keeps its end.
  const endUts =
    fromUts !== null && fromUts > nowUts ? (toUts ?? fromUts + 1) : Math.min(toUts ?? Infinity, nowUts + 1);
  return { fromUts: fromUts ?? Math.min(firstUts, endUts - 1), toUts: endUts };
}

/** The number of local days that a span touches. A day in progress counts as one. */
function countDays({ fromUts, toUts }: ClosedSpan): number {
  return Math.round((dayStartOf(toUts - 1, 1) - dayStartOf(fromUts)) / daySeconds);
}

function usualPlays(database: Database, span: ClosedSpan, firstUts: number): number | null {
  const { fromUts } = span;
  const days = countDays(span);
  const sinceUts = Math.max(firstUts, days * daySeconds <= shortTo ? fromUts - 365 * daySeconds : 0);
  const knownDays = (fromUts - sinceUts) / daySeconds;
  if (knownDays < days) return null;
  const scrobbles = countScrobbles(database, { fromUts: sinceUts, toUts: fromUts });
  return Math.round((scrobbles * days) / knownDays);
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

/** An album on the shelf. The first of its copies stands for all. */
export interface RecapRecord {
  readonly id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly addedUts: number | null;
  /** Within the span. */
  readonly plays: number;
  readonly spins: number | null;
  /** Before the span; null: never. */
  readonly lastSpinUts: number | null;
}

/** This long without a spin counts as years. */
const longAway = 2 * 365 * daySeconds;

/** Played for the first time within the span, scrobbled or logged. The most played first. */
function firstTimes(database: Database, span: ClosedSpan): RecapRecord[] {
  const { fromUts } = span;
  const records = sql`
    SELECT id, NULL AS last_spin_uts FROM (
      SELECT record_id AS id FROM credit WHERE album_id IN (
        SELECT album_id FROM track WHERE album_id IS NOT NULL
          AND id IN (SELECT track_id FROM scrobble WHERE ${within(plain("uts"), span)}))
      UNION SELECT record.id FROM noted_play JOIN record USING (release_id)
      WHERE ${within(plain("last_uts"), span)}) AS heard
    WHERE NOT EXISTS (SELECT 1 FROM credit JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
        WHERE credit.record_id = heard.id AND scrobble.uts < ${fromUts})
      AND NOT EXISTS (SELECT 1 FROM record JOIN noted_play USING (release_id)
        WHERE record.id = heard.id AND noted_play.last_uts < ${fromUts})`;
  return albumsOf(database, span, { records, order: plain("plays DESC, id") });
}

/** Spun within the span after two years or more without a spin. The longest pause first. */
function comebacks(database: Database, span: ClosedSpan): RecapRecord[] {
  const records = sql`
    SELECT record_id AS id, max(started_uts) FILTER (WHERE started_uts < ${span.fromUts}) AS last_spin_uts
    FROM (${recordSpins}) GROUP BY record_id
    HAVING min(started_uts) FILTER (WHERE ${within(plain("started_uts"), span)}) - last_spin_uts >= ${longAway}`;
  return albumsOf(database, span, { records, order: plain("lastSpinUts, id") });
}

/** Adds the plays within the span to the few records found, and leaves the first copy of each album. */
function albumsOf(
  database: Database,
  span: ClosedSpan,
  { records, order }: { readonly records: Sql; readonly order: Sql },
): RecapRecord[] {
  const { definitions, tables, plays, spins } = recordSource({ during: span });
  const rows = rowsOf<RecapRecord & KeyedRecord>(database)`
    ${withThese([sql`found AS MATERIALIZED (${records})`, ...definitions])}
    SELECT record.id AS id, ${keyColumns}, release.form AS form, record.added_uts AS addedUts,
      found.last_spin_uts AS lastSpinUts, ${plays} AS plays, ${spins} AS spins
    FROM ${tables} JOIN found ON found.id = match.record_id ORDER BY ${order}`;
  return groupedByAlbum(rows).map(([first]) => first);
}
