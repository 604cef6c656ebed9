// A listen as one row of a listening source.
import {
  between,
  field,
  isObject,
  Malformed,
  mbidOrNull,
  name,
  required,
  secondsOrNull,
  uts,
  type Node,
} from "../../model/decode.ts";
import type { Listen, SourcePlay } from "../../model/listening-sources.ts";

export function decodeListen(row: Node): Listen {
  const listenedUts = uts(required(row, "listened_at"));
  const msid = mbidOrNull(required(row, "recording_msid"));
  if (msid === null) throw new Malformed(field(row, "recording_msid"), "is not an MSID");
  return { listenedUts, msid, play: playOfListen(required(row, "track_metadata"), listenedUts, msid) };
}

/** The service's exports have the same track_metadata. */
export function playOfListen(track: Node, listenedUts: number, msid: string | null): SourcePlay {
  const info = infoOf(track, "additional_info");
  const mapping = infoOf(track, "mbid_mapping");
  return {
    artist: name(required(track, "artist_name")),
    albumArtist: info.text("release_artist_name"),
    album: name(field(track, "release_name")),
    title: name(required(track, "track_name")),
    ...timeOf(listenedUts, info),
    precisionSeconds: 1,
    recordingMbid: info.mbid("recording_mbid") ?? mapping.mbid("recording_mbid"),
    // The mapping names a usual release of the recording, which need not be the one that was heard.
    releaseMbid: info.mbid("release_mbid"),
    releaseGroupMbid: info.mbid("release_group_mbid") ?? mapping.mbid("release_group_mbid"),
    hasOwnAlbum: true,
    sourceKey: msid,
  };
}

/** Clients write what they like into these objects: a field of another type than expected counts as missing. */
function infoOf(track: Node, key: string) {
  const info = field(track, key);
  const read = <Value>(from: (node: Node) => Value | null, fieldName: string): Value | null => {
    if (!isObject(info)) return null;
    try {
      return from(field(info, fieldName));
    } catch (error) {
      if (error instanceof Malformed) return null;
      throw error;
    }
  };
  return {
    text: (fieldName: string) => read((node) => name(node) || null, fieldName),
    mbid: (fieldName: string) => read(mbidOrNull, fieldName),
    seconds: (fieldName: string) => read((node) => between(node, 1, longestSeconds), fieldName),
    milliseconds: (fieldName: string) => read(secondsOrNull, fieldName),
  };
}

const longestSeconds = 100 * 3600;
const lastfmImporter = /^ListenBrainz lastfm importer/i;
const spotify = /(?:^|\W)spotify\.com(?:\W|$)/i;

type Info = ReturnType<typeof infoOf>;

/**
 * ListenBrainz's own importers leave markers. That of Last.fm keeps the time. That of Spotify's files stores the end of
 * the play, with the milliseconds heard; its live reader also stores a time near the end, without them.
 */
function timeOf(
  listenedUts: number,
  info: Info,
): Pick<SourcePlay, "startUts" | "durationSeconds" | "origin" | "isEndStamped"> {
  const durationSeconds = info.milliseconds("duration_ms") ?? info.seconds("duration");
  const client = info.text("submission_client") ?? "";
  const isOfLastfm =
    lastfmImporter.test(client) || lastfmMbids.some((fieldName) => info.text(fieldName) !== null);
  if (isOfLastfm) return { startUts: listenedUts, durationSeconds, origin: "lastfm", isEndStamped: false };
  const heardSeconds = info.milliseconds("ms_played");
  const isOfSpotify =
    spotify.test(info.text("origin_url") ?? info.text("music_service") ?? "") &&
    (heardSeconds !== null || /^listenbrainz\b/i.test(client));
  if (!isOfSpotify) return { startUts: listenedUts, durationSeconds, origin: null, isEndStamped: false };
  return {
    startUts: listenedUts - (heardSeconds ?? 0),
    durationSeconds,
    origin: "spotify",
    isEndStamped: heardSeconds === null,
  };
}

const lastfmMbids = ["lastfm_track_mbid", "lastfm_artist_mbid", "lastfm_release_mbid"];
