// The tracks of the shelf by name: which sides of which releases a recognised track may be on.
import { groupByKey } from "../../model/grouping.ts";
import {
  createTrackTest,
  readCollectionTracklists,
  type CollectionTrack,
  type CollectionTracklist,
} from "../../queries/find/collection-tracks.ts";
import type { Database } from "../../store/file/database.ts";
import { measureTrack, computeMedianSeconds, type MeasuredTrack } from "../logged/build-logged-play.ts";

/** A track of a release on the shelf. */
export interface Place extends CollectionTrack, MeasuredTrack {
  readonly release: ListedRelease;
  /** The index among the tracks of the release. */
  readonly index: number;
  /** The side, or the disc if there are no sides. */
  readonly part: ReleasePart;
  /** When it begins, in seconds from the beginning of its part. */
  readonly offsetSeconds: number;
}

interface ReleasePart {
  readonly number: number;
  /** The index of its first track. */
  readonly firstIndex: number;
  readonly seconds: number;
}

export interface ListedRelease extends Omit<CollectionTracklist, "tracks"> {
  readonly tracks: readonly Place[];
}

export interface TrackIndex {
  readonly releases: ReadonlyMap<number, ListedRelease>;
  getPlaces(artist: string, title: string): readonly Place[];
}

/** `findOtherLength`: the length of a track on another release of the shelf. */
function buildListedRelease(
  { tracks, ...facts }: CollectionTracklist,
  secondsElsewhere: (track: CollectionTrack) => number | undefined,
): ListedRelease {
  const places: Place[] = [];
  const release = { ...facts, tracks: places };
  const guess = computeMedianSeconds(tracks);
  let part = { number: -1, firstIndex: 0, seconds: 0 };
  tracks.forEach((track, index) => {
    const before = tracks[index - 1];
    if (before === undefined || before.side !== track.side || before.disc !== track.disc) {
      part = { number: part.number + 1, firstIndex: index, seconds: 0 };
    }
    const measured = measureTrack(track, secondsElsewhere(track) ?? guess);
    places.push({ ...track, ...measured, release, index, part, offsetSeconds: part.seconds });
    part.seconds += measured.seconds;
  });
  return release;
}

/**
 * Takes a missing length from the same song on another release: Discogs often has the lengths of one pressing only, and
 * pressings with the same tracks must not differ.
 */
export function createTrackIndex(database: Database): TrackIndex {
  const shelved = readCollectionTracklists(database);
  const seconds = new Map<string, number>();
  for (const { song, artistKeys, durationSeconds } of shelved.flatMap(({ tracks }) => tracks)) {
    if (durationSeconds === null) continue;
    for (const artist of artistKeys) seconds.set(`${artist}\n${song}`, durationSeconds);
  }
  const findOtherLength = ({ song, artistKeys }: CollectionTrack): number | undefined => {
    const known = [...artistKeys].find((artist) => seconds.has(`${artist}\n${song}`));
    return known === undefined ? undefined : seconds.get(`${known}\n${song}`);
  };
  const releases = shelved.map((tracklist) => buildListedRelease(tracklist, findOtherLength));
  const bySong = groupByKey(
    releases.flatMap(({ tracks }) => tracks),
    ({ song }) => song,
  );
  return {
    releases: new Map(releases.map((release) => [release.id, release])),
    getPlaces(artist, title) {
      const { song, isByArtist } = createTrackTest(artist, title);
      return (bySong.get(song) ?? []).filter(({ artistKeys }) => isByArtist(artistKeys));
    },
  };
}
