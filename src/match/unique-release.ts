// Finds the only release on a shelf that has a song.
import { foldArtist, isPlaceholderArtist } from "./text/artist-name.ts";
import { isGenericTrack, toSongKey } from "./titles/track-title.ts";
import type { NamedTrack } from "../model/named-tracks.ts";

export interface ListedRelease {
  readonly id: number;
  /** Each name, and all names joined. */
  readonly artists: readonly string[];
  /** Undefined if unknown. */
  readonly tracks: readonly NamedTrack[] | undefined;
}

/** A release with an unknown list may have any song of its artists, and a compilation any song. */
export function createUniqueReleaseFinder(
  releases: Iterable<ListedRelease>,
): (artist: string, title: string) => number | undefined {
  /** Null if several releases have the song. */
  const homes = new Map<string, Map<string, number | null>>();
  const unsure = new Set<string>();
  let isAllUnsure = false;
  for (const { id, artists, tracks } of releases) {
    if (tracks === undefined) {
      for (const artist of artists) {
        if (isPlaceholderArtist(artist)) isAllUnsure = true;
        else unsure.add(foldArtist(artist));
      }
      continue;
    }
    for (const track of tracks) {
      const title = toSongKey(track.title);
      for (const artist of track.artists.length > 0 ? track.artists : artists) {
        if (isPlaceholderArtist(artist)) continue;
        const key = foldArtist(artist);
        const songs = homes.get(key) ?? new Map<string, number | null>();
        homes.set(key, songs);
        const home = songs.get(title);
        songs.set(title, home === undefined || home === id ? id : null);
      }
    }
  }
  const keys = new Map<string, string>();
  return (artist, title) => {
    if (isAllUnsure) return undefined;
    const cachedKey = keys.get(artist);
    const key = cachedKey ?? foldArtist(artist);
    if (cachedKey === undefined) keys.set(artist, key);
    const songs = unsure.has(key) ? undefined : homes.get(key);
    if (songs === undefined) return undefined;
    const song = toSongKey(title);
    return song === "" || isGenericTrack(song) ? undefined : (songs.get(song) ?? undefined);
  };
}
