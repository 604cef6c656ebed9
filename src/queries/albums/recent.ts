// The listening history play by play, for `rewind recent` and in the shape of the hosted API.
import { within, type Span } from "../conditions/span.ts";
import { holds } from "../conditions/sql-functions.ts";
import { allOf, eachRow, plain, sql, valueOf, valuesOf, type Sql } from "../../store/file/sql.ts";
import { foldedWords } from "../conditions/words.ts";
import { pagesOf, requireHistory } from "../figures/readiness.ts";
import { mapped, contractPagination, type Paging } from "../documents/paging.ts";
import type { RecentDocument } from "../documents/play-documents.ts";
import { shelvedCopies } from "../figures/ownership.ts";
import { contractCopies, contractSpan, isoSeconds } from "../records/contract.ts";
import type { Database } from "../../store/file/database.ts";

interface PlayFilter {
  /** null: all time. */
  readonly span: Span | null;
  /** Text within the name. */
  readonly artist?: string | null;
  readonly album?: string | null;
  /** Each word must be within the name of the artist, the track or the album. */
  readonly words?: readonly string[];
}

/** A condition on scrobbles with a known time. */
function playCondition({ span, artist = null, album = null, words = [] }: PlayFilter): Sql {
  const names = plain("artist || ' ' || name || ' ' || album");
  const ofTrack = [
    ...(artist === null ? [] : [holds(plain("artist"), artist)]),
    ...(album === null ? [] : [holds(plain("album"), album)]),
    ...foldedWords(words).map((word) => holds(names, word)),
  ];
  return allOf([
    plain("scrobble.uts > 0"),
    within(plain("scrobble.uts"), span),
    ...(ofTrack.length === 0
      ? []
      : [sql`scrobble.track_id IN (SELECT id FROM track WHERE ${allOf(ofTrack)})`]),
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

/** The newest first. paging null: everything. */
function findPlays(database: Database, filter: PlayFilter, paging: Paging | null) {
  const where = playCondition(filter);
  const [limit, offset] = paging === null ? [-1, 0] : [paging.limit, (paging.page - 1) * paging.limit];
  const page = sql`page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where}
    ORDER BY uts DESC, track_id DESC, occurrence DESC LIMIT ${limit} OFFSET ${offset})`;
  const rows = sql`WITH ${page}
    SELECT track.id AS trackId, track.name AS track, artist.id AS artistId, track.artist AS artist,
      track.album_id AS albumId, track.album AS album, page.uts AS uts
    FROM page JOIN track ON track.id = page.track_id JOIN artist ON artist.name = track.artist
    ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC`;
  return {
    /** Read lazily. */
    rows: { [Symbol.iterator]: () => eachRow<PlayRow>(database)`${rows}` },
    total: valueOf(database, 0)`SELECT count(*) FROM scrobble WHERE ${where}`,
    /** The albums of the rows. */
    albumIds: () => valuesOf<number>(database)`
      WITH ${page} SELECT DISTINCT album_id FROM page JOIN track ON track.id = page.track_id
      WHERE album_id IS NOT NULL`,
  };
}

export interface RecentQuestion extends Required<Pick<PlayFilter, "span" | "words">> {
  /** null: everything. */
  readonly paging: Paging | null;
}

export type RecentAnswer = ReturnType<typeof ask>;
export type RecentRow = RecentAnswer["rows"] extends Iterable<infer Row> ? Row : never;

/** Leaves out plays without a date. Throws NotReadyError without a complete listening history. */
export function ask(database: Database, question: RecentQuestion) {
  requireHistory(database, "Last plays");
  const { rows, total, albumIds } = findPlays(database, question, question.paging);
  const copiesOf = shelvedCopies(database, albumIds());
  return {
    question,
    /** Plays on all pages. */
    total,
    /** Newest first, read lazily. */
    rows: mapped(rows, (row) => ({ ...row, records: copiesOf(row.albumId === null ? [] : [row.albumId]) })),
  };
}

export function document({ question, rows, total }: RecentAnswer): RecentDocument {
  return {
    data: mapped(rows, ({ uts, artist, track, albumId, album, records }) => ({
      played_at: isoSeconds(uts),
      artist_name: artist,
      track_name: track,
      album_id: albumId,
      album_name: album === "" ? null : album,
      ...contractCopies(records),
    })),
    during: contractSpan(question.span),
    pagination: contractPagination(question.paging, total),
  };
}

export function playsPage(database: Database, filter: PlayFilter, paging: Paging) {
  const { rows, total } = findPlays(database, filter, paging);
  const pageOf = pagesOf(database);
  return {
    data: Array.from(rows, ({ trackId, track, artistId, artist, albumId, album, uts }) => ({
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
