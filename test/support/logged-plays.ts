// Logged plays for tests, with what is given in place.
import type { LoggedPlay, LoggedTrack } from "../../src/store/decisions/logged-plays.ts";

/** Builds a play of one hour, unless it says otherwise. */
export function buildLoggedPlay(
  parts: Partial<LoggedPlay> & { readonly releaseId: number; readonly from: string },
): LoggedPlay {
  const { from, ...rest } = parts;
  const startUts = Date.parse(from) / 1000;
  return {
    uuid: crypto.randomUUID(),
    instanceId: null,
    startUts,
    lastUts: startUts,
    fromUts: startUts,
    toUts: startUts + 3600,
    precision: "time",
    source: "user",
    comment: "",
    loggedUts: startUts,
    tracks: [],
    ...rest,
  };
}

export function buildLoggedTrack(parts: Partial<LoggedTrack> = {}): LoggedTrack {
  return {
    position: "A1",
    artist: "Can",
    title: "Paperhouse",
    album: "Tago Mago",
    albumArtist: "Can",
    durationSeconds: 449,
    isGuessed: false,
    isInferred: false,
    uts: null,
    sendings: {},
    ...parts,
  };
}
