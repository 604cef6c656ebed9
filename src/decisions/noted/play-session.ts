// Makes a logged play from tracks and a time: when it began and ended, and the time of each track.
import { creditLine } from "../../store/shelf/releases.ts";
import type { NotedPlay, NotedTrack } from "../../store/decisions/noted-plays.ts";
import type { PlayableTrack } from "../../model/playable-tracks.ts";

/** The time to turn a record over or to take the next one out of its sleeve. */
const flipSeconds = 25;
/** Two scrobbles of one record are never closer. */
const leastSeconds = 31;
/** The length of a track if no track of the release has one. */
const usualTrackSeconds = 180;

/** start: it began at this time; end: it ended then; day: only the day is known. */
export type Moment =
  | { readonly kind: "start" | "end"; readonly uts: number }
  | { readonly kind: "day"; readonly noonUts: number; readonly fromUts: number; readonly toUts: number };

export interface SessionParts {
  readonly uuid: string;
  readonly release: {
    readonly id: number;
    /** The credit in one line. */
    readonly artist: string;
    readonly title: string;
    readonly kind: string;
  };
  readonly instanceId: number | null;
  /** All tracks of the release, to guess missing lengths, and the played ones. Empty if they are unknown. */
  readonly all: readonly PlayableTrack[];
  readonly playedTracks: readonly PlayableTrack[];
  readonly moment: Moment;
  readonly note: string;
  readonly nowUts: number;
}

export function sessionOf({
  uuid,
  release,
  instanceId,
  all,
  playedTracks,
  moment,
  note,
  nowUts,
}: SessionParts): NotedPlay {
  const lengths = lengthsOf(all, playedTracks);
  const offsets = offsetsOf(playedTracks, lengths);
  const lasted =
    playedTracks.length === 0
      ? usualSeconds(release.kind)
      : (offsets.at(-1) ?? 0) + (lengths.at(-1)?.seconds ?? 0);
  const startUts =
    moment.kind === "day"
      ? Math.min(moment.noonUts, nowUts)
      : moment.kind === "start"
        ? moment.uts
        : moment.uts - lasted;
  const isTimed = moment.kind !== "day";
  const tracks = playedTracks.map((track, at) => {
    const length = lengths[at] ?? { seconds: usualTrackSeconds, isGuessed: true };
    return notedTrack(release, track, length, isTimed ? startUts + (offsets[at] ?? 0) : null);
  });
  return {
    uuid,
    releaseId: release.id,
    instanceId,
    startUts,
    lastUts: tracks.at(-1)?.uts ?? startUts,
    fromUts: isTimed ? startUts : moment.fromUts,
    toUts: isTimed ? startUts + lasted : moment.toUts,
    precision: isTimed ? "time" : "day",
    source: "user",
    note,
    notedUts: nowUts,
    tracks,
  };
}

/** A track that was not sent yet. */
export function notedTrack(
  release: Pick<SessionParts["release"], "artist" | "title">,
  track: PlayableTrack,
  { seconds, isGuessed }: TrackLength,
  uts: number | null,
): NotedTrack {
  const albumArtist = sentName(release.artist);
  return {
    position: track.position,
    artist: track.artists.length === 0 ? albumArtist : sentName(creditLine(track.artists)),
    title: track.title,
    album: release.title,
    albumArtist,
    durationSeconds: seconds,
    isGuessed,
    isInferred: false,
    uts,
    isGiven: false,
    state: "new",
    reason: null,
    listenbrainzState: null,
    listenbrainzReason: null,
  };
}

export interface TrackLength {
  readonly seconds: number;
  readonly isGuessed: boolean;
}

/** A missing length is the median of the release's other tracks. */
export function lengthsOf(
  all: readonly PlayableTrack[],
  playedTracks: readonly PlayableTrack[],
): readonly TrackLength[] {
  const durations = all
    .flatMap(({ durationSeconds }) => (durationSeconds === null ? [] : [durationSeconds]))
    .toSorted((a, b) => a - b);
  const guess = durations[Math.floor((durations.length - 1) / 2)] ?? usualTrackSeconds;
  return playedTracks.map(({ durationSeconds }) =>
    durationSeconds === null
      ? { seconds: guess, isGuessed: true }
      : { seconds: durationSeconds, isGuessed: false },
  );
}

/** When each track begins, in seconds from the first. */
function offsetsOf(tracks: readonly PlayableTrack[], lengths: readonly TrackLength[]): number[] {
  let next = 0;
  return tracks.map((track, at) => {
    const before = tracks[at - 1];
    if (before !== undefined && (before.side !== track.side || before.disc !== track.disc))
      next += flipSeconds;
    const begins = next;
    next += Math.max(leastSeconds, lengths[at]?.seconds ?? usualTrackSeconds);
    return begins;
  });
}

/** The length of a record whose tracks are unknown. */
function usualSeconds(kind: string): number {
  return kind === "single" ? 8 * 60 : kind === "ep" ? 20 * 60 : 40 * 60;
}

/** The name that listening services use for compilations. */
function sentName(artist: string): string {
  const name = artist.trim();
  return /^various$/i.test(name) ? "Various Artists" : name;
}
