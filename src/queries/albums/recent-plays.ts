// Plays one by one: with logged plays for `rewind recent`, and the history alone in the shape of the hosted API.
import { buildPeriodSql, type Period } from "../conditions/period.ts";
import { buildContainsSql } from "../conditions/sql-functions.ts";
import {
  joinAnd,
  iterateRows,
  listSql,
  rawSql,
  queryRows,
  sql,
  queryValue,
  queryValues,
  type Sql,
} from "../../store/file/sql.ts";
import { createPageUrlBuilder, requireHistory } from "../statistics/readiness.ts";
import { mapLazily, toJsonPagination, type Paging } from "../documents/paging.ts";
import { recentSchema, type RecentDocument } from "../documents/play-documents.ts";
import { daySeconds } from "../../model/times.ts";
import { createCopyLookup, createReleaseCopyLookup } from "../statistics/ownership.ts";
import { findPlaysByWords } from "../find/filter-by-words.ts";
import { toJsonCopies, toJsonPeriod, toIsoOrNull } from "../records/json-rows.ts";
import { createListQuery } from "../parameters/list-query.ts";
import type { Database } from "../../store/file/database.ts";

interface PlayFilter {
  /** null: all time. */
  readonly period: Period | null;
  /** Text within the name. */
  readonly artist?: string | null;
  readonly album?: string | null;
  /** Rows of track. */
  readonly trackIds?: ReadonlySet<number> | null;
}

/** A condition on scrobbles with a known time. */
function buildPlayFilterSql({ period, artist = null, album = null, trackIds = null }: PlayFilter): Sql {
  const ofTrack = [
    ...(artist === null ? [] : [buildContainsSql(rawSql("artist"), artist)]),
    ...(album === null ? [] : [buildContainsSql(rawSql("album"), album)]),
    ...(trackIds === null ? [] : [sql`id IN ${listSql([...trackIds])}`]),
  ];
  return joinAnd([
    rawSql("scrobble.uts > 0"),
    buildPeriodSql(rawSql("scrobble.uts"), period),
    ...(ofTrack.length === 0
      ? []
      : [sql`scrobble.track_id IN (SELECT id FROM track WHERE ${joinAnd(ofTrack)})`]),
  ]);
}

/**
 * Logged plays that the history does not have: of their record, it has no spin and no play at that time. A play that was
 * sent and came back is in the history.
 */
function buildLoggedPlayFilterSql(span: Period | null, releaseIds: ReadonlySet<number> | null): Sql {
  const isSameRecord = `album_match.record_id IN (SELECT id FROM record WHERE record.release_id = logged_play.release_id)`;
  return joinAnd([
    rawSql(`logged_play.release_id IN (SELECT id FROM release)
      AND NOT EXISTS (SELECT 1 FROM album_match JOIN spin USING (album_id) WHERE ${isSameRecord}
        AND spin.started_uts < logged_play.to_uts AND spin.ended_uts >= logged_play.from_uts)
      AND NOT (precision = 'time' AND EXISTS (
        SELECT 1 FROM scrobble JOIN track ON track.id = track_id JOIN album_match ON album_match.album_id = track.album_id
        WHERE scrobble.uts >= logged_play.from_uts AND scrobble.uts < logged_play.to_uts AND ${isSameRecord}))`),
    buildPeriodSql(rawSql("logged_play.start_uts"), span),
    ...(releaseIds === null ? [] : [sql`logged_play.release_id IN ${listSql([...releaseIds])}`]),
  ]);
}

interface PlayRow {
  readonly trackId: number;
  readonly track: string;
  readonly artistId: number;
  readonly artist: string;
  readonly albumId: number | null;
  readonly album: string;
  readonly uts: number;
}

function toLimitAndOffset(paging: Paging | null): [limit: number, offset: number] {
  return paging === null ? [-1, 0] : [paging.limit, (paging.page - 1) * paging.limit];
}

/** The newest first. */
function readPlays(database: Database, filter: PlayFilter, paging: Paging) {
  const where = buildPlayFilterSql(filter);
  const [limit, offset] = toLimitAndOffset(paging);
  const rows = queryRows<PlayRow>(database)`
    WITH page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where}
      ORDER BY uts DESC, track_id DESC, occurrence DESC LIMIT ${limit} OFFSET ${offset})
    SELECT track.id AS trackId, track.name AS track, artist.id AS artistId, track.artist AS artist,
      track.album_id AS albumId, track.album AS album, page.uts AS uts
    FROM page JOIN track ON track.id = page.track_id JOIN artist ON artist.name = track.artist
    ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC`;
  return { rows, total: queryValue(database, 0)`SELECT count(*) FROM scrobble WHERE ${where}` };
}

interface RecentPlay extends Omit<PlayRow, "trackId" | "track" | "artistId"> {
  /** null: the whole record was logged. */
  readonly track: string | null;
  /** The record's release, if the user logged the play; null for a play of the history. */
  readonly releaseId: number | null;
  /** 1, 60 or 86400: the time is known to the second, the minute or the day. */
  readonly precisionSeconds: number;
}

export interface RecentParameters {
  /** null: all time. */
  readonly period: Period | null;
  /** All of them must be in artist, track and album. */
  readonly words: readonly string[];
  /** null: everything. */
  readonly paging: Paging | null;
}

export type RecentResult = ReturnType<typeof queryRecentPlays>;
export type RecentRow = RecentResult["rows"] extends Iterable<infer Row> ? Row : never;

/**
 * The plays of the history, and those that the user logged and the history does not have. Leaves out plays without a
 * date. Throws NotReadyError without a complete listening history.
 */
function queryRecentPlays(database: Database, question: RecentParameters) {
  requireHistory(database, "Last plays");
  const { period, words, paging } = question;
  const named = words.length === 0 ? null : findPlaysByWords(database, words);
  const releaseIds = named && new Set([...named.ids].filter((id) => id < 0).map((id) => -id));
  const isScrobble = buildPlayFilterSql({ period, trackIds: named?.ids ?? null });
  const isLogged = buildLoggedPlayFilterSql(period, releaseIds);
  const [limit, offset] = toLimitAndOffset(paging);
  const order = rawSql("uts DESC, track_id DESC, occurrence DESC, uuid");
  const page = sql`page AS MATERIALIZED (
    SELECT uts, track_id, occurrence, '' AS uuid, precision_seconds FROM scrobble WHERE ${isScrobble}
    UNION ALL
    SELECT start_uts, NULL, NULL, uuid, iif(precision = 'day', ${daySeconds}, 60) FROM logged_play WHERE ${isLogged}
    ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})`;
  const rows = sql`WITH ${page}
    SELECT coalesce(track.artist, release.artist) AS artist, track.name AS track,
      iif(release.id IS NULL, track.album_id, (
        SELECT album.id FROM record JOIN album_match ON album_match.record_id = record.id JOIN album ON album.id = album_match.album_id
        WHERE record.release_id = release.id ORDER BY album.play_count DESC, album.id LIMIT 1)) AS albumId,
      coalesce(track.album, release.title) AS album, page.uts AS uts, release.id AS releaseId,
      page.precision_seconds AS precisionSeconds
    FROM page LEFT JOIN track ON track.id = page.track_id LEFT JOIN logged_play ON logged_play.uuid = page.uuid
      LEFT JOIN release ON release.id = logged_play.release_id
    ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC, page.uuid`;
  const albumIds = queryValues<number>(database)`
    WITH ${page} SELECT DISTINCT album_id FROM page JOIN track ON track.id = page.track_id WHERE album_id IS NOT NULL`;
  const getCopies = createCopyLookup(database, albumIds);
  const copiesOfRelease = createReleaseCopyLookup(database, sql`SELECT release_id FROM logged_play`);
  return {
    question,
    /** How the words were read; null without words. */
    reading: named?.reading ?? null,
    /** Plays on all pages. */
    total: queryValue(database, 0)`SELECT (SELECT count(*) FROM scrobble WHERE ${isScrobble})
      + (SELECT count(*) FROM logged_play WHERE ${isLogged})`,
    /** Newest first, read lazily. */
    rows: mapLazily({ [Symbol.iterator]: () => iterateRows<RecentPlay>(database)`${rows}` }, (row) => ({
      ...row,
      records:
        row.releaseId === null
          ? getCopies(row.albumId === null ? [] : [row.albumId])
          : copiesOfRelease(row.releaseId),
    })),
  };
}

function buildRecentDocument({ question, rows, total }: RecentResult): RecentDocument {
  return {
    data: mapLazily(rows, ({ uts, precisionSeconds, artist, track, albumId, album, records, releaseId }) => ({
      played_at: toIsoOrNull(uts),
      precision_seconds: precisionSeconds,
      artist_name: artist,
      track_name: track,
      album_id: albumId,
      album_name: album === "" ? null : album,
      ...toJsonCopies(records),
      logged: releaseId !== null,
    })),
    during: toJsonPeriod(question.period),
    pagination: toJsonPagination(question.paging, total),
  };
}

export function readPlaysPage(database: Database, filter: PlayFilter, paging: Paging) {
  const { rows, total } = readPlays(database, filter, paging);
  const getPage = createPageUrlBuilder(database);
  return {
    data: rows.map(({ trackId, track, artistId, artist, albumId, album, uts }) => ({
      track: {
        id: trackId,
        name: track,
        url: getPage({ artist, track }),
        apple_music_url: null,
        preview_url: null,
      },
      artist: { id: artistId, name: artist },
      album: { id: albumId, name: album === "" ? null : album, image: null },
      scrobbled_at: toIsoOrNull(uts),
    })),
    pagination: toJsonPagination(paging, total),
  };
}

export const recentQuery = createListQuery({
  noun: "play",
  subject: null,
  hasPeriod: true,
  needsCollection: false,
  parameters: {},
  schema: recentSchema,
  ask: (database, { filter: { during: span = null, words = [] }, paging }) =>
    queryRecentPlays(database, { period: span, words, paging }),
  buildDocument: buildRecentDocument,
});
