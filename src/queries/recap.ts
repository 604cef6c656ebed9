// What was played in a week, a month, a year: against one's usual, on the shelf and off it, and what was special.
import type { Database } from "../store/database.ts";
import { readPublications } from "../store/listings.ts";
import { isoSeconds } from "./contract.ts";
import { countFiltered } from "./record-counts.ts";
import { countDoubts } from "./decisions/doubt-count.ts";
import type { Keys } from "./document.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import type { ShelvedGap } from "./gaps.ts";
import { ask as askGaps } from "./gaps-answer.ts";
import { historyTotals, playDestinations, type Destinations, type MonthOfPlays } from "./play-counts.ts";
import { requireHistory } from "./readiness.ts";
import { longestRow, monthsOf, type RowOfDays } from "./recap-days.ts";
import { comebacks, firstTimes, type ClosedSpan, type RecapRecord } from "./recap-events.ts";
import { playedAlbums, playedArtists, type PlayedMost } from "./top-rows.ts";

export interface RecapQuestion {
  readonly span: Span;
  readonly nowUts: number;
}

/** What only a long span is told with. */
interface LongRecap {
  readonly months: readonly MonthOfPlays[];
  readonly topAlbums: readonly PlayedMost[];
  readonly topArtists: readonly PlayedMost[];
  readonly longestRow: RowOfDays | null;
}

export interface RecapAnswer {
  /** It ends now where it was open, and begins with the first play. */
  readonly span: ClosedSpan;
  readonly plays: number;
  /** Of as many days before it; null where too few are known. */
  readonly usualPlays: number | null;
  readonly notedPlays: number;
  readonly destinations: Destinations;
  readonly albums: { readonly played: number; readonly spun: number };
  readonly firstTimes: readonly RecapRecord[];
  readonly comebacks: readonly RecapRecord[];
  readonly gaps: { readonly total: number; readonly rows: readonly ShelvedGap[] };
  readonly added: { readonly records: number; readonly played: number };
  /** Doubtful matches, of whatever time. */
  readonly doubts: number;
  /** null: the span is a short one. */
  readonly long: LongRecap | null;
}

const day = 24 * 60 * 60;
/** Longer spans have months to compare. */
const longFrom = 92 * day;
/** What is usual in so short a time is told from the year before it. */
const shortTo = 32 * day;
const mostTop = 5;
const mostGaps = 20;

/** Throws NotReadyError without a complete listening history. */
export async function ask(database: Database, { span: asked, nowUts }: RecapQuestion): Promise<RecapAnswer> {
  requireHistory(database, readPublications(database), "Plays within a span");
  const firstUts = historyTotals(database, null).sinceUts ?? nowUts;
  const span = closed(asked, { firstUts, nowUts });
  const isLong = span.toUts - span.fromUts > longFrom;
  const albums = playedAlbums(database, span);
  const own = albums.filter(({ isOwned }) => isOwned);
  const gaps = askGaps(database, {
    filter: { during: span },
    sort: "plays",
    reverse: false,
    hidden: false,
    paging: { page: 1, limit: mostGaps },
    nowUts,
  });
  const added = countFiltered(database, { added: [span] });
  return {
    span,
    plays: historyTotals(database, span).scrobbles,
    usualPlays: usualPlays(database, span, firstUts),
    notedPlays: countNoted(database, span),
    destinations: playDestinations(database, { span, history: "complete" }),
    albums: { played: own.length, spun: own.filter(({ spins }) => (spins ?? 0) > 0).length },
    firstTimes: span.fromUts <= firstUts ? [] : firstTimes(database, span),
    comebacks: comebacks(database, span),
    gaps: { total: gaps.total, rows: gaps.rows },
    added: { records: added, played: added - countFiltered(database, { added: [span], never: true }) },
    doubts: await countDoubts(database),
    long: isLong
      ? {
          months: monthsOf(database, span),
          topAlbums: mostPlayed(albums),
          topArtists: mostPlayed(playedArtists(database, span)),
          longestRow: longestRow(database, span),
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

function usualPlays(database: Database, { fromUts, toUts }: ClosedSpan, firstUts: number): number | null {
  const length = toUts - fromUts;
  const sinceUts = Math.max(firstUts, length <= shortTo ? fromUts - 365 * day : 0);
  const known = fromUts - sinceUts;
  if (known < length || length <= 0) return null;
  const { scrobbles } = historyTotals(database, { fromUts: sinceUts, toUts: fromUts });
  return Math.round((scrobbles * length) / known);
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

function mostPlayed(rows: readonly PlayedMost[]): PlayedMost[] {
  return rows
    .toSorted((a, b) => b.plays - a.plays || (b.lastPlayedUts ?? 0) - (a.lastPlayedUts ?? 0))
    .slice(0, mostTop);
}

interface ContractRecapRecord {
  readonly record_id: number;
  readonly artist: string;
  readonly title: string;
  readonly form: string;
  readonly added_at: string | null;
  readonly play_count: number;
  readonly spins: number | null;
}

interface RecapDocument {
  readonly from: string | null;
  readonly to: string | null;
  readonly plays: number;
  readonly usual_plays: number | null;
  readonly noted_plays: number;
  readonly on_shelf: {
    readonly owned: number;
    readonly not_owned: number;
    readonly no_album_tag: number | null;
    readonly albums: number;
    readonly albums_spun: number;
  };
  readonly first_time: readonly ContractRecapRecord[];
  readonly back_after_years: readonly (ContractRecapRecord & { readonly last_spin: string | null })[];
  readonly gaps: readonly {
    readonly id: number;
    readonly artist_name: string;
    readonly album_name: string;
    readonly play_count: number;
    readonly wanted: boolean;
  }[];
  readonly gaps_total: number;
  readonly new_records: { readonly records: number; readonly played: number };
  readonly to_settle: number;
  readonly months: readonly { readonly month: string; readonly plays: number }[] | null;
  readonly top_albums:
    | readonly {
        readonly artist_name: string;
        readonly album_name: string;
        readonly play_count: number;
        readonly spins: number | null;
        readonly owned: boolean;
      }[]
    | null;
  readonly top_artists:
    | readonly {
        readonly artist_name: string;
        readonly play_count: number;
        readonly owned_records: number;
      }[]
    | null;
  readonly longest_row: {
    readonly days: number;
    readonly from: string | null;
    readonly to: string | null;
  } | null;
}

const recordKeys: Keys<ContractRecapRecord> = {
  record_id: "the first of its copies",
  artist: "the credit as one reads it",
  title: "of the release",
  form: "LP, 2×LP, CD and the like",
  added_at: "to the collection, in UTC",
  play_count: "scrobbles within the span",
  spins: "within the span; null where that is not known",
};

export const keys: Keys<RecapDocument> = {
  from: "its first moment, in UTC",
  to: "the first moment after it",
  plays: "scrobbles",
  usual_plays:
    "of as many days: by the year before a span of up to a month, else by all that was before; null: unknown",
  noted_plays: "plays that you noted by hand",
  on_shelf: {
    meaning: "where the plays went",
    keys: {
      owned: "on albums that some record is credited with",
      not_owned: "on other albums",
      no_album_tag: "of tracks that were scrobbled without an album",
      albums: "that you own and played",
      albums_spun: "of them with a sitting that heard half of it",
    },
  },
  first_time: { meaning: "albums on the shelf, never heard before", each: recordKeys },
  back_after_years: {
    meaning: "albums on the shelf that were not spun for two years or more",
    each: { ...recordKeys, last_spin: "the one before, in UTC" },
  },
  gaps: {
    meaning: "what was played and is not owned, as rewind gaps tells it; at most 20",
    each: {
      id: "as in a219",
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "within the span",
      wanted: "whether it is on your wantlist",
    },
  },
  gaps_total: "how many there are",
  new_records: {
    meaning: "added to the collection within the span",
    keys: { records: "copies", played: "of them heard by now" },
  },
  to_settle: "doubtful matches, of whatever time",
  months: {
    meaning: "plays of each month; null for a span of up to 92 days, as the three below",
    each: { month: "2026-02", plays: "within the span" },
  },
  top_albums: {
    meaning: "the five most played",
    each: {
      artist_name: "as Last.fm spells it",
      album_name: "as Last.fm spells it",
      play_count: "within the span",
      spins: "within the span; null where that is not known",
      owned: "in any pressing",
    },
  },
  top_artists: {
    meaning: "the five most played",
    each: {
      artist_name: "as most of the scrobbles spell it",
      play_count: "within the span",
      owned_records: "your records by the artist",
    },
  },
  longest_row: {
    meaning: "the most days in a row with a play",
    keys: { days: "how many", from: "the beginning of the first day", to: "the beginning of the last day" },
  },
};

const iso = (uts: number | null): string | null => (uts === null ? null : isoSeconds(uts));

export function document(answer: RecapAnswer): RecapDocument {
  const { span, destinations, albums, gaps, long } = answer;
  const row = long?.longestRow ?? null;
  return {
    from: iso(span.fromUts),
    to: iso(span.toUts),
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
      last_spin: iso(record.lastSpinUts),
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
    months:
      long?.months.map(({ year, month, plays }) => ({
        month: `${year}-${String(month).padStart(2, "0")}`,
        plays,
      })) ?? null,
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
    longest_row: row === null ? null : { days: row.days, from: iso(row.fromUts), to: iso(row.lastUts) },
  };
}

function contractRecord(record: RecapRecord): ContractRecapRecord {
  return {
    record_id: record.id,
    artist: record.artist,
    title: record.title,
    form: record.form,
    added_at: iso(record.addedUts),
    play_count: record.plays,
    spins: record.spins,
  };
}
