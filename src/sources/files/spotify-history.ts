// Spotify: the extended history, and the account data with the last twelve months.
import { field, isEmpty, name, type Node, numberOrNull } from "../../model/decode.ts";
import { jsonWith, type PlayFacts, type TextFile } from "./file-format.ts";
import { csvFormat, hasColumns } from "./csv-rows.ts";
import { pastUts } from "./file-times.ts";
import { parseTime } from "./time-text.ts";
import { jsonFormat } from "./json-entries.ts";
import { leastPlayedMs, type LeftOutRule, longestPlaySeconds, startSlackSeconds } from "./play-rules.ts";

export const spotifyHistory = jsonFormat({
  name: "spotify-history",
  title: "Spotify extended history",
  source: "spotify",
  detect: jsonWith("[{", "ts", "ms_played"),
  readRow: readStream,
});

/** The same after a program for tables has read and written it. */
export const spotifyHistoryTable = csvFormat({
  ...spotifyHistory,
  detect: (head) => hasColumns(head, ["ts", "ms_played", "master_metadata_track_name"]),
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
  const endUts = pastUts(parseTime(name(field(entry, "ts")))?.uts ?? null, file);
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

export const spotifyAccountTable = csvFormat({
  ...spotifyAccount,
  detect: (head) => hasColumns(head, ["endtime", "artistname", "trackname", "msplayed"]),
  readRow: readRecentStream,
});

/** These rows have the minute in which they ended, and no album. */
function readRecentStream(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  // Columns of a table are in lower case.
  const value = (key: string): Node => {
    const node = field(entry, key);
    return isEmpty(node) ? field(entry, key.toLowerCase()) : node;
  };
  if (!isEmpty(value("podcastName")) || !isEmpty(value("episodeName"))) return "podcast";
  const artist = name(value("artistName"));
  const title = name(value("trackName"));
  const endUts = parseTime(name(value("endTime")))?.uts ?? Number.NaN;
  const playedMs = numberOrNull(value("msPlayed")) ?? 0;
  if (playedMs < leastPlayedMs) return "short";
  // It ended at some second of that minute, so it began at some second of the minute from here on.
  const startUts = pastUts(endUts - playedMs / 1000, file);
  return { startUts, precisionSeconds: 60, artist, title };
}
