// Writes a play as ListenBrainz writes a listen. decodeListenPlay reads it back unchanged.
import type { SourcePlay } from "../../model/listening-sources.ts";
import { ownFields } from "./listenbrainz-decoding.ts";

export interface EncodedListen {
  readonly listened_at: number;
  readonly track_metadata: {
    readonly artist_name: string;
    readonly track_name: string;
    readonly release_name?: string;
    readonly additional_info: Readonly<Record<string, unknown>>;
  };
}

export type ListenField = readonly [
  name: string,
  read: (play: SourcePlay) => string | number | true | readonly string[] | null,
];

/** The fields of additional_info. null: unknown, or the usual. */
export const infoFields: readonly ListenField[] = [
  ["release_artist_name", ({ albumArtist }) => albumArtist],
  ["duration_ms", ({ durationSeconds }) => (durationSeconds === null ? null : durationSeconds * 1000)],
  ["artist_mbids", ({ artistMbids }) => artistMbids ?? null],
  ["recording_mbid", ({ recordingMbid }) => recordingMbid],
  ["release_mbid", ({ releaseMbid }) => releaseMbid],
  ["release_group_mbid", ({ releaseGroupMbid }) => releaseGroupMbid],
  ["tags", ({ tags }) => tags ?? null],
  [ownFields.precisionSeconds, ({ precisionSeconds }) => (precisionSeconds === 1 ? null : precisionSeconds)],
  [ownFields.isEndStamped, ({ isEndStamped }) => isEndStamped || null],
  [ownFields.isAlbumOfTrack, ({ hasOwnAlbum }) => (hasOwnAlbum ? null : true)],
];

/** Leaves out what is unknown: ListenBrainz refuses empty fields. `info`: more fields of additional_info. */
export function encodeListen(play: SourcePlay, info: Readonly<Record<string, unknown>> = {}): EncodedListen {
  const { startUts, artist, title, album } = play;
  const known: Record<string, unknown> = {};
  for (const [name, read] of infoFields) {
    const value = read(play);
    if (value !== null) known[name] = value;
  }
  return {
    listened_at: startUts,
    track_metadata: {
      artist_name: artist,
      track_name: title,
      ...(album === "" ? {} : { release_name: album }),
      additional_info: { ...known, ...info },
    },
  };
}

/** A play of another client as rewind submits it. Equal for the same play, because a second try must repeat every byte. */
export function toImportedListen(play: SourcePlay): EncodedListen {
  return encodeListen(play, { submission_client: "rewind" });
}
