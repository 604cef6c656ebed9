// Makes a logged play from tracks and a time: when it began and ended, and the time of each track.
import { formatArtistCredit } from "../../store/shelf/releases.ts";
import type { LoggedPlay, LoggedTrack } from "../../store/decisions/logged-plays.ts";
import type { PlayableTrack } from "../../model/playable-tracks.ts";
import { UsageError } from "../../model/errors.ts";

/** The time to turn a record over or to take the next one out of its cover. */
const flipSeconds = 25;
/** Two scrobbles of one record are never closer. */
const minTrackSeconds = 31;
/** The length of a track if no track of the release has one. */
const defaultTrackSeconds = 180;

/** start: it began at this time; end: it ended then; day: only the day is known. */
export type PlayTime =
  | { readonly kind: "start" | "end"; readonly uts: number }
  | { readonly kind: "day"; readonly noonUts: number; readonly fromUts: number; readonly toUts: number };

export interface PlayedRelease {
  readonly id: number;
  /** The credit in one line. */
  readonly artist: string;
  readonly title: string;
  readonly kind: string;
}

interface PlayParts {
  readonly uuid: string;
  readonly release: PlayedRelease;
  readonly instanceId: number | null;
  /** All tracks of the release, to guess missing lengths, and the played ones. Empty if they are unknown. */
  readonly all: readonly PlayableTrack[];
  readonly playedTracks: readonly PlayableTrack[];
  readonly playTime: PlayTime;
  readonly comment: string;
  readonly nowUts: number;
  readonly loggedUts: number;
}

export function buildLoggedPlay(parts: PlayParts): LoggedPlay {
  const { uuid, release, instanceId, playTime, comment, nowUts, loggedUts } = parts;
  const guess = computeMedianSeconds(parts.all);
  const measuredTracks = parts.playedTracks.map((track) => measureTrack(track, guess));
  const offsets = computeOffsets(measuredTracks);
  const last = measuredTracks.at(-1);
  const lasted = last === undefined ? getDefaultSeconds(release.kind) : (offsets.at(-1) ?? 0) + last.seconds;
  const startUts =
    playTime.kind === "day"
      ? Math.min(playTime.noonUts, nowUts)
      : playTime.kind === "start"
        ? playTime.uts
        : playTime.uts - lasted;
  const isTimed = playTime.kind !== "day";
  const tracks = measuredTracks.map((track, at) =>
    buildLoggedTrack(release, track, isTimed ? startUts + (offsets[at] ?? 0) : null),
  );
  return {
    uuid,
    releaseId: release.id,
    instanceId,
    startUts,
    lastUts: tracks.at(-1)?.uts ?? startUts,
    fromUts: isTimed ? startUts : playTime.fromUts,
    toUts: isTimed ? startUts + lasted : playTime.toUts,
    precision: isTimed ? "time" : "day",
    source: "user",
    comment,
    loggedUts,
    tracks,
  };
}

/** A track that was not sent yet. */
export function buildLoggedTrack(
  release: Pick<PlayedRelease, "artist" | "title">,
  track: MeasuredTrack,
  uts: number | null,
): LoggedTrack {
  const albumArtist = toScrobbleArtist(release.artist);
  return {
    position: track.position,
    artist: track.artists.length === 0 ? albumArtist : toScrobbleArtist(formatArtistCredit(track.artists)),
    title: track.title,
    album: release.title,
    albumArtist,
    durationSeconds: track.seconds,
    isGuessed: track.isGuessed,
    isInferred: false,
    uts,
    sendings: {},
  };
}

export interface MeasuredTrack extends PlayableTrack {
  readonly seconds: number;
  /** True if `seconds` is a guess. */
  readonly isGuessed: boolean;
}

export function measureTrack(track: PlayableTrack, guess: number): MeasuredTrack {
  return { ...track, seconds: track.durationSeconds ?? guess, isGuessed: track.durationSeconds === null };
}

/** The median length of the release's tracks, for those without a length. */
export function computeMedianSeconds(all: readonly PlayableTrack[]): number {
  const durations = all
    .flatMap(({ durationSeconds }) => (durationSeconds === null ? [] : [durationSeconds]))
    .toSorted((a, b) => a - b);
  return durations[Math.floor((durations.length - 1) / 2)] ?? defaultTrackSeconds;
}

/** When each track begins, in seconds from the first. */
function computeOffsets(tracks: readonly MeasuredTrack[]): number[] {
  let next = 0;
  return tracks.map((track, at) => {
    const before = tracks[at - 1];
    if (before !== undefined && (before.side !== track.side || before.disc !== track.disc))
      next += flipSeconds;
    const begins = next;
    next += Math.max(minTrackSeconds, track.seconds);
    return begins;
  });
}

/** The length of a record whose tracks are unknown. */
function getDefaultSeconds(kind: string): number {
  return kind === "single" ? 8 * 60 : kind === "ep" ? 20 * 60 : 40 * 60;
}

/** The name that listening services use for compilations. */
function toScrobbleArtist(artist: string): string {
  const name = artist.trim();
  return /^various$/i.test(name) ? "Various Artists" : name;
}

export interface TrackChoice {
  /** "A,B" */
  readonly sides: readonly string[];
  readonly discs: readonly number[];
  /** "1-3", "A2" */
  readonly tracks: readonly string[];
}

export function isWholeRelease({ sides, discs, tracks }: TrackChoice): boolean {
  return sides.length + discs.length + tracks.length === 0;
}

/** Returns the tracks in the order of the release. Throws UsageError for a disc, side or track that it doesn't have. */
export function selectTracks(all: readonly PlayableTrack[], choice: TrackChoice): readonly PlayableTrack[] {
  if (isWholeRelease(choice)) return all;
  const sides = choice.sides.map((side) => side.toUpperCase());
  refuseUnknownNames("disc", choice.discs.map(String), [...new Set(all.map(({ disc }) => String(disc)))]);
  const onDiscs = all.filter(({ disc }) => choice.discs.length === 0 || choice.discs.includes(disc));
  refuseUnknownNames("side", sides, [...new Set(onDiscs.flatMap(({ side }) => side ?? []))]);
  const onSides = onDiscs.filter(({ side }) => sides.length === 0 || sides.includes(side ?? ""));
  if (choice.tracks.length === 0) return onSides;
  const ofNumbers = new Set(choice.tracks.flatMap((text) => parseTrackNumbers(text, onSides)));
  return onSides.filter((track) => ofNumbers.has(track));
}

function refuseUnknownNames(
  what: "side" | "disc",
  names: readonly string[],
  allNames: readonly string[],
): void {
  const unknown = names.find((each) => !allNames.includes(each));
  if (unknown === undefined) return;
  throw new UsageError(
    `the release has no ${what} ${JSON.stringify(unknown.slice(0, 40))}`,
    allNames.length === 0 ? "Choose tracks by place: 1-3" : `To choose from: ${allNames.join(", ")}`,
  );
}

/** Finds tracks by printed position, or else by number among the remaining tracks: "3", "1-3", "2-". */
function parseTrackNumbers(text: string, tracks: readonly PlayableTrack[]): PlayableTrack[] {
  const printedAt = text.trim().toUpperCase();
  const range = /^(\d{1,4})(-(\d{1,4})?)?$/.exec(printedAt);
  if (range !== null) {
    const first = Number(range[1]);
    const last = range[2] === undefined ? first : range[3] === undefined ? tracks.length : Number(range[3]);
    if (first >= 1 && first <= last && last <= tracks.length) return tracks.slice(first - 1, last);
    throw new UsageError(
      `there is no track ${text}: there are ${tracks.length} to choose from`,
      `Choose by place, 1 to ${tracks.length}, or as printed: ${tracks.map(({ position }) => position).join(", ")}`,
    );
  }
  const matches = tracks.filter(({ position }) => position.toUpperCase() === printedAt);
  if (matches.length > 0) return matches;
  throw new UsageError(
    `no track is marked ${JSON.stringify(text.slice(0, 40))}`,
    `The printed positions are: ${tracks.map(({ position }) => position).join(", ")}; by place: 1-3`,
  );
}
