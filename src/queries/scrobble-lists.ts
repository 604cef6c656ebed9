// The listening history as programs of the hosted API know it: plays, the albums they are of, and artists by number.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { contractPagination, isoSeconds, type ContractPagination } from "./contract.ts";
import type { Paging } from "./cross-reference.ts";
import { allOf, plain, type Condition } from "./filters/condition.ts";
import { spanCondition, type Span } from "./filters/span.ts";

export interface NamedThing {
  readonly id: number;
  readonly name: string;
}

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

/** A page at Last.fm, by the names of what it shows. */
export function pageOfNames(...names: readonly string[]): string {
  const parts = names.map((name) =>
    encodeURIComponent(name.replace(/[\ud800-\udfff]/gu, "\ufffd")).replaceAll("%20", "+"),
  );
  return `https://www.last.fm/music/${parts.join("/")}`;
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
  return { data: rows.map(listedPlay), pagination: contractPagination(paging, total) };
}

function listedPlay({ trackId, track, artistId, artist, albumId, album, uts }: PlayRow): ListedPlay {
  return {
    track: {
      id: trackId,
      name: track,
      url: pageOfNames(artist, "_", track),
      apple_music_url: null,
      preview_url: null,
    },
    artist: { id: artistId, name: artist },
    album: { id: albumId, name: album === "" ? null : album, image: null },
    scrobbled_at: isoSeconds(uts),
  };
}

export interface RecentAlbum {
  readonly album: NamedThing & {
    readonly url: string;
    readonly apple_music_url: null;
    readonly image: null;
  };
  readonly artist: NamedThing;
  readonly last_scrobbled_at: string | null;
}

export function recentAlbums(database: Database, limit: number): RecentAlbum[] {
  return database
    .prepare<[number], { id: number; title: string; artist: string; artistId: number; uts: number }>(
      `SELECT album.id AS id, album.title AS title, album.artist AS artist, artist.id AS artistId,
         album.last_played_uts AS uts
       FROM album JOIN artist ON artist.name = album.artist WHERE album.last_played_uts > 0
       ORDER BY album.last_played_uts DESC, album.id LIMIT ?`,
    )
    .all(limit)
    .map(({ id, title, artist, artistId, uts }) => ({
      album: { id, name: title, url: pageOfNames(artist, title), apple_music_url: null, image: null },
      artist: { id: artistId, name: artist },
      last_scrobbled_at: isoSeconds(uts),
    }));
}

export interface ListedArtist extends NamedThing {
  readonly playcount: number;
  readonly genre: null;
  readonly url: string;
  readonly apple_music_url: null;
  readonly image: null;
}

export const artistSorts = ["playcount", "name"] as const;
export const albumSorts = ["playcount", "name", "recent"] as const;

export interface ListQuestion<Sort> {
  readonly sort: Sort;
  readonly order: "asc" | "desc";
  readonly search: string | null;
  readonly paging: Paging;
}

export function artistsPage(
  database: Database,
  { sort, order, search, paging }: ListQuestion<(typeof artistSorts)[number]>,
): { readonly data: readonly ListedArtist[]; readonly pagination: ContractPagination } {
  const key = sort === "name" ? "sort_key(artist.name)" : "plays";
  const rows = database
    .prepare<unknown[], NamedThing & { plays: number; total: number }>(
      `WITH played AS MATERIALIZED (
         SELECT track.artist AS name, count(*) AS plays FROM scrobble JOIN track ON track.id = scrobble.track_id
         GROUP BY 1)
       SELECT artist.id AS id, artist.name AS name, coalesce(played.plays, 0) AS plays, count(*) OVER () AS total
       FROM artist LEFT JOIN played ON played.name = artist.name
       WHERE ? IS NULL OR instr(fold(artist.name), ?) > 0
       ORDER BY ${key} ${order === "asc" ? "ASC" : "DESC"}, artist.id`,
    )
    .all(search, search === null ? null : fold(search));
  return {
    data: rows
      .slice((paging.page - 1) * paging.limit, paging.page * paging.limit)
      .map(({ id, name, plays }) => ({
        id,
        name,
        playcount: plays,
        genre: null,
        url: pageOfNames(name),
        apple_music_url: null,
        image: null,
      })),
    pagination: contractPagination(paging, rows.length),
  };
}

export interface ListedAlbum extends NamedThing {
  readonly artist: NamedThing;
  readonly playcount: number;
  readonly url: string;
  readonly apple_music_url: null;
  readonly image: null;
}

const albumKeys: Readonly<Record<(typeof albumSorts)[number], string>> = {
  playcount: "album.play_count",
  name: "sort_key(album.title)",
  recent: "album.last_played_uts",
};

export function albumsPage(
  database: Database,
  question: ListQuestion<(typeof albumSorts)[number]> & { readonly artist: string | null },
): { readonly data: readonly ListedAlbum[]; readonly pagination: ContractPagination } {
  const { sort, order, search, artist, paging } = question;
  const texts = { search: folded(search), artist: folded(artist) };
  const where = `(@search IS NULL OR instr(fold(album.title), @search) > 0)
    AND (@artist IS NULL OR instr(fold(album.artist), @artist) > 0)`;
  const rows = database
    .prepare<
      [Record<string, unknown>],
      { id: number; title: string; artist: string; artistId: number; plays: number }
    >(
      `SELECT album.id AS id, album.title AS title, album.artist AS artist, artist.id AS artistId,
         album.play_count AS plays
       FROM album JOIN artist ON artist.name = album.artist WHERE ${where}
       ORDER BY ${albumKeys[sort]} ${order === "asc" ? "ASC" : "DESC"} NULLS LAST, album.id LIMIT @limit OFFSET @offset`,
    )
    .all({ ...texts, limit: paging.limit, offset: (paging.page - 1) * paging.limit });
  const total =
    database
      .prepare<[Record<string, unknown>], number>(`SELECT count(*) FROM album WHERE ${where}`)
      .pluck()
      .get(texts) ?? 0;
  return {
    data: rows.map(({ id, title, artist: name, artistId, plays }) => ({
      id,
      name: title,
      artist: { id: artistId, name },
      playcount: plays,
      url: pageOfNames(name, title),
      apple_music_url: null,
      image: null,
    })),
    pagination: contractPagination(paging, total),
  };
}

function folded(text: string | null): string | null {
  return text === null ? null : fold(text);
}

export interface AlbumInFull {
  readonly id: number;
  readonly name: string;
  readonly mbid: string | null;
  readonly url: string;
  readonly apple_music_url: null;
  readonly playcount: number;
  readonly image: null;
  readonly artist: NamedThing;
  readonly tracks: readonly (NamedThing & {
    readonly scrobble_count: number;
    readonly apple_music_url: null;
    readonly preview_url: null;
  })[];
}

/** undefined: no such album. */
export function albumInFull(database: Database, id: number): AlbumInFull | undefined {
  const album = database
    .prepare<
      [number],
      { title: string; artist: string; artistId: number; plays: number; mbid: string | null }
    >(
      `SELECT album.title AS title, album.artist AS artist, artist.id AS artistId, album.play_count AS plays,
         album.mbid AS mbid FROM album JOIN artist ON artist.name = album.artist WHERE album.id = ?`,
    )
    .get(id);
  if (album === undefined) return undefined;
  const tracks = database
    .prepare<[number], NamedThing & { plays: number }>(
      `SELECT min(track.id) AS id, track.name AS name, count(*) AS plays
       FROM track JOIN scrobble ON scrobble.track_id = track.id WHERE track.album_id = ?
       GROUP BY track.name ORDER BY plays DESC, id`,
    )
    .all(id);
  return {
    id,
    name: album.title,
    mbid: album.mbid,
    url: pageOfNames(album.artist, album.title),
    apple_music_url: null,
    playcount: album.plays,
    image: null,
    artist: { id: album.artistId, name: album.artist },
    tracks: tracks.map(({ id: trackId, name, plays }) => ({
      id: trackId,
      name,
      scrobble_count: plays,
      apple_music_url: null,
      preview_url: null,
    })),
  };
}

export function artistById(database: Database, id: number): NamedThing | undefined {
  return database.prepare<[number], NamedThing>("SELECT id, name FROM artist WHERE id = ?").get(id);
}

export function artistByName(database: Database, name: string): NamedThing | undefined {
  const exact = database
    .prepare<[string], NamedThing>("SELECT id, name FROM artist WHERE name = ?")
    .get(name);
  return (
    exact ??
    database
      .prepare<[string], NamedThing>("SELECT id, name FROM artist WHERE fold(name) = ? ORDER BY id LIMIT 1")
      .get(fold(name))
  );
}
