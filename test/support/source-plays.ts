// A play as a listening source recorded it.
import type { SourcePlay } from "../../src/model/listening-sources.ts";

export function sourcePlay(startUts: number, title: string, more: Partial<SourcePlay> = {}): SourcePlay {
  return {
    startUts,
    precisionSeconds: 1,
    artist: "Can",
    albumArtist: null,
    album: "Ege Bamyasi",
    title,
    durationSeconds: null,
    recordingMbid: null,
    releaseMbid: null,
    releaseGroupMbid: null,
    origin: null,
    isEndStamped: false,
    hasOwnAlbum: true,
    sourceKey: null,
    ...more,
  };
}
