// The lists of rewind top in the shape of the hosted API, with numbers.
import type { Granularity, SparkPoint } from "../documents/hosted-listening-documents.ts";
import { dayStart, dayStartOf, daySeconds } from "../../model/times.ts";
import type { PageNames } from "../../sources/services/remote-service.ts";
import type { Database } from "../../store/file/database.ts";
import { among, type Condition } from "../conditions/condition-parts.ts";
import { spanCondition, type Span } from "../conditions/span.ts";
import { artistIds } from "../albums/listed-albums.ts";
import { pagesOf } from "../documents/hosted-lists.ts";
import { shelfArtistKey } from "../figures/ownership.ts";
import { pageOf, type Paging } from "../documents/paging.ts";
import { dateOfDay } from "../figures/play-days.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { artistsByPlays, type PlayedArtist } from "../top/top-artists.ts";
import { playedTracks, songCondition, songPage, trackIds } from "../top/top-tracks.ts";

export const chartKinds = ["artists", "albums", "tracks"] as const;
export type ChartKind = (typeof chartKinds)[number];

export interface TopEntry {
  /** The id of the most played spelling or edition. */
  readonly id: number;
  readonly name: string;
  readonly artist: string;
  readonly plays: number;
  readonly url: string;
  /** For a track. */
  readonly albumId: number | null;
  readonly albumName: string | null;
  /**
   * What the plays are counted by: the spellings of an artist, the ids of an album's editions, or the number of a song.
   */
  readonly members: readonly (string | number)[];
}

interface ChartQuestion {
  /** null: all time. */
  readonly span: Span | null;
  /** Only this artist, in any spelling. */
  readonly artist: string | null;
  /** null: all. */
  readonly paging: Paging | null;
}

interface Chart {
  readonly rows: readonly TopEntry[];
  /** On all pages. */
  readonly total: number;
}

/** The most played first. */
export function topOf(database: Database, kind: ChartKind, question: ChartQuestion): Chart {
  const { rows, total } = ranked(database, kind, question);
  const urlOf = pagesOf(database);
  const idOf = ids(database, kind, rows);
  const titleOf = database.prepare<[number], string>("SELECT title FROM album WHERE id = ?").pluck();
  const entries = rows.map((row): TopEntry => {
    const { artist, title, plays, albumIds } = row;
    const albumId = kind === "tracks" ? (albumIds[0] ?? null) : null;
    return {
      id: idOf(row),
      name: title ?? artist,
      artist,
      plays,
      url: urlOf(namesOf(kind, row)),
      albumId,
      albumName: albumId === null ? null : (titleOf.get(albumId) ?? null),
      members: membersOf(kind, row),
    };
  });
  return { rows: entries, total };
}

function ranked(
  database: Database,
  kind: ChartKind,
  { span, artist, paging }: ChartQuestion,
): { readonly rows: readonly PlayedMost[]; readonly total: number } {
  if (kind === "tracks" && artist === null && paging !== null) {
    return songPage(database, { span, isOwned: null, paging });
  }
  const all: readonly PlayedMost[] =
    kind === "artists"
      ? artistsByPlays(database, span)
      : kind === "albums"
        ? playedAlbums(database, span)
        : playedTracks(database, span);
  const key = artist === null ? null : shelfArtistKey(artist);
  const left = mostPlayed(key === null ? all : all.filter((row) => shelfArtistKey(row.artist) === key));
  return { rows: pageOf(left, paging), total: left.length };
}

function ids(database: Database, kind: ChartKind, rows: readonly PlayedMost[]): (row: PlayedMost) => number {
  if (kind === "albums") return ({ albumIds }) => albumIds[0] ?? 0;
  if (kind === "artists") {
    const known = artistIds(
      database,
      rows.map(({ artist }) => artist),
    );
    return ({ artist }) => known.get(artist) ?? 0;
  }
  const known = trackIds(
    database,
    rows.flatMap(({ song }) => song ?? []),
  );
  return ({ song }) => known.get(song ?? 0) ?? 0;
}

function namesOf(kind: ChartKind, { artist, title }: PlayedMost): PageNames {
  const name = title ?? "";
  if (kind === "artists") return { artist };
  return kind === "albums" ? { artist, album: name } : { artist, track: name };
}

function membersOf(kind: ChartKind, row: PlayedMost): readonly (string | number)[] {
  if (kind === "artists") return (row as PlayedArtist).spellings;
  return kind === "albums" ? row.albumIds : row.song === null ? [] : [row.song];
}

const granularities: readonly (readonly [Granularity, number])[] = [
  ["day", 31],
  ["week", 190],
  ["month", 1100],
];

/** The plays of one entry per period of the span. Periods without plays are 0. */
export function sparkPoints(
  database: Database,
  kind: ChartKind,
  members: TopEntry["members"],
  { fromUts, toUts }: { readonly fromUts: number; readonly toUts: number },
): { readonly granularity: Granularity; readonly points: readonly SparkPoint[] } {
  const days = (toUts - fromUts) / daySeconds;
  const granularity = granularities.find(([, most]) => days <= most)?.[0] ?? "year";
  const which = playsOf(database, kind, members);
  const within = spanCondition("scrobble.uts", { fromUts, toUts });
  const played = database
    .prepare<unknown[], number>(
      `SELECT scrobble.uts FROM track JOIN scrobble ON scrobble.track_id = track.id
       WHERE ${which.sql} AND ${within.sql}`,
    )
    .pluck()
    .all(...which.parameters, ...within.parameters);
  const counts = new Map<number, number>();
  for (let at = startOf(fromUts, granularity); at < toUts; at = startOf(at, granularity, 1))
    counts.set(at, 0);
  for (const uts of played) {
    const at = startOf(uts, granularity);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  const points = [...counts].toSorted(([a], [b]) => a - b);
  return { granularity, points: points.map(([at, count]) => ({ at: dateOfDay(at), count })) };
}

function playsOf(database: Database, kind: ChartKind, members: TopEntry["members"]): Condition {
  if (kind === "tracks") return songCondition(database, Number(members[0]));
  return among(kind === "artists" ? "track.artist" : "track.album_id", members);
}

/** The start of the period that contains `uts`, or of a later one. Weeks begin on Monday. */
function startOf(uts: number, granularity: Granularity, later = 0): number {
  const date = new Date(uts * 1000);
  const [year, month, weekday] = [date.getFullYear(), date.getMonth(), (date.getDay() + 6) % 7];
  if (granularity === "day") return dayStartOf(uts, later);
  if (granularity === "week") return dayStartOf(uts, 7 * later - weekday);
  return granularity === "month" ? dayStart(year, month + later, 1) : dayStart(year + later, 0, 1);
}

/** The first and last moment with known plays; undefined if there are none. */
export function playedBetween(
  database: Database,
): { readonly fromUts: number; readonly toUts: number } | undefined {
  const row = database
    .prepare<[], { fromUts: number | null; toUts: number | null }>(
      "SELECT min(uts) AS fromUts, max(uts) + 1 AS toUts FROM scrobble WHERE uts > 0",
    )
    .get();
  return row === undefined || row.fromUts === null || row.toUts === null
    ? undefined
    : { fromUts: row.fromUts, toUts: row.toUts };
}
