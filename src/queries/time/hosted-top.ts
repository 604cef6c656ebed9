// The lists of rewind top in the shape of the hosted API, with numbers.
import { toIsoDay, daySeconds } from "../../model/times.ts";
import { computeSongNumber } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import { buildPeriodSql, type ClosedPeriod, type Period } from "../conditions/period.ts";
import {
  listSql,
  rawSql,
  queryOneRow,
  sql,
  queryTuples,
  queryValues,
  type Sql,
} from "../../store/file/sql.ts";
import type { Granularity } from "../documents/hosted-listening-documents.ts";
import { createPageUrlBuilder } from "../statistics/readiness.ts";
import { selectPage, type Paging } from "../documents/paging.ts";
import { createArtistKeyMaker } from "../statistics/artist-collections.ts";
import { getPeriodAt, splitIntoPeriods } from "../statistics/calendar-periods.ts";
import { readAlbumsById } from "../find/find-albums.ts";
import { sortByPlays, type PlayedItem } from "../statistics/played-items.ts";
import { playedItemReaders, type TopSubject } from "../top/top.ts";
import { buildIsSongSql, readTrackIds } from "../top/top-tracks.ts";

export type TopEntry = ReturnType<typeof buildTopEntries>[number];

interface HostedTopParameters {
  /** null: all time. */
  readonly period: Period | null;
  /** The artist to restrict the answer to, in any spelling. */
  readonly artist: string | null;
  readonly paging: Paging;
}

/** The most played first. `total`: on all pages. */
export function readHostedTop(
  database: Database,
  kind: TopSubject,
  { period, artist, paging }: HostedTopParameters,
) {
  const all: readonly PlayedItem[] = playedItemReaders[kind](database, period);
  const toKey = createArtistKeyMaker(database);
  const key = artist === null ? null : toKey(artist);
  const matches = sortByPlays(key === null ? all : all.filter((row) => toKey(row.artist) === key));
  return { rows: buildTopEntries(database, kind, selectPage(matches, paging)), total: matches.length };
}

/** Adds ids and addresses to the rows of a page. */
export function buildTopEntries(database: Database, kind: TopSubject, rows: readonly PlayedItem[]) {
  const buildUrl = createPageUrlBuilder(database);
  const getId = createIdLookup(database, kind, rows);
  const albumIds = rows.flatMap((row) => row.albumIds[0] ?? []);
  const titles = new Map(readAlbumsById(database, albumIds).map((album) => [album.id, album.title]));
  return rows.map((row) => {
    const { artist, plays } = row;
    const name = row.title || artist;
    const [albumId = null] = kind === "tracks" ? row.albumIds : [];
    const names = {
      album: kind === "albums" ? name : undefined,
      track: kind === "tracks" ? name : undefined,
    };
    return {
      /** The id of the most played spelling, or of the edition that names the album. */
      id: getId(row),
      name,
      artist,
      plays,
      url: buildUrl({ artist, ...names }),
      /** The album of a track. */
      albumId,
      albumName: titles.get(albumId ?? 0) ?? null,
      members: kind === "tracks" ? [toSongNumber(row)] : row.members,
    };
  });
}

function createIdLookup(
  database: Database,
  kind: TopSubject,
  rows: readonly PlayedItem[],
): (row: PlayedItem) => number {
  if (kind === "albums") return ({ albumIds: [id = 0] }) => id;
  if (kind === "artists") {
    const names = rows.map(({ artist }) => artist);
    const ids = readArtistIds(database, names);
    return ({ artist }) => ids.get(artist) ?? 0;
  }
  const ids = readTrackIds(database, rows.map(toSongNumber));
  return (row) => ids.get(toSongNumber(row)) ?? 0;
}

function toSongNumber({ artist, title }: PlayedItem): number {
  return computeSongNumber(artist, title);
}

/** Maps artist names, as scrobbled, to their numbers. */
export function readArtistIds(database: Database, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    queryTuples<[name: string, id: number]>(database)`
      SELECT name, id FROM artist WHERE name IN ${listSql(names)}`,
  );
}

const granularities: readonly (readonly [Granularity, number])[] = [
  ["day", 31],
  ["week", 190],
  ["month", 1100],
];

/** The plays of one entry per period of the span. Periods without plays are 0. */
export function readSparklinePoints(
  database: Database,
  kind: TopSubject,
  members: TopEntry["members"],
  span: ClosedPeriod,
) {
  const spanDays = (span.toUts - span.fromUts) / daySeconds;
  const granularity = granularities.find(([, maxDays]) => spanDays <= maxDays)?.[0] ?? "year";
  const times = queryValues<number>(database)`
    SELECT scrobble.uts FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE ${buildMemberSql(database, kind, members)} AND ${buildPeriodSql(rawSql("scrobble.uts"), span)}`;
  const counts = new Map(splitIntoPeriods(granularity, span).map(({ fromUts }) => [fromUts, 0]));
  for (const uts of times) {
    const { fromUts } = getPeriodAt(uts, granularity);
    counts.set(fromUts, (counts.get(fromUts) ?? 0) + 1);
  }
  return { granularity, points: [...counts].map(([at, count]) => ({ at: toIsoDay(at), count })) };
}

/** SQL condition: the row of track is one of the members. */
function buildMemberSql(database: Database, kind: TopSubject, members: TopEntry["members"]): Sql {
  if (kind === "tracks") return buildIsSongSql(database, Number(members[0]));
  return sql`${rawSql(kind === "artists" ? "track.artist" : "track.album_id")} IN ${listSql(members)}`;
}

/** The first and last moment with known plays; undefined if there are none. */
export function readPlayedPeriod(database: Database): ClosedPeriod | undefined {
  const [{ fromUts, toUts }] = queryOneRow<{ fromUts: number | null; toUts: number | null }>(database)`
    SELECT min(uts) AS fromUts, max(uts) + 1 AS toUts FROM scrobble WHERE uts > 0`;
  return fromUts === null || toUts === null ? undefined : { fromUts, toUts };
}
