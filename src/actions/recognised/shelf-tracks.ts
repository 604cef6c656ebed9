// The tracks of the shelf by name: which sides of which releases a recognised track may be on.
import { bareArtistName } from "../../model/names.ts";
import type { ArtistCredit } from "../../model/model.ts";
import { playableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { namesOfCredit } from "../../match/text/credit-parts.ts";
import { fold } from "../../match/text/fold.ts";
import { trackKey } from "../../match/titles/track-title.ts";
import { groupedBy } from "../../queries/figures/played-most.ts";
import type { Database } from "../../store/file/database.ts";
import { rowsOf, tuplesOf } from "../../store/file/sql.ts";
import { tracklistReader } from "../../store/shelf/tracklists.ts";
import { measuredTrack, typicalSeconds, type MeasuredTrack } from "../logged/play-session.ts";

/** A track, with the keys of its song and of its artists. */
interface ShelvedTrack extends PlayableTrack {
  readonly song: string;
  readonly artistKeys: ReadonlySet<string>;
}

/** A track of a release on the shelf. */
export interface Place extends ShelvedTrack, MeasuredTrack {
  readonly release: ListedRelease;
  /** Its index among the tracks of the release. */
  readonly index: number;
  /** Its side, or its disc if there are no sides. */
  readonly part: ReleasePart;
  /** When it begins, in seconds from the beginning of its part. */
  readonly begins: number;
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

export interface ShelfTracks {
  readonly releases: ReadonlyMap<number, ListedRelease>;
  placesOf(artist: string, title: string): readonly Place[];
}

interface ShelvedTracklist extends Omit<ListedRelease, "tracks"> {
  readonly tracks: readonly ShelvedTrack[];
}

/** `secondsElsewhere`: the length of a track on another release of the shelf. */
function listedRelease(
  { tracks, ...facts }: ShelvedTracklist,
  secondsElsewhere: (track: ShelvedTrack) => number | undefined,
): ListedRelease {
  const places: Place[] = [];
  const release = { ...facts, tracks: places };
  const guess = typicalSeconds(tracks);
  let part = { number: -1, firstIndex: 0, seconds: 0 };
  tracks.forEach((track, index) => {
    const before = tracks[index - 1];
    if (before === undefined || before.side !== track.side || before.disc !== track.disc) {
      part = { number: part.number + 1, firstIndex: index, seconds: 0 };
    }
    const measured = measuredTrack(track, secondsElsewhere(track) ?? guess);
    places.push({ ...track, ...measured, release, index, part, begins: part.seconds });
    part.seconds += measured.seconds;
  });
  return release;
}

/**
 * Takes a missing length from the same song on another release: Discogs often has the lengths of one pressing only, and
 * pressings with the same tracks must not differ.
 */
export function shelfTracks(database: Database): ShelfTracks {
  const shelved = shelvedTracklists(database);
  const seconds = new Map<string, number>();
  for (const { song, artistKeys, durationSeconds } of shelved.flatMap(({ tracks }) => tracks)) {
    if (durationSeconds === null) continue;
    for (const artist of artistKeys) seconds.set(`${artist}\n${song}`, durationSeconds);
  }
  const secondsElsewhere = ({ song, artistKeys }: ShelvedTrack): number | undefined => {
    const known = [...artistKeys].find((artist) => seconds.has(`${artist}\n${song}`));
    return known === undefined ? undefined : seconds.get(`${known}\n${song}`);
  };
  const releases = shelved.map((tracklist) => listedRelease(tracklist, secondsElsewhere));
  const bySong = groupedBy(
    releases.flatMap(({ tracks }) => tracks),
    ({ song }) => song,
  );
  return {
    releases: new Map(releases.map((release) => [release.id, release])),
    placesOf(artist, title) {
      const names = [artist, artist.replace(guests, ""), ...namesOfCredit(artist)].map(foldArtist);
      const places = bySong.get(recordingKey(title)) ?? [];
      return places.filter(({ artistKeys }) => names.some((name) => artistKeys.has(name)));
    },
  };
}

const guests = /\s[([]?(?:feat|ft|featuring)\b.*$/iu;

function keysOf(artists: readonly ArtistCredit[]): ReadonlySet<string> {
  const names = artists.flatMap(({ name, anv }) => [name, anv]);
  const whole = artists.map(({ name, join }) => `${bareArtistName(name)} ${join} `).join("");
  return new Set(
    [...names, whole].filter((name) => !isPlaceholderArtist(name)).map((name) => foldArtist(name)),
  );
}

/** Words of a title that name another recording of the song. */
const otherRecordings = /\b(?:live|remix|demo|acoustic|unplugged|instrumental|dub|karaoke|cover)\b/g;

/** Equal for spellings of one track. A live version, a remix and a demo are other tracks. */
function recordingKey(title: string): string {
  const others = new Set(fold(title).match(otherRecordings));
  return `${trackKey(title)}\n${[...others].toSorted().join(" ")}`;
}

/** The releases on the shelf with a tracklist, and lengths of tracks that other services know. */
function shelvedTracklists(database: Database): ShelvedTracklist[] {
  const listOf = tracklistReader(database);
  const seconds = new Map(
    tuplesOf<[string, number]>(database)`
      SELECT json_array(release_id, position, title), seconds FROM track_length WHERE seconds IS NOT NULL`,
  );
  const rows = rowsOf<Omit<ShelvedTracklist, "tracks"> & { readonly artists: string }>(database)`
    SELECT release.id AS id, artist, title,
      (SELECT iif(count(*) = 1, max(instance_id), NULL) FROM record WHERE release_id = release.id) AS instanceId,
      (SELECT json_group_array(json_object('id', artist_id, 'name', name, 'anv', anv, 'join', join_word)
         ORDER BY position) FROM release_artist WHERE release_id = release.id) AS artists
    FROM release JOIN tracklist ON tracklist.release_id = release.id AND tracklist.state = 'known'
    WHERE release.id IN (SELECT release_id FROM record) ORDER BY release.id`;
  return rows.map(({ artists, ...release }) => {
    const keysOfRelease = keysOf(JSON.parse(artists) as ArtistCredit[]);
    const tracks = playableTracks(listOf(release.id) ?? []).map((track) => ({
      ...track,
      durationSeconds:
        track.durationSeconds ??
        seconds.get(JSON.stringify([release.id, track.position, track.title])) ??
        null,
      song: recordingKey(track.title),
      artistKeys: track.artists.length > 0 ? keysOf(track.artists) : keysOfRelease,
    }));
    return { ...release, tracks };
  });
}
