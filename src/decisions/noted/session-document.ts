// A session as programs are told of it.
import type { NotedPlay } from "../../store/decisions/noted-plays.ts";
import { isoSeconds } from "../../queries/records/contract.ts";
import type { Keys } from "../../queries/documents/document.ts";

/** A session with what is known of its release now. */
export interface ShownSession {
  readonly play: NotedPlay;
  /** The copy that it was, else the first of its release; null where none is in the collection now. */
  readonly recordId: number | null;
  readonly artist: string | null;
  readonly title: string | null;
}

export interface ContractSession {
  readonly uuid: string;
  readonly record_id: number | null;
  readonly release_id: number;
  readonly instance_id: number | null;
  readonly artist: string | null;
  readonly title: string | null;
  readonly played_at: string | null;
  readonly precision: NotedPlay["precision"];
  readonly source: NotedPlay["source"];
  readonly note: string;
  readonly noted_at: string | null;
  readonly tracks: readonly {
    readonly position: string;
    readonly artist: string;
    readonly title: string;
    readonly duration: number;
    readonly guessed: boolean;
    readonly played_at: string | null;
    readonly state: string;
    readonly reason: string | null;
  }[];
}

export const sessionKeys: Keys<ContractSession> = {
  uuid: "of this play, in every cache",
  record_id: "the copy, or the first of its release; null when none is in the collection now",
  release_id: "of the release at Discogs",
  instance_id: "of the copy; null when it is not known which one it was",
  artist: "of the release; null when the release is not known",
  title: "of the release; null when the release is not known",
  played_at: "when it began, in UTC; of a day alone, its noon",
  precision: { meaning: "time, or day where no time was given", note: "time, day" },
  source: { meaning: "user, or field: read from a custom field of the collection", note: "user, field" },
  note: "your words",
  noted_at: "in UTC",
  tracks: {
    meaning: "in the order of playing; empty when they are not known",
    each: {
      position: "as printed: A1",
      artist: "of the track",
      title: "of the track",
      duration: "in seconds",
      guessed: "whether the duration is a guess",
      played_at: "when it began, in UTC; null when the day alone is known",
      state: { meaning: "what became of sending it", note: "new, unknown, ignored, sent" },
      reason: "why it was ignored; null when it was not",
    },
  },
};

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
      played_at: track.uts === null ? null : isoSeconds(track.uts),
      state: track.state,
      reason: track.reason,
    })),
  };
}
