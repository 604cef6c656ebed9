// A listen as one row of a listening source.
import {
  decodeIntegerOrNull,
  decodeItems,
  getField,
  isList,
  isObject,
  isTrue,
  Malformed,
  decodeMbidOrNull,
  decodeShortText,
  requireField,
  decodeSecondsOrNull,
  decodeUnboundedUts,
  decodeUts,
  type Node,
} from "../../model/decode.ts";
import { toPrecisionSeconds, type Listen, type SourcePlay } from "../../model/listening-sources.ts";
import type { PlayingNow } from "../../model/playing-now.ts";

/** The fields of rewind in additional_info, for what ListenBrainz has none for. */
export const ownFields = {
  /** 60 or 86400: the start is known to the minute or the day. */
  precisionSeconds: "rewind_precision_seconds",
  /** true: the time is that of the end. */
  isEndStamped: "rewind_is_end",
  /** true: the album belongs to the track and does not say which album was heard. */
  isAlbumOfTrack: "rewind_album_of_track",
  /** A list of what each listening source says about the play. Only exports have it. */
  sources: "rewind_sources",
} as const;

export function decodeListen(row: Node): Listen {
  const listenedAt = requireField(row, "listened_at");
  const msid = decodeMbidOrNull(requireField(row, "recording_msid"));
  if (msid === null) throw new Malformed(getField(row, "recording_msid"), "is not an MSID");
  return {
    listenedUts: decodeUnboundedUts(listenedAt),
    msid,
    play: decodeListenPlay(requireField(row, "track_metadata"), decodeUts(listenedAt), msid),
  };
}

/** The service's exports have the same track_metadata. */
export function decodeListenPlay(track: Node, listenedUts: number, msid: string | null): SourcePlay {
  const info = createInfoReader(track, "additional_info");
  const mapping = createInfoReader(track, "mbid_mapping");
  const artistMbids =
    info.list("artist_mbids", decodeMbidOrNull) ?? mapping.list("artist_mbids", decodeMbidOrNull);
  const tags = info.list("tags", decodeTagOrNull);
  return {
    artist: decodeShortText(requireField(track, "artist_name")),
    albumArtist: info.text("release_artist_name"),
    album: decodeShortText(getField(track, "release_name")),
    title: decodeShortText(requireField(track, "track_name")),
    ...decodePlayTime(listenedUts, info),
    recordingMbid: info.mbid("recording_mbid") ?? mapping.mbid("recording_mbid"),
    // The mapping names a usual release of the recording, which need not be the one that was heard.
    releaseMbid: info.mbid("release_mbid"),
    releaseGroupMbid: info.mbid("release_group_mbid") ?? mapping.mbid("release_group_mbid"),
    hasOwnAlbum: !info.flag(ownFields.isAlbumOfTrack),
    sourceKey: msid,
    ...(artistMbids && { artistMbids }),
    ...(tags && { tags }),
  };
}

function decodeTagOrNull(node: Node): string | null {
  return decodeShortText(node).trim() || null;
}

/** ListenBrainz accepts no more tags. */
const maxListItems = 50;

/** The track_metadata of a listen that is playing. `startedUts`: when it was reported. */
export function decodePlayingNow(track: Node, startedUts: number): PlayingNow {
  const info = createInfoReader(track, "additional_info");
  const { artist, title, album, durationSeconds } = decodeListenPlay(track, startedUts, null);
  return {
    artist,
    title,
    album: album || null,
    lengthSeconds: durationSeconds,
    startedUts,
    client: info.text("submission_client") ?? info.text("media_player"),
  };
}

/** Clients write what they like into these objects: a field of another type than expected counts as missing. */
function createInfoReader(track: Node, key: string) {
  const info = getField(track, key);
  const readField = <Value>(from: (node: Node) => Value | null, fieldName: string): Value | null => {
    if (!isObject(info)) return null;
    try {
      return from(getField(info, fieldName));
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  };
  return {
    text: (fieldName: string) => readField((node) => decodeShortText(node) || null, fieldName),
    mbid: (fieldName: string) => readField(decodeMbidOrNull, fieldName),
    seconds: (fieldName: string) =>
      readField((node) => decodeIntegerOrNull(node, 1, maxTrackSeconds), fieldName),
    milliseconds: (fieldName: string) => readField(decodeSecondsOrNull, fieldName),
    /** Returns undefined if no item is valid. */
    list: (fieldName: string, decodeItem: (node: Node) => string | null) => {
      const items = readField((node) => {
        const all = isList(node) ? decodeItems(node).slice(0, maxListItems) : [];
        return all.flatMap((item) => decodeItem(item) ?? []);
      }, fieldName);
      return items === null || items.length === 0 ? undefined : items;
    },
    flag: (fieldName: string) => readField(isTrue, fieldName) === true,
  };
}

const maxTrackSeconds = 100 * 3600;
const lastfmImporterPattern = /^ListenBrainz lastfm importer/i;
const spotifyPattern = /(?:^|\W)spotify\.com(?:\W|$)/i;

type InfoReader = ReturnType<typeof createInfoReader>;

/**
 * ListenBrainz's own importers leave markers. That of Last.fm keeps the time. That of Spotify's files stores the end of
 * the play, with the milliseconds heard; its live reader also stores a time near the end, without them.
 */
function decodePlayTime(
  listenedUts: number,
  info: InfoReader,
): Pick<SourcePlay, "startUts" | "durationSeconds" | "origin" | "isEndStamped" | "precisionSeconds"> {
  const durationSeconds = info.milliseconds("duration_ms") ?? info.seconds("duration");
  const known = {
    startUts: listenedUts,
    durationSeconds,
    origin: null,
    isEndStamped: info.flag(ownFields.isEndStamped),
    precisionSeconds: toPrecisionSeconds(info.seconds(ownFields.precisionSeconds)),
  } as const;
  const client = info.text("submission_client") ?? "";
  const isOfLastfm =
    lastfmImporterPattern.test(client) || lastfmMbidFields.some((fieldName) => info.text(fieldName) !== null);
  if (isOfLastfm) return { ...known, origin: "lastfm" };
  const heardSeconds = info.milliseconds("ms_played");
  const isOfSpotify =
    spotifyPattern.test(info.text("origin_url") ?? info.text("music_service") ?? "") &&
    (heardSeconds !== null || /^listenbrainz\b/i.test(client));
  if (!isOfSpotify) return known;
  return {
    ...known,
    startUts: listenedUts - (heardSeconds ?? 0),
    origin: "spotify",
    isEndStamped: heardSeconds === null,
  };
}

const lastfmMbidFields = ["lastfm_track_mbid", "lastfm_artist_mbid", "lastfm_release_mbid"];
