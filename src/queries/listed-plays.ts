// The listening history as programs of the hosted API know it, play by play.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { isoSeconds } from "./contract.ts";
import { allOf, plain, type Condition } from "./filters/condition-parts.ts";
import { spanCondition, type Span } from "./filters/span.ts";
import { pagesOf, type NamedThing } from "./listed-things.ts";
import { contractPagination, type ContractPagination, type Paging } from "./paging.ts";

export interface ListedPlay {
  readonly track: NamedThing & {
    readonly url: string;
    readonly apple_music_url: null;
    readonly preview_url: null;
  };
  readonly artist: NamedThing;
  readonly album: { readonly id: number | null; readonly name: string | null; readonly image: null };
  readonly scrobbled_at: string | null;
}

export interface PlayFilter {
  readonly span: Span | null;
  /** Within the name. */
  readonly artist?: string | null;
  readonly album?: string | null;
}

/** Over scrobble: plays whose time is known. */
function playCondition({ span, artist = null, album = null }: PlayFilter): Condition {
  return allOf([
    plain("scrobble.uts > 0"),
    ...(span === null ? [] : [spanCondition("scrobble.uts", span)]),
    ...(artist === null ? [] : [named("artist", artist)]),
    ...(album === null ? [] : [named("album", album)]),
  ]);
}

/** Of tracks whose artist or album is called something with the text in it. */
function named(column: "artist" | "album", text: string): Condition {
  return {
    sql: `scrobble.track_id IN (SELECT id FROM track WHERE instr(fold(${column}), ?) > 0)`,
    parameters: [fold(text)],
  };
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

/** The newest first. */
export function playsPage(
  database: Database,
  filter: PlayFilter,
  paging: Paging,
): { readonly data: readonly ListedPlay[]; readonly pagination: ContractPagination } {
  const where = playCondition(filter);
  const rows = database
    .prepare<unknown[], PlayRow>(
      `WITH page AS MATERIALIZED (SELECT uts, track_id, occurrence FROM scrobble WHERE ${where.sql}
         ORDER BY uts DESC, track_id DESC, occurrence DESC LIMIT ? OFFSET ?)
       SELECT track.id AS trackId, track.name AS track, artist.id AS artistId, track.artist AS artist,
         track.album_id AS albumId, track.album AS album, page.uts AS uts
       FROM page JOIN track ON track.id = page.track_id JOIN artist ON artist.name = track.artist
       ORDER BY page.uts DESC, page.track_id DESC, page.occurrence DESC`,
    )
    .all(...where.parameters, paging.limit, (paging.page - 1) * paging.limit);
  const total =
    database
      .prepare<unknown[], number>(`SELECT count(*) FROM scrobble WHERE ${where.sql}`)
      .pluck()
      .get(...where.parameters) ?? 0;
  const pageOf = pagesOf(database);
  return { data: rows.map((row) => listedPlay(row, pageOf)), pagination: contractPagination(paging, total) };
}

function listedPlay(
  { trackId, track, artistId, artist, albumId, album, uts }: PlayRow,
  pageOf: ReturnType<typeof pagesOf>,
): ListedPlay {
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
