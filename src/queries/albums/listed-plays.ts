// The listening history play by play, for `rewind recent` and in the shape of the hosted API.
import type { PlaysPage } from "../documents/hosted-listening-documents.ts";
import type { Database } from "../../store/file/database.ts";
import { isoSeconds } from "../records/contract.ts";
import { allOf, holds, plain, type Condition } from "../conditions/condition-parts.ts";
import { spanCondition, type Span } from "../conditions/span.ts";
import { pagesOf } from "../documents/hosted-lists.ts";
import { contractPagination, type Paging } from "../documents/paging.ts";
import { foldedWords } from "../conditions/words.ts";

export interface PlayFilter {
  readonly span: Span | null;
  /** Text within the name. */
  readonly artist?: string | null;
  readonly album?: string | null;
  /** Each word must be within the name of the artist, the track or the album. */
  readonly words?: readonly string[];
}

/** A condition on scrobbles with a known time. */
function playCondition({ span, artist = null, album = null, words = [] }: PlayFilter): Condition {
  return allOf([
    plain("scrobble.uts > 0"),
    ...(span === null ? [] : [spanCondition("scrobble.uts", span)]),
    ...(artist === null ? [] : [ofTracks(holds("artist", artist))]),
    ...(album === null ? [] : [ofTracks(holds("album", album))]),
    ...(words.length === 0
      ? []
      : [
          ofTracks(
            allOf(foldedWords(words).map((word) => holds("artist || ' ' || name || ' ' || album", word))),
          ),
        ]),
  ]);
}

function ofTracks({ sql, parameters }: Condition): Condition {
  return { sql: `scrobble.track_id IN (SELECT id FROM track WHERE ${sql})`, parameters };
}

export interface PlayRow {
  readonly trackId: number;
  readonly track: string;
  readonly artistId: number;
  readonly artist: string;
  readonly albumId: number | null;
  readonly album: string;
  readonly uts: number;
}

export interface FoundPlays {
  /** Read lazily. */
  readonly rows: Iterable<PlayRow>;
  /** On all pages. */
  readonly total: number;
  /** The albums of the rows. */
  readonly albumIds: () => number[];
}

/** The newest first. paging null: everything. */
export function findPlays(database: Database, filter: PlayFilter, paging: Paging | null): FoundPlays {
  const where = playCondition(filter);
  const [limit, offset] = paging === null ? [-1, 0] : [paging.limit, (paging.page - 1) * paging.limit];
  const parameters = [...where.parameters, limit, offset];
  const page = `page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where.sql}
         ORDER BY uts DESC, track_id DESC, occurrence DESC LIMIT ? OFFSET ?)`;
  const rows = database.prepare<unknown[], PlayRow>(
    `WITH ${page}
       SELECT track.id AS trackId, track.name AS track, artist.id AS artistId, track.artist AS artist,
         track.album_id AS albumId, track.album AS album, page.uts AS uts
       FROM page JOIN track ON track.id = page.track_id JOIN artist ON artist.name = track.artist
       ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC`,
  );
  const albumIds = database
    .prepare<unknown[], number>(
      `WITH ${page} SELECT DISTINCT album_id FROM page JOIN track ON track.id = page.track_id
       WHERE album_id IS NOT NULL`,
    )
    .pluck();
  const total =
    database
      .prepare<unknown[], number>(`SELECT count(*) FROM scrobble WHERE ${where.sql}`)
      .pluck()
      .get(...where.parameters) ?? 0;
  return {
    rows: { [Symbol.iterator]: () => rows.iterate(...parameters) },
    total,
    albumIds: () => albumIds.all(...parameters),
  };
}

export function playsPage(database: Database, filter: PlayFilter, paging: Paging): PlaysPage {
  const { rows, total } = findPlays(database, filter, paging);
  const pageOf = pagesOf(database);
  return {
    data: Array.from(rows, (row) => listedPlay(row, pageOf)),
    pagination: contractPagination(paging, total),
  };
}

function listedPlay(
  { trackId, track, artistId, artist, albumId, album, uts }: PlayRow,
  pageOf: ReturnType<typeof pagesOf>,
): PlaysPage["data"][number] {
  return {
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
  };
}
