// The lists of rewind top in the shape of the hosted API, with numbers.
import { dateOfDay, daySeconds } from "../../model/times.ts";
import { songNumber } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import { within, type ClosedSpan, type Span } from "../conditions/span.ts";
import { list, plain, oneRowOf, sql, tuplesOf, valuesOf, type Sql } from "../../store/file/sql.ts";
import type { Granularity } from "../documents/hosted-listening-documents.ts";
import { pagesOf } from "../figures/readiness.ts";
import { pageOf, type Paging } from "../documents/paging.ts";
import { shelfArtistKey } from "../figures/ownership.ts";
import { periodOf, periodsIn } from "../figures/periods.ts";
import { albumsById } from "../find/find-albums.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { playedMost, type TopSubject } from "../top/top.ts";
import { isSong, trackIds } from "../top/top-tracks.ts";

export type TopEntry = ReturnType<typeof entriesOf>[number];

interface ChartQuestion {
  /** null: all time. */
  readonly span: Span | null;
  /** Only this artist, in any spelling. */
  readonly artist: string | null;
  readonly paging: Paging;
}

/** The most played first. `total`: on all pages. */
export function topOf(database: Database, kind: TopSubject, { span, artist, paging }: ChartQuestion) {
  const all: readonly PlayedMost[] = playedMost[kind](database, span);
  const key = artist === null ? null : shelfArtistKey(artist);
  const matches = mostPlayed(key === null ? all : all.filter((row) => shelfArtistKey(row.artist) === key));
  return { rows: entriesOf(database, kind, pageOf(matches, paging)), total: matches.length };
}

/** Adds ids and addresses to the rows of a page. */
export function entriesOf(database: Database, kind: TopSubject, rows: readonly PlayedMost[]) {
  const urlOf = pagesOf(database);
  const idOf = idReader(database, kind, rows);
  const albumIds = rows.flatMap((row) => row.albumIds[0] ?? []);
  const titles = new Map(albumsById(database, albumIds).map((album) => [album.id, album.title]));
  return rows.map((row) => {
    const { artist, plays } = row;
    const name = row.title || artist;
    const [albumId = null] = kind === "tracks" ? row.albumIds : [];
    const names = {
      album: kind === "albums" ? name : undefined,
      track: kind === "tracks" ? name : undefined,
    };
    return {
      /** The id of the most played spelling or edition. */
      id: idOf(row),
      name,
      artist,
      plays,
      url: urlOf({ artist, ...names }),
      /** Of a track. */
      albumId,
      albumName: titles.get(albumId ?? 0) ?? null,
      members: kind === "tracks" ? [songOf(row)] : row.members,
    };
  });
}

function idReader(
  database: Database,
  kind: TopSubject,
  rows: readonly PlayedMost[],
): (row: PlayedMost) => number {
  if (kind === "albums") return ({ albumIds: [id = 0] }) => id;
  if (kind === "artists") {
    const names = rows.map(({ artist }) => artist);
    const ids = artistIds(database, names);
    return ({ artist }) => ids.get(artist) ?? 0;
  }
  const ids = trackIds(database, rows.map(songOf));
  return (row) => ids.get(songOf(row)) ?? 0;
}

function songOf({ artist, title }: PlayedMost): number {
  return songNumber(artist, title);
}

/** Maps artist names, as scrobbled, to their numbers. */
export function artistIds(database: Database, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    tuplesOf<[name: string, id: number]>(database)`
      SELECT name, id FROM artist WHERE name IN ${list(names)}`,
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
  kind: TopSubject,
  members: TopEntry["members"],
  span: ClosedSpan,
) {
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
function isMember(database: Database, kind: TopSubject, members: TopEntry["members"]): Sql {
  if (kind === "tracks") return isSong(database, Number(members[0]));
  return sql`${plain(kind === "artists" ? "track.artist" : "track.album_id")} IN ${list(members)}`;
}

/** The first and last moment with known plays; undefined if there are none. */
export function playedBetween(database: Database): ClosedSpan | undefined {
  const [{ fromUts, toUts }] = oneRowOf<{ fromUts: number | null; toUts: number | null }>(database)`
    SELECT min(uts) AS fromUts, max(uts) + 1 AS toUts FROM scrobble WHERE uts > 0`;
  return fromUts === null || toUts === null ? undefined : { fromUts, toUts };
}
