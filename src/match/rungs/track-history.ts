import { foldArtist } from "../text/artist-name.ts";
import { partsOfCredit } from "../text/credit-parts.ts";
import { isGenericTrack, trackKey } from "../titles/track-title.ts";
import type { ListedTrack } from "../../model/model.ts";
import { bareArtistName } from "../../model/bare-names.ts";

/** A track of a history, or of a record. */
export interface NamedTrack {
  readonly title: string;
  /** Empty if only the album's artist is named. */
  readonly artists: readonly string[];
}

/** Returns the tracks that were heard from an album. */
export type HeardOf = (albumId: number) => readonly NamedTrack[];

/** A track, prepared for lookups. */
export interface TrackIdentity {
  readonly key: string;
  /** Keys of the credited artists, alone and joint. */
  readonly artists: ReadonlySet<string>;
}

/** The tracks heard from each album, folded on first use. */
export interface TrackHistory {
  /** Keys of the different tracks. */
  keys(albumId: number): ReadonlySet<string>;
  /** Keys of tracks whose names are not generic. */
  tellingKeys(albumId: number): ReadonlySet<string>;
  tracks(albumId: number): readonly TrackIdentity[];
}

export function createHistory(heardOf: HeardOf): TrackHistory {
  const keysOf = new Map<number, ReadonlySet<string>>();
  const keys = (albumId: number): ReadonlySet<string> => {
    const albumKeys = keysOf.get(albumId) ?? trackKeys(heardOf(albumId));
    keysOf.set(albumId, albumKeys);
    return albumKeys;
  };
  return {
    keys,
    tellingKeys: (albumId) => new Set([...keys(albumId)].filter((key) => !isGenericTrack(key))),
    tracks: (albumId) => identities(heardOf(albumId)),
  };
}

export function trackKeys(tracks: readonly NamedTrack[]): ReadonlySet<string> {
  const keys = new Set(tracks.map(({ title }) => trackKey(title)));
  keys.delete("");
  return keys;
}

/** Joins tracks with the same key: versions of a song are one song. */
export function identities(tracks: readonly NamedTrack[]): readonly TrackIdentity[] {
  const byKey = new Map<string, Set<string>>();
  for (const { title, artists } of tracks) {
    const key = trackKey(title);
    if (key === "") continue;
    const credits = byKey.get(key) ?? new Set<string>();
    for (const name of artists)
      for (const part of [name, ...partsOfCredit(name)]) credits.add(foldArtist(part));
    credits.delete("");
    byKey.set(key, credits);
  }
  return [...byKey].map(([key, artists]) => ({ key, artists }));
}

/**
 * Names under which tracks of a release may have been heard. A suite and its parts both count; parts without artists have
 * those of the suite. Headings are never played.
 */
export function namedTracks(tracks: readonly ListedTrack[]): NamedTrack[] {
  return tracks.flatMap((track) => {
    if (track.kind === "heading") return [];
    const artists = namesOf(track);
    const parts = track.parts.filter(({ kind }) => kind !== "heading");
    return [
      { title: track.title, artists },
      ...parts.map((part) => ({
        title: part.title,
        artists: part.artists.length > 0 ? namesOf(part) : artists,
      })),
    ].filter(({ title }) => title !== "");
  });
}

/** Discogs' names and those on the sleeve, alone and joined. */
function namesOf({ artists }: ListedTrack): string[] {
  const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
  const jointName = artists.map(({ name }) => bareArtistName(name)).join(" & ");
  return artists.length > 1 ? [...names, jointName] : names;
}
