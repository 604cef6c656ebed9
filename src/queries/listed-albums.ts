// The albums that were scrobbled, as programs of the hosted API know them.
import { fold } from "../match/text/fold.ts";
import type { Database } from "../store/database.ts";
import { isoSeconds } from "./contract.ts";
import { pagesOf, type ListQuestion, type NamedThing } from "./listed-things.ts";
import { contractPagination, type ContractPagination } from "./paging.ts";

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
  const pageOf = pagesOf(database);
  return database
    .prepare<[number], { id: number; title: string; artist: string; artistId: number; uts: number }>(
      `SELECT album.id AS id, album.title AS title, album.artist AS artist, artist.id AS artistId,
         album.last_played_uts AS uts
       FROM album JOIN artist ON artist.name = album.artist WHERE album.last_played_uts > 0
       ORDER BY album.last_played_uts DESC, album.id LIMIT ?`,
    )
    .all(limit)
    .map(({ id, title, artist, artistId, uts }) => ({
      album: { id, name: title, url: pageOf({ artist, album: title }), apple_music_url: null, image: null },
      artist: { id: artistId, name: artist },
      last_scrobbled_at: isoSeconds(uts),
    }));
}

export interface ListedAlbum extends NamedThing {
  readonly artist: NamedThing;
  readonly playcount: number;
  readonly url: string;
  readonly apple_music_url: null;
  readonly image: null;
}

export const albumSorts = ["playcount", "name", "recent"] as const;

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
  const pageOf = pagesOf(database);
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
      url: pageOf({ artist: name, album: title }),
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
    url: pagesOf(database)({ artist: album.artist, album: album.title }),
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
