// What a box may hold: the artist's albums that are played and that no other record is credited with.
import { editionKey, type AlbumRow } from "../match/matcher.ts";
import type { Database } from "../store/database.ts";
import { albumById, type ChartAlbum } from "./find-albums.ts";

/** Most played first; of several editions the most played one. */
export function unownedAlbums(database: Database, albums: readonly AlbumRow[]): ChartAlbum[] {
  const isCredited = database
    .prepare<[number], number>("SELECT 1 FROM credit WHERE album_id = ? LIMIT 1")
    .pluck();
  const owned = new Set<string>();
  const editions = new Map<string, AlbumRow>();
  for (const album of albums) {
    const key = editionKey(album.artist, album.title);
    if (isCredited.get(album.id) !== undefined) owned.add(key);
    const best = editions.get(key);
    if (!best || album.playCount > best.playCount) editions.set(key, album);
  }
  return [...editions]
    .filter(([key, { playCount }]) => !owned.has(key) && playCount > 0)
    .map(([, album]) => album)
    .toSorted((a, b) => b.playCount - a.playCount || a.id - b.id)
    .map(({ id }) => albumById(database, id))
    .filter((album) => album !== undefined);
}
