import { foldArtist } from "../text/artist-name.ts";
import { partsOfCredit } from "../text/credit-parts.ts";
import { isGenericTrack, trackKey } from "../titles/track-title.ts";
import type { ListedTrack } from "../../model/model.ts";
import { bareArtistName } from "../../model/bare-names.ts";

/** A track as it was heard, or as it stands on a record. */
export interface NamedTrack {
  readonly title: string;
  /** Empty where nobody but the album's own artist is named. */
  readonly artists: readonly string[];
}

/** The tracks that were heard from an album, by the cache's id of it. */
export type HeardOf = (albumId: number) => readonly NamedTrack[];

/** A track made ready to be found among others. */
export interface TrackIdentity {
  readonly key: string;
  /** Keys of whoever is credited, alone or with others. */
  readonly artists: ReadonlySet<string>;
}

/** What was heard from each album; folded when first asked for. */
export interface Heard {
  /** Keys of the different tracks. */
  keys(albumId: number): ReadonlySet<string>;
  /** Keys of the tracks whose names can tell albums apart. */
  tellingKeys(albumId: number): ReadonlySet<string>;
  tracks(albumId: number): readonly TrackIdentity[];
}

export function createHeard(heardOf: HeardOf): Heard {
  const keysOf = new Map<number, ReadonlySet<string>>();
  const keys = (albumId: number): ReadonlySet<string> => {
    const known = keysOf.get(albumId);
    if (known) return known;
    const found = trackKeys(heardOf(albumId));
    keysOf.set(albumId, found);
    return found;
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

/** Tracks by key, those of one key joined: a song's versions are one song. */
export function identities(tracks: readonly NamedTrack[]): readonly TrackIdentity[] {
  const byKey = new Map<string, Set<string>>();
  for (const { title, artists } of tracks) {
    const key = trackKey(title);
    if (key === "") continue;
    const credited = byKey.get(key) ?? new Set<string>();
    for (const name of artists)
      for (const part of [name, ...partsOfCredit(name)]) credited.add(foldArtist(part));
    credited.delete("");
    byKey.set(key, credited);
  }
  return [...byKey].map(([key, artists]) => ({ key, artists }));
}

/**
 * The names under which what a release holds may have been heard: each track, a suite as well as its parts, which
 * are by whoever the suite is by. Headings are never played.
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

/** As they are called and as they are printed, each alone and all together. */
function namesOf({ artists }: ListedTrack): string[] {
  const names = artists.flatMap(({ name, anv }) => [bareArtistName(name), ...(anv === "" ? [] : [anv])]);
  const joined = artists.map(({ name }) => bareArtistName(name)).join(" & ");
  return artists.length > 1 ? [...names, joined] : names;
}
