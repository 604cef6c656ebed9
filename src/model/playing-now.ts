/** A track that is playing at the moment, as a client or a listening service names it. It is shown and never stored. */
export interface PlayingNow {
  readonly artist: string;
  readonly title: string;
  readonly album: string | null;
  readonly lengthSeconds: number | null;
  /** When it was reported: clients and services do not say when the track began. */
  readonly startedUts: number;
  /** The program or device that plays it; null if it is unknown. */
  readonly client: string | null;
}

const unknownLengthSeconds = 600;
/** A track that began a little late, or was paused, is not over at once. */
const marginSeconds = 60;

/** A client that stops or crashes does not say so, so each track ends by itself. */
export function isStillPlaying({ startedUts, lengthSeconds }: PlayingNow, nowUts: number): boolean {
  const seconds = lengthSeconds === null ? unknownLengthSeconds : lengthSeconds + marginSeconds;
  return nowUts < startedUts + seconds;
}

/** The answer of the listening sources. */
export interface PlayingReport {
  /** null: nothing is playing, as far as is known. */
  readonly playing: PlayingNow | null;
  /** The listening source that it comes from: "direct", "listenbrainz", "lastfm". null: nothing is playing. */
  readonly source: string | null;
  /** Services that were asked and failed. */
  readonly unanswered: readonly string[];
}

export const nothingPlaying: PlayingReport = { playing: null, source: null, unanswered: [] };
