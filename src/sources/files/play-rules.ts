// The rules that decide which rows are plays, with all their numbers.

import { daySeconds } from "../../model/times.ts";

/** Spotify does not give the length of a track, so half of it can't be tested. */
export const minPlayedMs = 30_000;
/** Last.fm's own rule holds if the length is known: half of the track, or four minutes. */
const minPlayedShare = 0.5;
const enoughPlayedMs = 240_000;

/** Rows of one track with the same played time that begin this close together are one play, written twice. */
export const maxCopyGapSeconds = 30;
/** An interrupted track that goes on within this time is still the same play. */
export const maxResumeGapSeconds = 30 * 60;

/** Last.fm began in 2002. An earlier time comes from a clock that was never set, or from a number that was cut off. */
export const minPlayUts = Date.UTC(2002, 0, 1) / 1000;

/** Spotify's start, by the device's clock, is used if it is at most this long before the end. */
export const maxPlaySeconds = 7 * daySeconds;
/** The start may be this much later than the end minus the played time, because clocks differ. */
export const maxStartSlackSeconds = 5;

/** Why rows are not plays, in the words that follow their number. */
export const leftOutRules = {
  short: "played for under 30 seconds and not to the end",
  part: "played for under half of the track and under 4 minutes",
  skipped: "marked as skipped",
  copy: "copies of other rows",
  resumed: "continuations of an interrupted play, joined with it",
  podcast: "podcasts and audiobooks",
  video: "videos",
  event: "events other than a finished play",
  radio: "announcements on the radio and failed starts",
  totals: "daily totals of plays that the history lists one by one",
  nameless: "without a title or an artist",
  undated: "without a time, or with an impossible one",
} as const;

export type LeftOutRule = keyof typeof leftOutRules;

interface PlayedPart {
  readonly playedMs: number;
  readonly lengthMs: number | null;
  readonly isPlayedOut: boolean;
}

/** The rule that keeps a row from being a play; null if it is one. */
export function findLeftOutRule({ playedMs, lengthMs, isPlayedOut }: PlayedPart): LeftOutRule | null {
  if (lengthMs !== null) {
    return playedMs >= minPlayedShare * lengthMs || playedMs >= enoughPlayedMs ? null : "part";
  }
  return playedMs >= minPlayedMs || (isPlayedOut && playedMs > 0) ? null : "short";
}
