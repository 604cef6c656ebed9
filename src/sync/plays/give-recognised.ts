// Plays that a recogniser heard are sent by the sync after their end, if the setting scrobble is always. A track that the
// recogniser scrobbled itself is not sent again.
import type { PlayTarget } from "../../model/model.ts";
import { foldArtist } from "../../match/text/artist-name.ts";
import { trackKey } from "../../match/titles/track-title.ts";
import type { Database } from "../../store/file/database.ts";
import {
  endedRecognised,
  giveToBeSent,
  listedPlays,
  settleAsSent,
  type ListedPlay,
  type NotedTrack,
} from "../../store/decisions/noted-plays.ts";
import { settleRecognised } from "../../store/decisions/recognised-tracks.ts";
import { sendableSeconds } from "./sending.ts";

/** No side is longer, so nothing joins a play that ended this long ago. */
const openSeconds = 3600;

/** Runs inside the caller's transaction. */
export function giveRecognised(database: Database, target: PlayTarget, nowUts: number): void {
  const ended = { fromUts: nowUts - sendableSeconds, toUts: nowUts - openSeconds };
  for (const { uuid, fromUts, toUts, tracks } of endedRecognised(database, target, ended)) {
    const listed = listedPlays(database, target, {
      fromUts: fromUts - openSeconds,
      toUts: toUts + openSeconds,
    });
    tracks.forEach((track, place) => {
      const at = listed.findIndex((play) => isSame(track, play));
      if (at === -1) return;
      listed.splice(at, 1);
      settleAsSent(database, target, { uuid, place });
    });
    giveToBeSent(database, uuid, [target]);
    settleRecognised(database, uuid);
  }
}

function isSame(track: NotedTrack, play: ListedPlay): boolean {
  return (
    track.uts !== null &&
    Math.abs(track.uts - play.uts) <= track.durationSeconds &&
    trackKey(track.title) === trackKey(play.title) &&
    [track.artist, track.albumArtist].some((artist) => foldArtist(artist) === foldArtist(play.artist))
  );
}
