// Finds the lengths of tracks whose tracklist has none: from MusicBrainz, if that is allowed, then from the listening
// service. Answers are stored for good.
import { isFailure } from "../../model/errors.ts";
import { toTrackKey } from "../../match/titles/track-title.ts";
import type { PlayableTrack } from "../../model/playable-tracks.ts";
import type { CallOptions } from "../../sources/services/remote-service.ts";
import type { ReleaseTrack, Services } from "../../sources/services/service-clients.ts";
import { transact, type Database } from "../../store/file/database.ts";
import { isLookedUp, saveReleases, readReleaseMbids } from "../../store/shelf/musicbrainz-cache.ts";
import { formatArtistCredit } from "../../store/shelf/releases.ts";
import { saveTrackLengths, createTrackLengthReader } from "../../store/shelf/tracklists.ts";

/** The user is waiting: unknown lengths are guessed after this time. */
const maxWaitMs = 15_000;
/** One request each; the other tracks of a long box are guessed. */
const maxLookups = 40;
const maxAttempts = 1;

export interface LengthsRequest {
  readonly database: Database;
  readonly services: Services;
  /** True if MusicBrainz may learn what is on the shelf. */
  readonly asksMusicBrainz: boolean;
  readonly release: { readonly id: number; readonly artist: string };
  readonly call: CallOptions;
  readonly nowMs: () => number;
}

/** Returns all tracks of a release, with the lengths that could be found for `toPlay`. */
export async function addTrackLengths(
  request: LengthsRequest,
  all: readonly PlayableTrack[],
  toPlay: readonly PlayableTrack[],
): Promise<PlayableTrack[]> {
  const { database, release, nowMs } = request;
  const nowUts = Math.floor(nowMs() / 1000);
  const getLength = createTrackLengthReader(database, release.id, nowUts);
  const open = toPlay.filter((track) => track.durationSeconds === null && getLength(track) === undefined);
  if (open.length > 0) {
    const lengths = await fetchTrackLengths(request, all, open, nowMs() + maxWaitMs);
    transact(database, () => saveTrackLengths(database, release.id, lengths, nowUts));
  }
  return all.map((track) =>
    track.durationSeconds === null ? { ...track, durationSeconds: getLength(track) ?? null } : track,
  );
}

type TrackLength = PlayableTrack & { readonly seconds: number | null };

/** The tracks with an answer, even if the length is unknown. */
async function fetchTrackLengths(
  request: LengthsRequest,
  all: readonly PlayableTrack[],
  open: readonly PlayableTrack[],
  untilMs: number,
): Promise<TrackLength[]> {
  const { release, services, nowMs } = request;
  const call = { ...request.call, attempts: maxAttempts };
  const lengths: TrackLength[] = [];
  const releaseTracks = request.asksMusicBrainz
    ? await tryOrDefault(() => fetchMusicBrainzTracks(request, call, all.length), [])
    : [];
  let isAway = false;
  let getAsked = 0;
  for (const track of open) {
    const seconds = findTrackSeconds(releaseTracks, all, track);
    if (seconds !== null) {
      lengths.push({ ...track, seconds });
      continue;
    }
    if (isAway || getAsked >= maxLookups || nowMs() >= untilMs) continue;
    getAsked += 1;
    const artist = track.artists.length === 0 ? release.artist : formatArtistCredit(track.artists);
    const answer = await tryOrDefault<number | null | undefined>(
      async () => (await services.listening?.fetchTrackSeconds({ artist, title: track.title }, call)) ?? null,
      undefined,
    );
    if (answer === undefined) isAway = true;
    else lengths.push({ ...track, seconds: answer });
  }
  return lengths;
}

/** A guess is good enough, so no failure of a service stops the sending. */
async function tryOrDefault<Answer>(ask: () => Promise<Answer>, otherwise: Answer): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    if (!isFailure(error)) throw error;
    return otherwise;
  }
}

/** The release with the same number of tracks, or else the first with a tracklist. */
async function fetchMusicBrainzTracks(
  { database, services: { musicbrainz }, release, nowMs }: LengthsRequest,
  call: CallOptions,
  count: number,
): Promise<readonly ReleaseTrack[]> {
  if (!isLookedUp(database, "release", release.id)) {
    const answers = await musicbrainz.fetchReleases([release.id], call);
    transact(database, () => saveReleases(database, [release.id], answers, Math.floor(nowMs() / 1000)));
  }
  let first: readonly ReleaseTrack[] = [];
  for (const mbid of readReleaseMbids(database, release.id).slice(0, maxReleases)) {
    const tracks = (await musicbrainz.fetchTracks(mbid, call)) ?? [];
    if (tracks.length === count) return tracks;
    if (first.length === 0) first = tracks;
  }
  return first;
}

const maxReleases = 2;

/** Finds the track by its title if only one track has it, or else by its place if the numbers of tracks agree. */
function findTrackSeconds(
  releaseTracks: readonly ReleaseTrack[],
  all: readonly PlayableTrack[],
  track: PlayableTrack,
): number | null {
  const key = toTrackKey(track.title);
  const [same, another] = releaseTracks.filter(({ title }) => toTrackKey(title) === key);
  if (same !== undefined && another === undefined) return same.seconds;
  return releaseTracks.length === all.length ? (releaseTracks[all.indexOf(track)]?.seconds ?? null) : null;
}
