// Play counts: per album for all time or a span, by ownership, and in all.
import type { Database } from "../../store/file/database.ts";
import { countUnmatchedPlays } from "../../store/plays/track-albums.ts";
import { rulesVersion } from "../../match/rules-version.ts";
import { computeSongNumber, toSongKey } from "../../match/titles/track-title.ts";
import { hasNameKeys } from "../../store/shelf/derived-columns.ts";
import {
  execute,
  listSql,
  rawSql,
  queryOneRow,
  sql,
  queryTuples,
  queryValue,
  type Sql,
  joinSql,
} from "../../store/file/sql.ts";
import { buildPeriodSql, type ClosedPeriod, type Period } from "../conditions/period.ts";
import { groupByKey } from "../../model/grouping.ts";
import { daySeconds } from "../../model/times.ts";
import { readHistoryState } from "./readiness.ts";
import { buildOwnedAlbumSql } from "./ownership.ts";

const utsColumn = rawSql("uts");

/** Many plays of a longer span are counted sooner in the order of their tracks, few plays sooner in that of time. */
const maxRangeSeconds = 2 * 366 * daySeconds;

/** A period whose plays are counted, by track and by album, in temporary tables. */
interface CountedPeriod extends ClosedPeriod {
  readonly isCounted: true;
}

function isCounted(span: Period): span is CountedPeriod {
  return "isCounted" in span;
}

/** Counts the plays of a period once, for an answer that asks much about it. `ask` must not return the counted period. */
export function withCountedPlays<Result>(
  database: Database,
  { fromUts, toUts }: ClosedPeriod,
  ask: (span: CountedPeriod) => Result,
): Result {
  const span = { fromUts, toUts };
  execute(
    database,
  )`CREATE TEMP TABLE counted_track AS WITH ${buildHeardTrackSql(span)} SELECT * FROM heard_track`;
  const counted = { ...span, isCounted: true } as const;
  try {
    execute(database)`CREATE TEMP TABLE counted_album AS
      WITH ${buildHeardTrackSql(counted)}, ${albumPlaysSql} SELECT * FROM played`;
    return ask(counted);
  } finally {
    database.exec("DROP TABLE temp.counted_track; DROP TABLE IF EXISTS temp.counted_album");
  }
}

/** `heard_track (track_id, plays, last_uts)`: a row for each track with plays. last_uts is NULL if no play is dated. */
export function buildHeardTrackSql(span: Period | null): Sql {
  if (span !== null && isCounted(span)) return rawSql("heard_track AS (SELECT * FROM temp.counted_track)");
  const isLong = span !== null && (span.toUts ?? Infinity) - (span.fromUts ?? 0) > maxRangeSeconds;
  // The sign keeps SQLite from the index by time, so that it needs no sorting.
  const uts = isLong ? rawSql("+uts") : utsColumn;
  return sql`heard_track (track_id, plays, last_uts) AS (
    SELECT track_id, count(*), nullif(max(uts), 0) FROM scrobble WHERE ${buildPeriodSql(uts, span)} GROUP BY track_id)`;
}

/** The song number of a row of track. It is computed only if none is stored. */
export function buildSongSql(database: Database): Sql {
  database.function("to_song_number", { deterministic: true }, (artist: unknown, name: unknown) =>
    computeSongNumber(String(artist), String(name)),
  );
  const computed = "to_song_number(track.artist, track.name)";
  return rawSql(hasNameKeys(database, rulesVersion) ? `coalesce(track.song, ${computed})` : computed);
}

/** The number of songs heard of each artist, who may have several spellings. */
export function countSongsByArtist(
  database: Database,
  span: Period | null,
  artists: readonly (readonly string[])[],
): number[] {
  const counts = new Map(
    queryTuples<[at: number, songs: number]>(database)`
      SELECT spellings.key, count(DISTINCT ${buildSongSql(database)})
      FROM json_each(${JSON.stringify(artists)}) AS spellings JOIN json_each(spellings.value) AS spelling
        JOIN track ON track.artist = spelling.value
      WHERE EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND ${buildPeriodSql(utsColumn, span)})
      GROUP BY spellings.key`,
  );
  return artists.map((_, at) => counts.get(at) ?? 0);
}

/** The number of songs heard of each album, which may have several editions. A guest makes no other song. */
export function countHeardTracks(
  database: Database,
  span: Period | null,
  albums: readonly (readonly number[])[],
): number[] {
  const names = queryTuples<[albumId: number, name: string]>(database)`
    SELECT album_id, name FROM track WHERE album_id IN ${listSql(albums.flat())}
    AND EXISTS (SELECT 1 FROM scrobble WHERE track_id = track.id AND ${buildPeriodSql(utsColumn, span)})`;
  const songs = groupByKey(names, ([albumId]) => albumId);
  const getSongKeys = (albumId: number): string[] =>
    (songs.get(albumId) ?? []).map(([, name]) => toSongKey(name));
  return albums.map((editions) => new Set(editions.flatMap(getSongKeys)).size);
}

/** Counts for one release, or for the whole shelf. Returns 0 without the listening history. */
export function countUnmatchedSongPlays(database: Database, releaseId: number | "all"): number {
  return readHistoryState(database) === "complete" ? countUnmatchedPlays(database, releaseId) : 0;
}

/** `played (album_id, plays, last_played_uts)`: a row for each album with plays. span null: all time. */
export function buildPlayedSql(span: Period | null): Sql {
  if (span === null) {
    return rawSql(`played (album_id, plays, last_played_uts) AS (
      SELECT id, play_count, last_played_uts FROM album WHERE play_count > 0)`);
  }
  if (isCounted(span)) return rawSql("played AS (SELECT * FROM temp.counted_album)");
  return sql`${buildHeardTrackSql(span)}, ${albumPlaysSql}`;
}

const albumPlaysSql = rawSql(`played (album_id, plays, last_played_uts) AS MATERIALIZED (
  SELECT album_id, sum(plays), max(last_uts) FROM heard_track JOIN track ON track.id = track_id
  WHERE album_id IS NOT NULL GROUP BY album_id)`);

/** `heard (record_id, plays, last_played_uts, logged)`: each record with plays, by `played`. Logged ones count apart. */
function buildHeardSql(span: Period): Sql {
  return sql`heard (record_id, plays, last_played_uts, logged) AS MATERIALIZED (
    SELECT record_id, sum(plays), max(last_uts), sum(logged) FROM (
      SELECT album_match.record_id AS record_id, played.plays AS plays, played.last_played_uts AS last_uts, 0 AS logged
      FROM album_match JOIN played ON played.album_id = album_match.album_id
      UNION ALL
      SELECT record.id, 0, logged_play.last_uts, 1 FROM logged_play JOIN record USING (release_id)
      WHERE ${buildPeriodSql(rawSql("logged_play.last_uts"), span)})
    GROUP BY record_id)`;
}

/** `record_id, started_uts`: each spin of each record. A sitting that was both scrobbled and logged appears once. */
export const recordSpinsSql = rawSql(`
  SELECT album_match.record_id AS record_id, spin.started_uts AS started_uts FROM spin JOIN album_match USING (album_id)
  UNION ALL SELECT record_id, started_uts FROM logged_spin`);

/** `id`: each record with a play or a logged play within the span, and none before. */
export function buildFirstPlayedSql(span: ClosedPeriod): Sql {
  return sql`
    SELECT id FROM (
      SELECT record_id AS id FROM album_match WHERE album_id IN (
        SELECT album_id FROM track WHERE album_id IS NOT NULL
          AND id IN (SELECT track_id FROM scrobble WHERE ${buildPeriodSql(utsColumn, span)}))
      UNION SELECT record.id FROM logged_play JOIN record USING (release_id)
      WHERE ${buildPeriodSql(rawSql("last_uts"), span)}) AS heard
    WHERE NOT EXISTS (SELECT 1 FROM album_match JOIN track USING (album_id) JOIN scrobble ON scrobble.track_id = track.id
        WHERE album_match.record_id = heard.id AND scrobble.uts < ${span.fromUts})
      AND NOT EXISTS (SELECT 1 FROM record JOIN logged_play USING (release_id)
        WHERE record.id = heard.id AND logged_play.last_uts < ${span.fromUts})`;
}

/** `spun (record_id, spins)`: a row for each record with spins that began within the span. */
function buildSpunSql(span: Period): Sql {
  return sql`spun (record_id, spins) AS MATERIALIZED (
    SELECT record_id, count(*) FROM (${recordSpinsSql}) WHERE ${buildPeriodSql(rawSql("started_uts"), span)} GROUP BY record_id)`;
}

interface PlaysByOwnership {
  /** Plays on albums that are owned in any pressing, each album once. */
  readonly owned: number;
  readonly notOwned: number;
  /** Plays without an album tag. */
  readonly noAlbumTag: number;
}

/** Counts for all time the chart's plays and scrobbles without an album tag; for a span each scrobble in one of the three. */
export function countPlaysByOwnership(database: Database, span: Period | null): PlaysByOwnership {
  const destined =
    span === null
      ? sql`destined (plays, tagged, owned) AS (SELECT play_count, true, ${buildOwnedAlbumSql("id")} FROM album
          UNION ALL SELECT count(*), false, false FROM track JOIN scrobble ON scrobble.track_id = track.id
          WHERE track.album_id IS NULL AND track.album = '')`
      : sql`${buildHeardTrackSql(span)}, destined (plays, tagged, owned) AS (
          SELECT plays, track.album <> '',
            track.album <> '' AND track.album_id IS NOT NULL AND ${buildOwnedAlbumSql("track.album_id")}
          FROM heard_track JOIN track ON track.id = track_id)`;
  const [row] = queryOneRow<PlaysByOwnership>(database)`WITH ${destined}
    SELECT coalesce(sum(plays) FILTER (WHERE owned), 0) AS owned,
      coalesce(sum(plays) FILTER (WHERE NOT owned AND tagged), 0) AS notOwned,
      coalesce(sum(plays) FILTER (WHERE NOT tagged), 0) AS noAlbumTag FROM destined`;
  return row;
}

/** Scrobbles of albums that the chart lacks. */
export function countUnlinkedScrobbles(database: Database, span: Period | null): number {
  return queryValue(database, 0)`
    SELECT count(*) FROM track JOIN scrobble ON scrobble.track_id = track.id
    WHERE track.album_id IS NULL AND track.album <> '' AND ${buildPeriodSql(rawSql("scrobble.uts"), span)}`;
}

export function countScrobbles(database: Database, span: Period | null): number {
  return queryValue(database, 0)`SELECT count(*) FROM scrobble WHERE ${buildPeriodSql(utsColumn, span)}`;
}

/** null: no scrobble within the span is dated. */
export function findFirstScrobbleUts(database: Database, span: Period | null): number | null {
  return queryValue<number | null>(database, null)`
    SELECT min(uts) FROM scrobble WHERE uts > 0 AND ${buildPeriodSql(utsColumn, span)}`;
}

/** Counts the plays of all time, or of a span. */
export interface PlayScope {
  readonly during?: Period;
}

/** The tables and columns of records with their plays. With a span, only plays within it count. */
export function buildRecordSource({ during }: PlayScope) {
  // Outer joins let SQLite skip tables that the query does not use.
  const tables = `match LEFT JOIN record ON record.id = match.record_id
    LEFT JOIN release ON release.id = record.release_id`;
  if (during === undefined) {
    return {
      definitions: [],
      tables: rawSql(tables),
      plays: rawSql("match.play_count"),
      isHeard: rawSql("(match.play_count > 0 OR match.logged_plays > 0)"),
      lastPlayed: rawSql("match.last_played_uts"),
      spins: rawSql("match.spins"),
    };
  }
  return {
    /** Common table expressions that the tables need. buildWithSql() puts them at the start of a statement. */
    definitions: [buildPlayedSql(during), buildHeardSql(during), buildSpunSql(during)],
    /** match, record and release; with a span also heard and spun. Every published record has a match. */
    tables: rawSql(`${tables} LEFT JOIN heard ON heard.record_id = match.record_id
      LEFT JOIN spun ON spun.record_id = match.record_id`),
    /** A record's scrobbles; never NULL. */
    plays: rawSql("coalesce(heard.plays, 0)"),
    /** The record was played at all, scrobbled or logged. This is what "listened" means everywhere. Never NULL. */
    isHeard: rawSql("(coalesce(heard.plays, 0) > 0 OR coalesce(heard.logged, 0) > 0)"),
    /** The last play; NULL if there is none or its time is unknown. */
    lastPlayed: rawSql("heard.last_played_uts"),
    /** The record's spins; NULL if too few tracks are known. */
    spins: rawSql("iif(match.spins IS NULL, NULL, coalesce(spun.spins, 0))"),
  };
}

/** The start of a statement with common table expressions; empty if there are none. */
export function buildWithSql(definitions: readonly Sql[]): Sql {
  return definitions.length === 0 ? rawSql("") : sql`WITH ${joinSql(definitions, ", ")}`;
}

/** The cost of a spin of the record so far, in hundredths of its currency; NULL without a price or a spin. */
export const costPerSpinSql = rawSql("round(record.paid_cents * 1.0 / nullif(match.spins, 0))");
/** The same for each play of a track. */
export const costPerPlaySql = rawSql("round(record.paid_cents * 1.0 / nullif(match.play_count, 0))");
