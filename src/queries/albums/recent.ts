// Plays one by one: with logged plays for `rewind recent`, and the history alone in the shape of the hosted API.
import { within, type Span } from "../conditions/span.ts";
import { holds } from "../conditions/sql-functions.ts";
import {
  allOf,
  eachRow,
  list,
  plain,
  rowsOf,
  sql,
  valueOf,
  valuesOf,
  type Sql,
} from "../../store/file/sql.ts";
import { pagesOf, requireHistory } from "../figures/readiness.ts";
import { mapped, contractPagination, type Paging } from "../documents/paging.ts";
import { recentSchema, type RecentDocument } from "../documents/play-documents.ts";
import { shelvedCopies, shelvedCopiesOfReleases } from "../figures/ownership.ts";
import { playsWithWords } from "../find/filter-by-words.ts";
import { contractCopies, contractSpan, isoSeconds } from "../records/contract.ts";
import { listQuery } from "../parameters/list-query.ts";
import type { Database } from "../../store/file/database.ts";

interface PlayFilter {
  /** null: all time. */
  readonly span: Span | null;
  /** Text within the name. */
  readonly artist?: string | null;
  readonly album?: string | null;
  /** Rows of track. */
  readonly trackIds?: ReadonlySet<number> | null;
}

/** A condition on scrobbles with a known time. */
function playCondition({ span, artist = null, album = null, trackIds = null }: PlayFilter): Sql {
  const ofTrack = [
    ...(artist === null ? [] : [holds(plain("artist"), artist)]),
    ...(album === null ? [] : [holds(plain("album"), album)]),
    ...(trackIds === null ? [] : [sql`id IN ${list([...trackIds])}`]),
  ];
  return allOf([
    plain("scrobble.uts > 0"),
    within(plain("scrobble.uts"), span),
    ...(ofTrack.length === 0
      ? []
      : [sql`scrobble.track_id IN (SELECT id FROM track WHERE ${allOf(ofTrack)})`]),
  ]);
}

/**
 * Logged plays that the history does not have: of their record, it has no spin and no play at that time. A play that was
 * sent and came back is in the history.
 */
function loggedCondition(span: Span | null, releaseIds: ReadonlySet<number> | null): Sql {
  const isSameRecord = `credit.record_id IN (SELECT id FROM record WHERE record.release_id = noted_play.release_id)`;
  return allOf([
    plain(`noted_play.release_id IN (SELECT id FROM release)
      AND NOT EXISTS (SELECT 1 FROM credit JOIN spin USING (album_id) WHERE ${isSameRecord}
        AND spin.started_uts < noted_play.to_uts AND spin.ended_uts >= noted_play.from_uts)
      AND NOT (precision = 'time' AND EXISTS (
        SELECT 1 FROM scrobble JOIN track ON track.id = track_id JOIN credit ON credit.album_id = track.album_id
        WHERE scrobble.uts >= noted_play.from_uts AND scrobble.uts < noted_play.to_uts AND ${isSameRecord}))`),
    within(plain("noted_play.start_uts"), span),
    ...(releaseIds === null ? [] : [sql`noted_play.release_id IN ${list([...releaseIds])}`]),
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

function limits(paging: Paging | null): [limit: number, offset: number] {
  return paging === null ? [-1, 0] : [paging.limit, (paging.page - 1) * paging.limit];
}

/** The newest first. */
function findPlays(database: Database, filter: PlayFilter, paging: Paging) {
  const where = playCondition(filter);
  const [limit, offset] = limits(paging);
  const rows = rowsOf<PlayRow>(database)`
    WITH page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where}
      ORDER BY uts DESC, track_id DESC, occurrence DESC LIMIT ${limit} OFFSET ${offset})
    SELECT track.id AS trackId, track.name AS track, artist.id AS artistId, track.artist AS artist,
      track.album_id AS albumId, track.album AS album, page.uts AS uts
    FROM page JOIN track ON track.id = page.track_id JOIN artist ON artist.name = track.artist
    ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC`;
  return { rows, total: valueOf(database, 0)`SELECT count(*) FROM scrobble WHERE ${where}` };
}

interface RecentPlay extends Omit<PlayRow, "trackId" | "track" | "artistId"> {
  /** null: the whole record was logged. */
  readonly track: string | null;
  /** The record's release, if the user logged the play; null for a play of the history. */
  readonly releaseId: number | null;
  /** The time of the day is unknown: 0 or 1. */
  readonly isDayOnly: number;
}

export interface RecentQuestion {
  /** null: all time. */
  readonly span: Span | null;
  /** All of them must be in artist, track and album. */
  readonly words: readonly string[];
  /** null: everything. */
  readonly paging: Paging | null;
}

export type RecentAnswer = ReturnType<typeof ask>;
export type RecentRow = RecentAnswer["rows"] extends Iterable<infer Row> ? Row : never;

/**
 * The plays of the history, and those that the user logged and the history does not have. Leaves out plays without a
 * date. Throws NotReadyError without a complete listening history.
 */
function ask(database: Database, question: RecentQuestion) {
  requireHistory(database, "Last plays");
  const { span, words, paging } = question;
  const named = words.length === 0 ? null : playsWithWords(database, words);
  const releaseIds = named && new Set([...named.ids].filter((id) => id < 0).map((id) => -id));
  const isScrobble = playCondition({ span, trackIds: named?.ids ?? null });
  const isLogged = loggedCondition(span, releaseIds);
  const [limit, offset] = limits(paging);
  const order = plain("uts DESC, track_id DESC, occurrence DESC, uuid");
  const page = sql`page AS MATERIALIZED (
    SELECT uts, track_id, occurrence, '' AS uuid FROM scrobble WHERE ${isScrobble}
    UNION ALL
    SELECT start_uts, NULL, NULL, uuid FROM noted_play WHERE ${isLogged}
    ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})`;
  const rows = sql`WITH ${page}
    SELECT coalesce(track.artist, release.artist) AS artist, track.name AS track,
      iif(release.id IS NULL, track.album_id, (
        SELECT album.id FROM record JOIN credit ON credit.record_id = record.id JOIN album ON album.id = credit.album_id
        WHERE record.release_id = release.id ORDER BY album.play_count DESC, album.id LIMIT 1)) AS albumId,
      coalesce(track.album, release.title) AS album, page.uts AS uts, release.id AS releaseId,
      coalesce(noted_play.precision = 'day', 0) AS isDayOnly
    FROM page LEFT JOIN track ON track.id = page.track_id LEFT JOIN noted_play ON noted_play.uuid = page.uuid
      LEFT JOIN release ON release.id = noted_play.release_id
    ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC, page.uuid`;
  const albumIds = valuesOf<number>(database)`
    WITH ${page} SELECT DISTINCT album_id FROM page JOIN track ON track.id = page.track_id WHERE album_id IS NOT NULL`;
  const copiesOf = shelvedCopies(database, albumIds);
  const copiesOfRelease = shelvedCopiesOfReleases(database, sql`SELECT release_id FROM noted_play`);
  return {
    question,
    /** How the words were read; null without words. */
    reading: named?.reading ?? null,
    /** Plays on all pages. */
    total: valueOf(database, 0)`SELECT (SELECT count(*) FROM scrobble WHERE ${isScrobble})
      + (SELECT count(*) FROM noted_play WHERE ${isLogged})`,
    /** Newest first, read lazily. */
    rows: mapped({ [Symbol.iterator]: () => eachRow<RecentPlay>(database)`${rows}` }, (row) => ({
      ...row,
      records:
        row.releaseId === null
          ? copiesOf(row.albumId === null ? [] : [row.albumId])
          : copiesOfRelease(row.releaseId),
    })),
  };
}

function document({ question, rows, total }: RecentAnswer): RecentDocument {
  return {
    data: mapped(rows, ({ uts, artist, track, albumId, album, records, releaseId }) => ({
      played_at: isoSeconds(uts),
      artist_name: artist,
      track_name: track,
      album_id: albumId,
      album_name: album === "" ? null : album,
      ...contractCopies(records),
      logged: releaseId !== null,
    })),
    during: contractSpan(question.span),
    pagination: contractPagination(question.paging, total),
  };
}

export function playsPage(database: Database, filter: PlayFilter, paging: Paging) {
  const { rows, total } = findPlays(database, filter, paging);
  const pageOf = pagesOf(database);
  return {
    data: rows.map(({ trackId, track, artistId, artist, albumId, album, uts }) => ({
      track: {
        id: trackId,
        name: track,
        url: pageOf({ artist, track }),
        apple_music_url: null,
        preview_url: null,
      },
      artist: { id: artistId, name: artist },
      album: { id: albumId, name: album === "" ? null : album, image: null },
      scrobbled_at: isoSeconds(uts),
    })),
    pagination: contractPagination(paging, total),
  };
}

export const recentQuery = listQuery({
  noun: "play",
  subject: null,
  hasPeriod: true,
  parameters: {},
  schema: recentSchema,
  ask: (database, { filter: { during: span = null, words = [] }, paging }) =>
    ask(database, { span, words, paging }),
  document,
});
