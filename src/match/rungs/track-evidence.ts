import { isGenericTrack } from "../titles/track-title.ts";
import type { TrackIdentity } from "./track-history.ts";

/** A comparison of a record's tracklist with the tracks heard from an album. */
export interface TrackEvidence {
  /** Different tracks heard, without generic names. */
  readonly heardCount: number;
  /** Keys of the tracks heard that are on the record. */
  readonly hitKeys: readonly string[];
  /** At least half of the tracks heard are on the record. */
  readonly isMajority: boolean;
  /** Three or more of the tracks heard are on the record, and they are most of them. Title tracks do not count. */
  readonly isProof: boolean;
  /** Few of the tracks heard are on the record, so they may be two albums. */
  readonly isDoubt: boolean;
}

const leastHits = 3;
const leastHeardForDoubt = 4;
const latin = /\p{Script=Latin}/u;

export function weigh(
  heardTracks: readonly TrackIdentity[],
  listedTracks: readonly TrackIdentity[],
  {
    byArtist,
    titles,
  }: { readonly byArtist: boolean; /** Keys of both titles. */ readonly titles: readonly string[] },
): TrackEvidence {
  const [albumTracks, recordTracks] = [heardTracks.filter(isTelling), listedTracks.filter(isTelling)];
  const byKey = new Map(recordTracks.map((track) => [track.key, track]));
  // A list without artists cannot be compared by artist.
  const isAsked = byArtist && recordTracks.some(({ artists }) => artists.size > 0);
  const hitKeys = albumTracks
    .filter((track) => {
      const other = byKey.get(track.key);
      return other !== undefined && (!isAsked || haveArtistInCommon(track, other));
    })
    .map(({ key }) => key);
  const distinctive = albumTracks.filter(({ key }) => !titles.includes(key)).length;
  const hits = hitKeys.filter((key) => !titles.includes(key)).length;
  return {
    heardCount: albumTracks.length,
    hitKeys,
    isMajority: hitKeys.length > 0 && hitKeys.length * 2 >= albumTracks.length,
    isProof: hits >= leastHits && hits * 2 > distinctive,
    isDoubt:
      albumTracks.length >= leastHeardForDoubt &&
      recordTracks.length > 0 &&
      hitKeys.length * 4 < albumTracks.length &&
      areInOneScript(albumTracks, recordTracks),
  };
}

function isTelling({ key }: TrackIdentity): boolean {
  return !isGenericTrack(key);
}

export function haveArtistInCommon(one: TrackIdentity, other: TrackIdentity): boolean {
  for (const artist of one.artists) if (other.artists.has(artist)) return true;
  return false;
}

/** A list in Japanese cannot be compared with English names. */
function areInOneScript(one: readonly TrackIdentity[], other: readonly TrackIdentity[]): boolean {
  return isMostlyLatin(one) === isMostlyLatin(other);
}

function isMostlyLatin(tracks: readonly TrackIdentity[]): boolean {
  return tracks.filter(({ key }) => latin.test(key)).length * 2 > tracks.length;
}

/** "9 of 11 tracks on the record" */
export function tracksInWords({ heardCount, hitKeys }: TrackEvidence): string {
  return `${hitKeys.length} of ${heardCount} ${heardCount === 1 ? "track" : "tracks"} on the record`;
}
