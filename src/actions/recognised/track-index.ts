// The tracks of the shelf by name: which sides of which releases a recognised track may be on.
import { stripArtistSuffix } from "../../model/names.ts";
import type { ArtistCredit } from "../../model/model.ts";
import { listPlayableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { splitCreditNames } from "../../match/text/credit-parts.ts";
import { fold } from "../../match/text/fold.ts";
import { toTrackKey } from "../../match/titles/track-title.ts";
import { groupByKey } from "../../model/grouping.ts";
import type { Database } from "../../store/file/database.ts";
import { queryRows, queryTuples } from "../../store/file/sql.ts";
import { createTracklistReader } from "../../store/shelf/tracklists.ts";
import { measureTrack, computeMedianSeconds, type MeasuredTrack } from "../logged/build-logged-play.ts";

/** A track, with the keys of its song and of its artists. */
interface CollectionTrack extends PlayableTrack {
  readonly song: string;
  readonly artistKeys: ReadonlySet<string>;
}

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

export interface ListedRelease {
  readonly id: number;
  /** The credit in one line. */
  readonly artist: string;
  readonly title: string;
  /** null: there are several copies. */
  readonly instanceId: number | null;
  readonly tracks: readonly Place[];
}

export interface TrackIndex {
  readonly releases: ReadonlyMap<number, ListedRelease>;
  getPlaces(artist: string, title: string): readonly Place[];
}

interface CollectionTracklist extends Omit<ListedRelease, "tracks"> {
  readonly tracks: readonly CollectionTrack[];
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
      const names = [artist, artist.replace(guestSuffix, ""), ...splitCreditNames(artist)].map(foldArtist);
      const places = bySong.get(toRecordingKey(title)) ?? [];
      return places.filter(({ artistKeys }) => names.some((name) => artistKeys.has(name)));
    },
  };
}

const guestSuffix = /\s[([]?(?:feat|ft|featuring)\b.*$/iu;

function toArtistKeys(artists: readonly ArtistCredit[]): ReadonlySet<string> {
  const names = artists.flatMap(({ name, anv }) => [name, anv]);
  const whole = artists.map(({ name, join }) => `${stripArtistSuffix(name)} ${join} `).join("");
  return new Set(
    [...names, whole].filter((name) => !isPlaceholderArtist(name)).map((name) => foldArtist(name)),
  );
}

/** Words of a title that name another recording of the song. */
const otherRecordings = /\b(?:live|remix|demo|acoustic|unplugged|instrumental|dub|karaoke|cover)\b/g;

/** Equal for spellings of one track. A live version, a remix and a demo are other tracks. */
function toRecordingKey(title: string): string {
  const others = new Set(fold(title).match(otherRecordings));
  return `${toTrackKey(title)}\n${[...others].toSorted().join(" ")}`;
}

/** The releases on the shelf with a tracklist, and lengths of tracks that other services know. */
function readCollectionTracklists(database: Database): CollectionTracklist[] {
  const getTracklist = createTracklistReader(database);
  const seconds = new Map(
    queryTuples<[string, number]>(database)`
      SELECT json_array(release_id, position, title), seconds FROM track_length WHERE seconds IS NOT NULL`,
  );
  const rows = queryRows<Omit<CollectionTracklist, "tracks"> & { readonly artists: string }>(database)`
    SELECT release.id AS id, artist, title,
      (SELECT iif(count(*) = 1, max(instance_id), NULL) FROM record WHERE release_id = release.id) AS instanceId,
      (SELECT json_group_array(json_object('id', artist_id, 'name', name, 'anv', anv, 'join', join_word)
         ORDER BY position) FROM release_artist WHERE release_id = release.id) AS artists
    FROM release JOIN tracklist ON tracklist.release_id = release.id AND tracklist.state = 'known'
    WHERE release.id IN (SELECT release_id FROM record) ORDER BY release.id`;
  return rows.map(({ artists, ...release }) => {
    const keysOfRelease = toArtistKeys(JSON.parse(artists) as ArtistCredit[]);
    const tracks = listPlayableTracks(getTracklist(release.id) ?? []).map((track) => ({
      ...track,
      durationSeconds:
        track.durationSeconds ??
        seconds.get(JSON.stringify([release.id, track.position, track.title])) ??
        null,
      song: toRecordingKey(track.title),
      artistKeys: track.artists.length > 0 ? toArtistKeys(track.artists) : keysOfRelease,
    }));
    return { ...release, tracks };
  });
}
