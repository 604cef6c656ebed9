// Spotify: the extended history, and the account data with the last twelve months.
import { field, instantOrNull, isEmpty, name, type Node, numberOrNull } from "../../model/decode.ts";
import { type FileFormat, type FileSink, playOf } from "./file-format.ts";
import { readJson } from "./json-entries.ts";
import { leastPlayedMs, longestPlaySeconds, startSlackSeconds } from "./play-rules.ts";

export const spotifyHistory: FileFormat = {
  name: "spotify-history",
  title: "Spotify extended history",
  source: "spotify",
  detect: (head) => /^\s*\[\s*\{/.test(head) && /"ts"\s*:/.test(head) && /"ms_played"\s*:/.test(head),
  // The rows of videos look like those of songs: only Spotify's name of the file tells them apart.
  read: (file, sink) => {
    const isOfVideos = /Streaming_History_Video_[^/\\]*$/.test(file.name);
    return readJson(file, (entry) => (isOfVideos ? sink.leaveOut("video") : readStream(entry, sink)));
  },
};

/** Addresses, devices, countries and user names are in these rows as well: they are never read. */
function readStream(entry: Node, sink: FileSink): void {
  const title = name(field(entry, "master_metadata_track_name"));
  const artist = name(field(entry, "master_metadata_album_artist_name"));
  const isSpoken = ["episode_name", "spotify_episode_uri", "audiobook_title", "audiobook_uri"].some(
    (key) => !isEmpty(field(entry, key)),
  );
  if (isSpoken) return sink.leaveOut("podcast");
  if (title === "" || artist === "") return sink.leaveOut("nameless");
  const endTime = instantOrNull(field(entry, "ts"));
  if (endTime === null) return sink.leaveOut("undated");
  const album = name(field(entry, "master_metadata_album_album_name"));
  const playedMs = Math.max(0, numberOrNull(field(entry, "ms_played")) ?? 0);
  const endUts = Math.floor(Date.parse(endTime) / 1000);
  const startUts = startOf(endUts, playedMs, numberOrNull(field(entry, "offline_timestamp")));
  const reason = name(field(entry, "reason_end"));
  const trackKey = name(field(entry, "spotify_track_uri")) || JSON.stringify([artist, title, album]);
  sink.play(playOf({ startUts, artist, albumArtist: artist, album, title, sourceKey: trackKey }), {
    trackKey,
    endUts,
    playedMs,
    lengthMs: null,
    isPlayedOut: reason === "trackdone",
    isInterrupted: interruptions.has(reason),
    fromMs: null,
    toMs: null,
    localDay: null,
    fallbackArtist: "",
  });
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
  return Math.floor(isPlausible ? start : endUts - playedSeconds);
}

export const spotifyAccount: FileFormat = {
  name: "spotify-account",
  title: "Spotify account data",
  source: "spotify-account",
  detect: (head) => /^\s*\[\s*\{/.test(head) && /"endTime"\s*:/.test(head) && /"msPlayed"\s*:/.test(head),
  read: (file, sink) => readJson(file, (entry) => readRecentStream(entry, sink)),
};

/** These rows have the minute in which they ended, and no album. */
function readRecentStream(entry: Node, sink: FileSink): void {
  if (!isEmpty(field(entry, "podcastName")) || !isEmpty(field(entry, "episodeName"))) {
    return sink.leaveOut("podcast");
  }
  const artist = name(field(entry, "artistName"));
  const title = name(field(entry, "trackName"));
  if (artist === "" || title === "") return sink.leaveOut("nameless");
  const endMs = Date.parse(`${name(field(entry, "endTime")).replace(" ", "T")}Z`);
  if (Number.isNaN(endMs)) return sink.leaveOut("undated");
  const playedMs = numberOrNull(field(entry, "msPlayed")) ?? 0;
  if (playedMs < leastPlayedMs) return sink.leaveOut("short");
  // It ended at some second of that minute, so it began at some second of the minute from here on.
  const startUts = Math.floor((endMs - playedMs) / 1000);
  sink.play(playOf({ startUts, precisionSeconds: 60, artist, title }));
}
