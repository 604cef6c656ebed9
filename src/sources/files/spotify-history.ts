// Spotify: the extended history, and the account data with the last twelve months.
import { field, isEmpty, name, type Node, numberOrNull } from "../../model/decode.ts";
import { jsonWith, type PlayFacts, type TextFile } from "./file-format.ts";
import { instantUts, pastUts } from "./file-times.ts";
import { jsonFormat } from "./json-entries.ts";
import { leastPlayedMs, type LeftOutRule, longestPlaySeconds, startSlackSeconds } from "./play-rules.ts";

export const spotifyHistory = jsonFormat({
  name: "spotify-history",
  title: "Spotify extended history",
  source: "spotify",
  detect: jsonWith("[{", "ts", "ms_played"),
  readRow: readStream,
});

/** Addresses, devices, countries and user names are in these rows as well: they are never read. */
function readStream(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  // The rows of videos look like those of songs: only Spotify's name of the file tells them apart.
  if (/Streaming_History_Video_[^/\\]*$/.test(file.name)) return "video";
  const title = name(field(entry, "master_metadata_track_name"));
  const artist = name(field(entry, "master_metadata_album_artist_name"));
  const isSpoken = ["episode_name", "spotify_episode_uri", "audiobook_title", "audiobook_uri"].some(
    (key) => !isEmpty(field(entry, key)),
  );
  if (isSpoken) return "podcast";
  const endUts = pastUts(instantUts(field(entry, "ts")), file);
  if (endUts === null) return "undated";
  const album = name(field(entry, "master_metadata_album_album_name"));
  const playedMs = Math.max(0, numberOrNull(field(entry, "ms_played")) ?? 0);
  const startUts = pastUts(startOf(endUts, playedMs, numberOrNull(field(entry, "offline_timestamp"))), file);
  const reason = name(field(entry, "reason_end"));
  const trackKey = name(field(entry, "spotify_track_uri")) || JSON.stringify([artist, title, album]);
  const part = {
    trackKey,
    endUts,
    playedMs,
    lengthMs: null,
    isPlayedOut: reason === "trackdone",
    isInterrupted: interruptions.has(reason),
    fromMs: null,
    toMs: null,
  };
  return { startUts, artist, albumArtist: artist, album, title, sourceKey: trackKey, part };
}

const interruptions = new Set(["endplay", "unexpected-exit", "unexpected-exit-while-paused", "logout"]);

/**
 * The time of a row is its end. Its offline_timestamp is the start by the device's clock: in milliseconds in older
 * files, in seconds in newer ones, and missing or nonsense in many rows.
 */
function startOf(endUts: number, playedMs: number, offline: number | null): number {
  const playedSeconds = playedMs / 1000;
  const start = offline !== null && offline > 2_000_000_000 ? offline / 1000 : (offline ?? 0);
  const isPlausible =
    start > endUts - longestPlaySeconds &&
    start <= endUts &&
    endUts - start >= playedSeconds - startSlackSeconds;
  return isPlausible ? start : endUts - playedSeconds;
}

export const spotifyAccount = jsonFormat({
  name: "spotify-account",
  title: "Spotify account data",
  source: "spotify-account",
  detect: jsonWith("[{", "endTime", "msPlayed"),
  readRow: readRecentStream,
});

/** These rows have the minute in which they ended, and no album. */
function readRecentStream(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  if (!isEmpty(field(entry, "podcastName")) || !isEmpty(field(entry, "episodeName"))) return "podcast";
  const artist = name(field(entry, "artistName"));
  const title = name(field(entry, "trackName"));
  const endMs = Date.parse(`${name(field(entry, "endTime")).replace(" ", "T")}Z`);
  const playedMs = numberOrNull(field(entry, "msPlayed")) ?? 0;
  if (playedMs < leastPlayedMs) return "short";
  // It ended at some second of that minute, so it began at some second of the minute from here on.
  const startUts = pastUts((endMs - playedMs) / 1000, file);
  return { startUts, precisionSeconds: 60, artist, title };
}
