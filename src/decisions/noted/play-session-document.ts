// A session as programs are told of it.
import type { ContractSession } from "../../queries/documents/decisions.ts";
import type { NotedPlay } from "../../store/decisions/noted-plays.ts";
import { isoSeconds } from "../../queries/records/contract.ts";

/** A session with what is known of its release now. */
export interface ShownSession {
  readonly play: NotedPlay;
  /** The copy that it was, else the first of its release; null where none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
}

export function contractSession({ play, recordId, artist, title }: ShownSession): ContractSession {
  return {
    uuid: play.uuid,
    record_id: recordId,
    release_id: play.releaseId,
    instance_id: play.instanceId,
    artist,
    title,
    played_at: isoSeconds(play.startUts),
    precision: play.precision,
    source: play.source,
    note: play.note,
    noted_at: isoSeconds(play.notedUts),
    tracks: play.tracks.map((track) => ({
      position: track.position,
      artist: track.artist,
      title: track.title,
      duration: track.durationSeconds,
      guessed: track.isGuessed,
      played_at: isoSeconds(track.uts),
      state: track.state,
      reason: track.reason,
    })),
  };
}
