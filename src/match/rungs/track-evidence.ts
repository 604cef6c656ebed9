import { isGenericTrack } from "../titles/track-title.ts";
import type { TrackIdentity } from "./heard.ts";

/** A comparison of a record's tracklist with the tracks heard from an album. */
export interface TrackEvidence {
  /** Different tracks heard, without generic names. */
  readonly heard: number;
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
  const [heard, listed] = [heardTracks.filter(isTelling), listedTracks.filter(isTelling)];
  const byKey = new Map(listed.map((track) => [track.key, track]));
  // A list without artists cannot be compared by artist.
  const isAsked = byArtist && listed.some(({ artists }) => artists.size > 0);
  const hitKeys = heard
    .filter((track) => {
      const found = byKey.get(track.key);
      return found !== undefined && (!isAsked || haveArtistInCommon(track, found));
    })
    .map(({ key }) => key);
  const distinctive = heard.filter(({ key }) => !titles.includes(key)).length;
  const hits = hitKeys.filter((key) => !titles.includes(key)).length;
  return {
    heard: heard.length,
    hitKeys,
    isMajority: hitKeys.length > 0 && hitKeys.length * 2 >= heard.length,
    isProof: hits >= leastHits && hits * 2 > distinctive,
    isDoubt:
      heard.length >= leastHeardForDoubt &&
      listed.length > 0 &&
      hitKeys.length * 4 < heard.length &&
      areInOneScript(heard, listed),
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
export function tracksInWords({ heard, hitKeys }: TrackEvidence): string {
  return `${hitKeys.length} of ${heard} ${heard === 1 ? "track" : "tracks"} on the record`;
}
