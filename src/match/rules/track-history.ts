import { foldArtist, isPlaceholderArtist } from "../text/artist-name.ts";
import { splitCreditParts } from "../text/credit-parts.ts";
import { isGenericTrack, toTrackKey } from "../titles/track-title.ts";
import type { NamedTrack } from "../../model/named-tracks.ts";

/** Returns the tracks that were heard from an album. */
export type HeardTracksLookup = (albumId: number) => readonly NamedTrack[];

/** A track, prepared for lookups. */
export interface TrackIdentity {
  readonly key: string;
  /** The credited artists, as named. */
  readonly artists: readonly string[];
}

/** Returns the different tracks heard from an album, folded on first use. */
export type TrackHistory = (albumId: number) => readonly TrackIdentity[];

export function createTrackHistory(getHeard: HeardTracksLookup): TrackHistory {
  const tracksByAlbum = new Map<number, readonly TrackIdentity[]>();
  return (albumId) => {
    const tracks = tracksByAlbum.get(albumId) ?? toTrackIdentities(getHeard(albumId));
    tracksByAlbum.set(albumId, tracks);
    return tracks;
  };
}

/** Joins tracks with the same key: versions of a song are one song. */
export function toTrackIdentities(tracks: readonly NamedTrack[]): readonly TrackIdentity[] {
  const byKey = new Map<string, string[]>();
  for (const { title, artists } of tracks) {
    const key = toTrackKey(title);
    const credits = byKey.get(key) ?? [];
    for (const artist of artists) credits.push(artist);
    byKey.set(key, credits);
  }
  byKey.delete("");
  return [...byKey].map(([key, artists]) => ({ key, artists }));
}

/** A comparison of a record's tracklist with the tracks heard from an album. */
export interface TrackEvidence {
  /** Different tracks heard, without generic names. */
  readonly heardCount: number;
  /** Keys of the tracks heard that are on the record. */
  readonly hitKeys: readonly string[];
  /** The record has at least half of the tracks heard. */
  readonly isMajority: boolean;
  /** Three or more of the tracks heard are on the record, and they are most of them. Title tracks do not count. */
  readonly isProof: boolean;
  /** Few of the tracks heard are on the record, so they may be two albums. */
  readonly isContradiction: boolean;
}

const minHits = 3;
const minHeardToContradict = 4;
const latin = /\p{Script=Latin}/u;

export function computeTrackEvidence(
  heardTracks: readonly TrackIdentity[],
  listedTracks: readonly TrackIdentity[],
  {
    byArtist,
    titles,
  }: { readonly byArtist: boolean; /** Keys of both titles. */ readonly titles: readonly string[] },
): TrackEvidence {
  const [albumTracks, recordTracks] = [
    heardTracks.filter(isSignificantTrack),
    listedTracks.filter(isSignificantTrack),
  ];
  const byKey = new Map(recordTracks.map((track) => [track.key, track]));
  // A list without artists cannot be compared by artist.
  const isAsked = byArtist && recordTracks.some(({ artists }) => artists.length > 0);
  const hitKeys = albumTracks
    .filter((track) => {
      const other = byKey.get(track.key);
      return other !== undefined && (!isAsked || isNameless(track) || hasCommonArtist(track, other));
    })
    .map(({ key }) => key);
  const distinctive = albumTracks.filter(({ key }) => !titles.includes(key)).length;
  const hits = hitKeys.filter((key) => !titles.includes(key)).length;
  return {
    heardCount: albumTracks.length,
    hitKeys,
    isMajority: hitKeys.length > 0 && hitKeys.length * 2 >= albumTracks.length,
    isProof: hits >= minHits && hits * 2 > distinctive,
    isContradiction:
      albumTracks.length >= minHeardToContradict &&
      recordTracks.length > 0 &&
      hitKeys.length * 4 < albumTracks.length &&
      // A list in Japanese cannot be compared with English names.
      isMostlyLatin(albumTracks) === isMostlyLatin(recordTracks),
  };
}

/** Returns true if a track's name is not generic. */
export function isSignificantTrack({ key }: TrackIdentity): boolean {
  return !isGenericTrack(key);
}

export function hasCommonArtist(one: TrackIdentity, other: TrackIdentity): boolean {
  const theirs = new Set(toArtistKeys(other));
  return toArtistKeys(one).some((artist) => artist !== "" && theirs.has(artist));
}

/** Some services name "Various Artists" as the artist of each track. */
function isNameless({ artists }: TrackIdentity): boolean {
  return artists.every(isPlaceholderArtist);
}

/** Keys of the credited artists, alone and joint. */
function toArtistKeys({ artists }: TrackIdentity): string[] {
  return artists.flatMap((name) => [name, ...splitCreditParts(name)]).map(foldArtist);
}

function isMostlyLatin(tracks: readonly TrackIdentity[]): boolean {
  return tracks.filter(({ key }) => latin.test(key)).length * 2 > tracks.length;
}
