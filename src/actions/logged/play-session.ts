// Makes a logged play from tracks and a time: when it began and ended, and the time of each track.
import { creditLine } from "../../store/shelf/releases.ts";
import type { NotedPlay, NotedTrack } from "../../store/decisions/noted-plays.ts";
import type { PlayableTrack } from "../../model/playable-tracks.ts";
import { UsageError } from "../../model/errors.ts";

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

export interface NotedRelease {
  readonly id: number;
  /** The credit in one line. */
  readonly artist: string;
  readonly title: string;
  readonly kind: string;
}

interface SessionParts {
  readonly uuid: string;
  readonly release: NotedRelease;
  readonly instanceId: number | null;
  /** All tracks of the release, to guess missing lengths, and the played ones. Empty if they are unknown. */
  readonly all: readonly PlayableTrack[];
  readonly playedTracks: readonly PlayableTrack[];
  readonly moment: Moment;
  readonly note: string;
  readonly nowUts: number;
}

export function sessionOf(parts: SessionParts): NotedPlay {
  const { uuid, release, instanceId, moment, note, nowUts } = parts;
  const guess = typicalSeconds(parts.all);
  const measuredTracks = parts.playedTracks.map((track) => measuredTrack(track, guess));
  const offsets = offsetsOf(measuredTracks);
  const last = measuredTracks.at(-1);
  const lasted = last === undefined ? usualSeconds(release.kind) : (offsets.at(-1) ?? 0) + last.seconds;
  const startUts =
    moment.kind === "day"
      ? Math.min(moment.noonUts, nowUts)
      : moment.kind === "start"
        ? moment.uts
        : moment.uts - lasted;
  const isTimed = moment.kind !== "day";
  const tracks = measuredTracks.map((track, at) =>
    notedTrack(release, track, isTimed ? startUts + (offsets[at] ?? 0) : null),
  );
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
  release: Pick<NotedRelease, "artist" | "title">,
  track: MeasuredTrack,
  uts: number | null,
): NotedTrack {
  const albumArtist = sentName(release.artist);
  return {
    position: track.position,
    artist: track.artists.length === 0 ? albumArtist : sentName(creditLine(track.artists)),
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

export function measuredTrack(track: PlayableTrack, guess: number): MeasuredTrack {
  return { ...track, seconds: track.durationSeconds ?? guess, isGuessed: track.durationSeconds === null };
}

/** The median length of the release's tracks, for those without a length. */
export function typicalSeconds(all: readonly PlayableTrack[]): number {
  const durations = all
    .flatMap(({ durationSeconds }) => (durationSeconds === null ? [] : [durationSeconds]))
    .toSorted((a, b) => a - b);
  return durations[Math.floor((durations.length - 1) / 2)] ?? usualTrackSeconds;
}

/** When each track begins, in seconds from the first. */
function offsetsOf(tracks: readonly MeasuredTrack[]): number[] {
  let next = 0;
  return tracks.map((track, at) => {
    const before = tracks[at - 1];
    if (before !== undefined && (before.side !== track.side || before.disc !== track.disc))
      next += flipSeconds;
    const begins = next;
    next += Math.max(leastSeconds, track.seconds);
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

export interface TrackChoice {
  /** "A,B" */
  readonly sides: readonly string[];
  readonly discs: readonly number[];
  /** "1-3", "A2" */
  readonly tracks: readonly string[];
}

export function isWhole({ sides, discs, tracks }: TrackChoice): boolean {
  return sides.length + discs.length + tracks.length === 0;
}

/** In the order of the release. Throws UsageError for a disc, a side on these discs, or a track that it doesn't have. */
export function chosenTracks(all: readonly PlayableTrack[], choice: TrackChoice): readonly PlayableTrack[] {
  if (isWhole(choice)) return all;
  const sides = choice.sides.map((side) => side.toUpperCase());
  requireAll("disc", choice.discs.map(String), [...new Set(all.map(({ disc }) => String(disc)))]);
  const onDiscs = all.filter(({ disc }) => choice.discs.length === 0 || choice.discs.includes(disc));
  requireAll("side", sides, [...new Set(onDiscs.flatMap(({ side }) => side ?? []))]);
  const onSides = onDiscs.filter(({ side }) => sides.length === 0 || sides.includes(side ?? ""));
  if (choice.tracks.length === 0) return onSides;
  const ofNumbers = new Set(choice.tracks.flatMap((text) => tracksNamed(text, onSides)));
  return onSides.filter((track) => ofNumbers.has(track));
}

function requireAll(what: "side" | "disc", names: readonly string[], allNames: readonly string[]): void {
  const unknown = names.find((each) => !allNames.includes(each));
  if (unknown === undefined) return;
  throw new UsageError(
    `the release has no ${what} ${JSON.stringify(unknown.slice(0, 40))}`,
    allNames.length === 0 ? "Choose tracks by place: 1-3" : `To choose from: ${allNames.join(", ")}`,
  );
}

/** Finds tracks by printed position, or else by number among the remaining tracks: "3", "1-3", "2-". */
function tracksNamed(text: string, tracks: readonly PlayableTrack[]): PlayableTrack[] {
  const printedAt = text.trim().toUpperCase();
  const range = /^(\d{1,4})(-(\d{1,4})?)?$/.exec(printedAt);
  if (range !== null) {
    const first = Number(range[1]);
    const last = range[2] === undefined ? first : range[3] === undefined ? tracks.length : Number(range[3]);
    if (first >= 1 && first <= last && last <= tracks.length) return tracks.slice(first - 1, last);
    throw new UsageError(
      `there is no track ${text}: there are ${tracks.length} to choose from`,
      `They are 1 to ${tracks.length}, with what is printed: ${tracks.map(({ position }) => position).join(", ")}`,
    );
  }
  const matches = tracks.filter(({ position }) => position.toUpperCase() === printedAt);
  if (matches.length > 0) return matches;
  throw new UsageError(
    `no track is marked ${JSON.stringify(text.slice(0, 40))}`,
    `The printed positions are: ${tracks.map(({ position }) => position).join(", ")}; by place: 1-3`,
  );
}
