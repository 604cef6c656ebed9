// Noted plays for tests, with what is given in place.
import type { NotedPlay, NotedTrack } from "../../src/store/decisions/noted-plays.ts";

/** Of one hour, unless it says otherwise. */
export function notedPlay(
  parts: Partial<NotedPlay> & { readonly releaseId: number; readonly from: string },
): NotedPlay {
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
    note: "",
    notedUts: startUts,
    tracks: [],
    ...rest,
  };
}

export function notedTrack(parts: Partial<NotedTrack> = {}): NotedTrack {
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
