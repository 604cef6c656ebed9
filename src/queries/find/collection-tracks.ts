// The tracks of the shelf by name, from the tracklists of its releases.
import { stripArtistSuffix } from "../../model/names.ts";
import type { ArtistCredit } from "../../model/model.ts";
import { listPlayableTracks, type PlayableTrack } from "../../model/playable-tracks.ts";
import { foldArtist, isPlaceholderArtist } from "../../match/text/artist-name.ts";
import { splitCreditNames } from "../../match/text/credit-parts.ts";
import { fold } from "../../match/text/fold.ts";
import { toTrackKey } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import { queryRows, queryTuples } from "../../store/file/sql.ts";
import { createTracklistReader } from "../../store/shelf/tracklists.ts";

/** A track, with the keys of its song and of its artists. */
export interface CollectionTrack extends PlayableTrack {
  readonly song: string;
  readonly artistKeys: ReadonlySet<string>;
}

export interface CollectionTracklist {
  /** The release. */
  readonly id: number;
  /** The credit in one line. */
  readonly artist: string;
  readonly title: string;
  /** null: there are several copies. */
  readonly instanceId: number | null;
  readonly tracks: readonly CollectionTrack[];
}

/** The releases on the shelf with a tracklist, and lengths of tracks that other services know. */
export function readCollectionTracklists(database: Database): CollectionTracklist[] {
  return readTracklists(database).map(({ credits, tracks, ...release }) => {
    const keysOfRelease = toArtistKeys(credits);
    return {
      ...release,
      tracks: tracks.map((track) => ({
        ...track,
        song: toRecordingKey(track.title),
        artistKeys: track.artists.length > 0 ? toArtistKeys(track.artists) : keysOfRelease,
      })),
    };
  });
}

/** The releases on the shelf that list a track, by its names as a service writes them. */
export function findReleasesWithTrack(database: Database, artist: string, title: string): number[] {
  const { song, isByArtist } = createTrackTest(artist, title);
  const isCredited = (credits: readonly ArtistCredit[]): boolean => isByArtist(toArtistKeys(credits));
  // Most releases are left out before their list is read, and most tracks before their title is folded.
  return readTracklists(database, ({ credits, namesArtists }) => namesArtists || isCredited(credits))
    .filter(({ credits, tracks }) => {
      const isByRelease = isCredited(credits);
      return tracks.some(
        (track) =>
          (track.artists.length > 0 ? isCredited(track.artists) : isByRelease) &&
          toRecordingKey(track.title) === song,
      );
    })
    .map(({ id }) => id);
}

interface StoredTracklist extends Omit<CollectionTracklist, "tracks"> {
  readonly credits: readonly ArtistCredit[];
  /** A track has artists of its own. */
  readonly namesArtists: boolean;
}

function readTracklists(database: Database, isWanted: (list: StoredTracklist) => boolean = () => true) {
  const getTracklist = createTracklistReader(database);
  const seconds = new Map(
    queryTuples<[string, number]>(database)`
      SELECT json_array(release_id, position, title), seconds FROM track_length WHERE seconds IS NOT NULL`,
  );
  const rows = queryRows<Omit<StoredTracklist, "credits" | "namesArtists"> & StoredColumns>(database)`
    SELECT release.id AS id, artist, title,
      (SELECT iif(count(*) = 1, max(instance_id), NULL) FROM record WHERE release_id = release.id) AS instanceId,
      (SELECT json_group_array(json_object('id', artist_id, 'name', name, 'anv', anv, 'join', join_word)
         ORDER BY position) FROM release_artist WHERE release_id = release.id) AS artists,
      instr(list, '"artists":[{') > 0 AS namesArtists
    FROM release JOIN tracklist ON tracklist.release_id = release.id AND tracklist.state = 'known'
    WHERE release.id IN (SELECT release_id FROM record) ORDER BY release.id`;
  return rows
    .map(({ artists, namesArtists, ...release }) => ({
      ...release,
      credits: JSON.parse(artists) as ArtistCredit[],
      namesArtists: namesArtists === 1,
    }))
    .filter(isWanted)
    .map((release) => ({
      ...release,
      tracks: listPlayableTracks(getTracklist(release.id) ?? []).map((track) => ({
        ...track,
        durationSeconds:
          track.durationSeconds ??
          seconds.get(JSON.stringify([release.id, track.position, track.title])) ??
          null,
      })),
    }));
}

interface StoredColumns {
  /** JSON. */
  readonly artists: string;
  readonly namesArtists: 0 | 1;
}

/** Tests tracks for the names that a service or a recogniser gives one. */
export function createTrackTest(artist: string, title: string) {
  const names = [artist, artist.replace(guestSuffix, ""), ...splitCreditNames(artist)].map(foldArtist);
  return {
    song: toRecordingKey(title),
    isByArtist: (artistKeys: ReadonlySet<string>) => names.some((name) => artistKeys.has(name)),
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
