// The lists of rewind top in the shape of the hosted API, with numbers.
import { daySeconds } from "../../model/times.ts";
import type { Database } from "../../store/file/database.ts";
import { within, type Span } from "../conditions/span.ts";
import { list, plain, oneRowOf, rowsOf, sql, tuplesOf, valuesOf, type Sql } from "../conditions/sql.ts";
import type { Granularity, SparkPoint } from "../documents/hosted-listening-documents.ts";
import { pagesOf } from "../figures/readiness.ts";
import { pageOf, type Paging } from "../documents/paging.ts";
import { shelfArtistKey } from "../figures/ownership.ts";
import { dateOfDay, periodOf, periodsIn, type Period } from "../figures/periods.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { playedArtists, type PlayedArtist } from "../top/top-artists.ts";
import { isSong, playedTracks, songPage, trackIds } from "../top/top-tracks.ts";

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
  readonly paging: Paging;
}

/** The most played first. `total`: on all pages. */
export function topOf(
  database: Database,
  kind: ChartKind,
  { span, artist, paging }: ChartQuestion,
): { readonly rows: readonly TopEntry[]; readonly total: number } {
  if (kind === "tracks" && artist === null) {
    const { rows, total } = songPage(database, { span, isOwned: null, paging });
    return { rows: entriesOf(database, kind, rows), total };
  }
  const readAll = { artists: playedArtists, albums: playedAlbums, tracks: playedTracks }[kind];
  const all: readonly PlayedMost[] = readAll(database, span);
  const key = artist === null ? null : shelfArtistKey(artist);
  const matches = mostPlayed(key === null ? all : all.filter((row) => shelfArtistKey(row.artist) === key));
  return { rows: entriesOf(database, kind, pageOf(matches, paging)), total: matches.length };
}

/** Adds ids and addresses to the rows of a page. */
export function entriesOf(
  database: Database,
  kind: ChartKind,
  rows: readonly PlayedMost[],
): readonly TopEntry[] {
  const urlOf = pagesOf(database);
  const artists = artistIds(
    database,
    rows.map(({ artist }) => artist),
  );
  const songs = rows.flatMap(({ song }) => song ?? []);
  const tracks = songs.length === 0 ? new Map<number, number>() : trackIds(database, songs);
  const titles = new Map(
    tuplesOf<[id: number, title: string]>(database)`
      SELECT id, title FROM album WHERE id IN ${list(rows.flatMap(({ albumIds }) => albumIds[0] ?? []))}`,
  );
  return rows.map((row) => {
    const { artist, title, plays, song, albumIds } = row;
    const [albumId = null] = albumIds;
    const entry = { name: title ?? artist, artist, plays, albumId: null, albumName: null };
    if (kind === "artists") {
      const { spellings } = row as PlayedArtist;
      return { ...entry, id: artists.get(artist) ?? 0, url: urlOf({ artist }), members: spellings };
    }
    const name = title ?? "";
    if (kind === "albums") {
      return { ...entry, id: albumId ?? 0, url: urlOf({ artist, album: name }), members: albumIds };
    }
    return {
      ...entry,
      id: tracks.get(song ?? 0) ?? 0,
      url: urlOf({ artist, track: name }),
      albumId,
      albumName: albumId === null ? null : (titles.get(albumId) ?? null),
      members: song === null ? [] : [song],
    };
  });
}

/** Maps artist names, as scrobbled, to their numbers. */
export function artistIds(database: Database, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    rowsOf<{ name: string; id: number }>(
      database,
    )`SELECT name, id FROM artist WHERE name IN ${list(names)}`.map(({ name, id }) => [name, id]),
  );
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
  span: Omit<Period, "name">,
): { readonly granularity: Granularity; readonly points: readonly SparkPoint[] } {
  const spanDays = (span.toUts - span.fromUts) / daySeconds;
  const granularity = granularities.find(([, most]) => spanDays <= most)?.[0] ?? "year";
  const times = valuesOf<number>(database)`
    SELECT scrobble.uts FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE ${isMember(database, kind, members)} AND ${within(plain("scrobble.uts"), span)}`;
  const counts = new Map(periodsIn(granularity, span).map(({ fromUts }) => [fromUts, 0]));
  for (const uts of times) {
    const { fromUts } = periodOf(uts, granularity);
    counts.set(fromUts, (counts.get(fromUts) ?? 0) + 1);
  }
  return { granularity, points: [...counts].map(([at, count]) => ({ at: dateOfDay(at), count })) };
}

/** SQL condition: the row of track is one of the members. */
function isMember(database: Database, kind: ChartKind, members: TopEntry["members"]): Sql {
  if (kind === "tracks") return isSong(database, Number(members[0]));
  return sql`${plain(kind === "artists" ? "track.artist" : "track.album_id")} IN ${list(members)}`;
}

/** The first and last moment with known plays; undefined if there are none. */
export function playedBetween(database: Database): Omit<Period, "name"> | undefined {
  const [{ fromUts, toUts }] = oneRowOf<{ fromUts: number | null; toUts: number | null }>(database)`
    SELECT min(uts) AS fromUts, max(uts) + 1 AS toUts FROM scrobble WHERE uts > 0`;
  return fromUts === null || toUts === null ? undefined : { fromUts, toUts };
}
