// Scrobbled albums, in the shape of the hosted API.
import type {
  AlbumInFull,
  RecentAlbum,
  NamedThing,
  ListedAlbums,
  ListedArtists,
} from "../documents/hosted-listening-documents.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import { isoSeconds } from "../records/contract.ts";
import { pagesOf, type ListQuestion } from "../documents/hosted-lists.ts";
import { contractPagination, pageOf } from "../documents/paging.ts";
import { albumById } from "../find/find-albums.ts";
import { sortKey } from "../figures/functions.ts";
import { mostPlayed, type PlayedMost } from "../figures/played-most.ts";
import { playedAlbums } from "../top/top-albums.ts";
import { artistsByPlays, type PlayedArtist } from "../top/top-artists.ts";

export const artistSorts = ["playcount", "name"] as const;

export function artistsPage(
  database: Database,
  { sort, order, search, paging }: ListQuestion<(typeof artistSorts)[number]>,
): ListedArtists {
  const urlOf = pagesOf(database);
  const wanted = fold(search ?? "");
  const found = mostPlayed(artistsByPlays(database, null)).filter(({ spellings }) =>
    spellings.some((name) => fold(name).includes(wanted)),
  );
  const sorted = sort === "name" ? byName(found) : found;
  // Ascending means the least played first, or names from A on.
  const isReversed = (order === "asc") === (sort === "playcount");
  const page = pageOf(isReversed ? sorted.toReversed() : sorted, paging);
  const idOf = artistIds(
    database,
    page.map(({ artist }) => artist),
  );
  return {
    data: page.map(({ artist, plays }) => ({
      id: idOf.get(artist) ?? 0,
      name: artist,
      playcount: plays,
      genre: null,
      url: urlOf({ artist }),
      apple_music_url: null,
      image: null,
    })),
    pagination: contractPagination(paging, found.length),
  };
}

function byName(artists: readonly PlayedArtist[]): PlayedArtist[] {
  const keyed = artists.map((artist) => ({ artist, key: sortKey(artist.artist) }));
  return keyed.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ artist }) => artist);
}

/** Maps artist names, as scrobbled, to their numbers. */
export function artistIds(database: Database, names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    database
      .prepare<[string], [name: string, id: number]>(
        "SELECT name, id FROM artist WHERE name IN (SELECT value FROM json_each(?))",
      )
      .raw()
      .all(JSON.stringify(names)),
  );
}

export function artistById(database: Database, id: number): NamedThing | undefined {
  return database.prepare<[number], NamedThing>("SELECT id, name FROM artist WHERE id = ?").get(id);
}

/** The artist with this name; otherwise the most played artist whose name contains it. */
export function artistByName(database: Database, name: string): NamedThing | undefined {
  const exact = database
    .prepare<[string], NamedThing>("SELECT id, name FROM artist WHERE name = ?")
    .get(name);
  if (exact !== undefined) return exact;
  const folded = fold(name);
  return database
    .prepare<[string, string], NamedThing>(
      `SELECT id, name FROM artist WHERE instr(fold(name), ?) > 0
       ORDER BY fold(name) = ? DESC,
         (SELECT count(*) FROM track JOIN scrobble ON track_id = track.id WHERE track.artist = artist.name) DESC, id
       LIMIT 1`,
    )
    .get(folded, folded);
}

export function recentAlbums(database: Database, limit: number): RecentAlbum[] {
  const urlOf = pagesOf(database);
  return database
    .prepare<[number], { id: number; title: string; artist: string; artistId: number; uts: number }>(
      `SELECT album.id AS id, album.title AS title, album.artist AS artist, artist.id AS artistId,
         album.last_played_uts AS uts
       FROM album JOIN artist ON artist.name = album.artist WHERE album.last_played_uts > 0
       ORDER BY album.last_played_uts DESC, album.id LIMIT ?`,
    )
    .all(limit)
    .map(({ id, title, artist, artistId, uts }) => ({
      album: { id, name: title, url: urlOf({ artist, album: title }), apple_music_url: null, image: null },
      artist: { id: artistId, name: artist },
      last_scrobbled_at: isoSeconds(uts),
    }));
}

export const albumSorts = ["playcount", "name", "recent"] as const;

type AlbumSort = (typeof albumSorts)[number];

const keyOf: Readonly<Record<AlbumSort, (album: PlayedMost) => number | string>> = {
  playcount: ({ plays }) => plays,
  name: ({ title }) => sortKey(title ?? ""),
  recent: ({ lastPlayedUts }) => lastPlayedUts ?? 0,
};

/** One row per album with its editions added up, under the id of the most played edition. */
export function albumsPage(
  database: Database,
  question: ListQuestion<AlbumSort> & { readonly artist: string | null },
): ListedAlbums {
  const { sort, order, search, artist: by, paging } = question;
  const urlOf = pagesOf(database);
  const [inTitle, inArtist] = [fold(search ?? ""), fold(by ?? "")];
  const found = mostPlayed(playedAlbums(database, null))
    .filter(({ artist, title }) => fold(title ?? "").includes(inTitle) && fold(artist).includes(inArtist))
    .map((album) => ({ album, key: keyOf[sort](album) }));
  const way = order === "asc" ? 1 : -1;
  const sorted = found.toSorted((a, b) => (a.key < b.key ? -way : a.key > b.key ? way : 0));
  const page = pageOf(sorted, paging);
  const idOf = artistIds(
    database,
    page.map(({ album }) => album.artist),
  );
  return {
    data: page.map(({ album: { artist, title, albumIds, plays } }) => ({
      id: albumIds[0] ?? 0,
      name: title ?? "",
      artist: { id: idOf.get(artist) ?? 0, name: artist },
      playcount: plays,
      url: urlOf({ artist, album: title ?? "" }),
      apple_music_url: null,
      image: null,
    })),
    pagination: contractPagination(paging, found.length),
  };
}

/** The album with all its editions, under the id that was asked for. Undefined if there is no such album. */
export function albumInFull(database: Database, id: number): AlbumInFull | undefined {
  const album = albumById(database, id);
  if (album === undefined) return undefined;
  const played = playedAlbums(database, null).find(({ albumIds }) => albumIds.includes(id));
  const tracks = database
    .prepare<[string], NamedThing & { plays: number }>(
      `SELECT min(track.id) AS id, track.name AS name, count(*) AS plays
       FROM track JOIN scrobble ON scrobble.track_id = track.id
       WHERE track.album_id IN (SELECT value FROM json_each(?)) GROUP BY track.name ORDER BY plays DESC, id`,
    )
    .all(JSON.stringify(played?.albumIds ?? [id]));
  const mbid = database
    .prepare<[number], string | null>("SELECT mbid FROM album WHERE id = ?")
    .pluck()
    .get(id);
  return {
    id,
    name: album.title,
    mbid: mbid ?? null,
    url: pagesOf(database)({ artist: album.artist, album: album.title }),
    apple_music_url: null,
    playcount: played?.plays ?? album.playCount,
    image: null,
    artist: { id: artistIds(database, [album.artist]).get(album.artist) ?? 0, name: album.artist },
    tracks: tracks.map(({ id: trackId, name, plays }) => ({
      id: trackId,
      name,
      scrobble_count: plays,
      apple_music_url: null,
      preview_url: null,
    })),
  };
}
