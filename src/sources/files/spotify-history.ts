// Spotify: the extended history, and the account data with the last twelve months.
import { getField, isEmpty, decodeShortText, type Node, decodeNumberOrNull } from "../../model/decode.ts";
import { createJsonDetector, type PlayFacts, type TextFile } from "./file-format.ts";
import { createCsvFormat, hasColumns } from "./csv-rows.ts";
import { toValidUts } from "./file-times.ts";
import { parseTime } from "./parse-time.ts";
import { createJsonFormat } from "./json-entries.ts";
import { minPlayedMs, type LeftOutRule, maxPlaySeconds, maxStartSlackSeconds } from "./play-rules.ts";

export const spotifyHistory = createJsonFormat({
  name: "spotify-history",
  title: "Spotify extended history",
  source: "spotify",
  detect: createJsonDetector("[{", "ts", "ms_played"),
  readRow: readHistoryRow,
});

/** The same after a program for tables has read and written it. */
export const spotifyHistoryTable = createCsvFormat({
  ...spotifyHistory,
  detect: (head) => hasColumns(head, ["ts", "ms_played", "master_metadata_track_name"]),
  readRow: readHistoryRow,
});

/** Addresses, devices, countries and user names are in these rows as well: they are never read. */
function readHistoryRow(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  // The rows of videos look like those of songs: only Spotify's name of the file tells them apart.
  if (/Streaming_History_Video_[^/\\]*$/.test(file.name)) return "video";
  const title = decodeShortText(getField(entry, "master_metadata_track_name"));
  const artist = decodeShortText(getField(entry, "master_metadata_album_artist_name"));
  const isSpoken = ["episode_name", "spotify_episode_uri", "audiobook_title", "audiobook_uri"].some(
    (key) => !isEmpty(getField(entry, key)),
  );
  if (isSpoken) return "podcast";
  const endUts = toValidUts(parseTime(decodeShortText(getField(entry, "ts")))?.uts ?? null, file);
  if (endUts === null) return "undated";
  const album = decodeShortText(getField(entry, "master_metadata_album_album_name"));
  const playedMs = Math.max(0, decodeNumberOrNull(getField(entry, "ms_played")) ?? 0);
  const startUts = toValidUts(
    computeStartUts(endUts, playedMs, decodeNumberOrNull(getField(entry, "offline_timestamp"))),
    file,
  );
  const reason = decodeShortText(getField(entry, "reason_end"));
  const trackKey =
    decodeShortText(getField(entry, "spotify_track_uri")) || JSON.stringify([artist, title, album]);
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
function computeStartUts(endUts: number, playedMs: number, offline: number | null): number {
  const playedSeconds = playedMs / 1000;
  const start = offline !== null && offline > 2_000_000_000 ? offline / 1000 : (offline ?? 0);
  const isPlausible =
    start > endUts - maxPlaySeconds &&
    start <= endUts &&
    endUts - start >= playedSeconds - maxStartSlackSeconds;
  return isPlausible ? start : endUts - playedSeconds;
}

export const spotifyAccount = createJsonFormat({
  name: "spotify-account",
  title: "Spotify account data",
  source: "spotify-account",
  detect: createJsonDetector("[{", "endTime", "msPlayed"),
  readRow: readAccountRow,
});

export const spotifyAccountTable = createCsvFormat({
  ...spotifyAccount,
  detect: (head) => hasColumns(head, ["endtime", "artistname", "trackname", "msplayed"]),
  readRow: readAccountRow,
});

/** These rows have the minute in which they ended, and no album. */
function readAccountRow(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  // Columns of a table are in lower case.
  const getValue = (key: string): Node => {
    const node = getField(entry, key);
    return isEmpty(node) ? getField(entry, key.toLowerCase()) : node;
  };
  if (!isEmpty(getValue("podcastName")) || !isEmpty(getValue("episodeName"))) return "podcast";
  const artist = decodeShortText(getValue("artistName"));
  const title = decodeShortText(getValue("trackName"));
  const endUts = parseTime(decodeShortText(getValue("endTime")))?.uts ?? Number.NaN;
  const playedMs = decodeNumberOrNull(getValue("msPlayed")) ?? 0;
  if (playedMs < minPlayedMs) return "short";
  // The play ended at some second of that minute, so it began at some second of the minute from here on.
  const startUts = toValidUts(endUts - playedMs / 1000, file);
  return { startUts, precisionSeconds: 60, artist, title };
}
