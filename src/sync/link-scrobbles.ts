import type { Database } from "../store/database.ts";
import { linkableAlbums, relinkTracks } from "../store/links.ts";
import { albumOfScrobble, indexAlbums } from "./scrobble-album.ts";

/** Gives every scrobbled track the album that it belongs to. Returns how many tracks changed theirs. */
export function relink(database: Database): number {
  const index = indexAlbums(linkableAlbums(database));
  return relinkTracks(database, (track) => albumOfScrobble(track, index));
}
