// Apple Music's privacy export. Play Activity has the plays, in current exports without artists: those are in the daily
// totals and in the library. Columns moved and were renamed over the years, so they are found by name.
import { daySeconds } from "../../model/times.ts";
import { getField, decodeShortText, type Node, decodeNumberOrNull } from "../../model/decode.ts";
import { createCsvFormat, hasColumns, readCsv } from "./csv-rows.ts";
import {
  type FileFormat,
  createJsonDetector,
  toDurationSeconds,
  type PlayFacts,
  toSourcePlay,
  type TextFile,
} from "./file-format.ts";
import { toDayNumber, decodeInstantUts, toValidUts, createWallClockConverter } from "./file-times.ts";
import { readJson } from "./json-entries.ts";
import type { LeftOutRule } from "./play-rules.ts";

const source = "apple";

export const appleActivity = createCsvFormat({
  name: "apple-play-activity",
  title: "Apple Music Play Activity",
  source,
  detect: (head) =>
    hasColumns(head, ["event start timestamp", "play duration milliseconds"]) &&
    (hasColumns(head, ["song name"]) || hasColumns(head, ["content name"])),
  readRow: readEvent,
});

/** The next event of the same track goes on where one of these ended. */
const pauses = new Set(["PLAYBACK_MANUALLY_PAUSED", "SCRUB_BEGIN", "SCRUB_END"]);
const completionReasons = new Set(["NATURAL_END_OF_TRACK", "NATURAL"]);

function readEvent(row: Node, file: TextFile): PlayFacts | LeftOutRule {
  const getText = (column: string): string => decodeShortText(getField(row, column));
  const getMilliseconds = (column: string): number | null => decodeNumberOrNull(getField(row, column));

  // The start and the end of a play are two rows with the same values.
  const type = getText("event type");
  if (type !== "" && type !== "PLAY_END") return "event";
  if (getText("media type") === "VIDEO" || getText("item type") === "ORIGINAL_CONTENT_SHOWS") return "video";
  const lengthMs = getMilliseconds("media duration in milliseconds") ?? 0;
  const reason = getText("end reason type");
  if (lengthMs <= 0 || reason === "FAILED_TO_LOAD") return "radio";
  const title = getText("song name") || getText("content name");
  // Clock jumps make it negative, or longer than the track.
  const playedMs = Math.min(lengthMs, Math.max(0, getMilliseconds("play duration milliseconds") ?? 0));
  const endUts = decodeInstantUts(getField(row, "event end timestamp"));
  const startUts = toValidUts(
    decodeInstantUts(getField(row, "event start timestamp")) ??
      (endUts === null ? null : endUts - Math.round(playedMs / 1000)),
    file,
  );
  if (startUts === null) return "undated";
  const isAlbum = getText("container type") === "ALBUM";
  const containerArtist = isAlbum ? getText("container artist name") : "";
  const album = getText("album name") || getText("container album name");
  const trackKey = JSON.stringify([title, album]);
  return {
    startUts,
    artist: getText("artist name"),
    albumArtist: containerArtist || null,
    album,
    title,
    durationSeconds: toDurationSeconds(lengthMs / 1000),
    sourceKey: trackKey,
    part: {
      trackKey,
      endUts: endUts ?? startUts + Math.round(playedMs / 1000),
      playedMs,
      lengthMs,
      isPlayedOut: completionReasons.has(reason),
      isInterrupted: pauses.has(reason),
      fromMs: getMilliseconds("start position in milliseconds"),
      toMs: getMilliseconds("end position in milliseconds"),
      localDay: toDayNumber(startUts, getMilliseconds("utc offset in seconds") ?? 0),
      fallbackArtist: containerArtist,
    },
  };
}

/** A row per track, day and reason of the end. Beside Play Activity it only names artists: the plays are the same. */
export const appleDaily: FileFormat = {
  name: "apple-daily-tracks",
  title: "Apple Music Play History Daily Tracks",
  source: "apple-daily",
  detect: (head) => hasColumns(head, ["track description", "date played", "play count"]),
  read(file, sink) {
    // The days are those of the user.
    const dayStart = createWallClockConverter(file.zone);
    return readCsv(file, (row) => {
      if (decodeShortText(getField(row, "media type")) === "VIDEO") return sink.leaveOut("video");
      const names = parseArtistAndTitle(decodeShortText(getField(row, "track description")));
      if (names === null) return sink.leaveOut("nameless");
      const day = parseDayUts(decodeShortText(getField(row, "date played")));
      if (day === null) return sink.leaveOut("undated");
      sink.reportZonelessTime("day");
      sink.addArtistHint({ ...names, album: null, localDay: toDayNumber(day) });
      const plays = Math.min(maxPlaysPerDay, decodeNumberOrNull(getField(row, "play count")) ?? 0);
      for (let play = 0; play < plays; play += 1) {
        sink.addPlay(toSourcePlay({ startUts: dayStart(day), precisionSeconds: daySeconds, ...names }));
      }
    });
  },
};

/** A minute each. */
const maxPlaysPerDay = 1440;

/** Tracks that were added to the library: the only file with artist and album of a title. */
export const appleLibrary: FileFormat = {
  name: "apple-library",
  title: "Apple Music Library Tracks",
  source,
  detect: createJsonDetector("[{", "Track Identifier", "Title"),
  read: (file, sink) =>
    readJson(file, (entry) => {
      const title = decodeShortText(getField(entry, "Title"));
      const artist = decodeShortText(getField(entry, "Artist"));
      if (title === "" || artist === "") return;
      sink.addArtistHint({ title, artist, album: decodeShortText(getField(entry, "Album")), localDay: null });
    }),
};

/** "Artist - Title": a title has " - " more often than an artist does, as in "Song - Remastered 2019". */
function parseArtistAndTitle(description: string): { artist: string; title: string } | null {
  const at = description.indexOf(" - ");
  if (at <= 0 || at + 3 >= description.length) return null;
  return { artist: description.slice(0, at), title: description.slice(at + 3) };
}

/** 20260215, as a day in UTC. */
function parseDayUts(text: string): number | null {
  const match = /^(\d{4})(\d\d)(\d\d)$/.exec(text);
  return match === null ? null : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])) / 1000;
}
