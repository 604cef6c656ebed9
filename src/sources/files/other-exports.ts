// The exports of Koito, Maloja and ListenBrainz, and .scrobbler.log.
import { daySeconds } from "../../model/times.ts";
import {
  getField,
  isObject,
  isTrue,
  decodeItems,
  decodeMbidOrNull,
  decodeShortText,
  type Node,
  decodeNumberOrNull,
  requireField,
  isEmpty,
  createRootNode,
} from "../../model/decode.ts";
import {
  type FileFormat,
  createJsonDetector,
  toDurationSeconds,
  type PlayFacts,
  toSourcePlay,
  type TextFile,
  UnreadableFile,
} from "./file-format.ts";
import { decodeInstantUts, toValidUts, createWallClockConverter } from "./file-times.ts";
import { createJsonFormat } from "./json-entries.ts";
import { decodeListenPlay } from "../listenbrainz/listenbrainz-decoding.ts";
import { readLines } from "./file-text.ts";
import { rewindLines } from "./rewind-export.ts";
import { minPlayUts, type LeftOutRule } from "./play-rules.ts";

/** {"version": "1", "exported_at", "user", "listens": [{"listened_at", "track", "album", "artists"}]} */
export const koitoExport = createJsonFormat({
  name: "koito-export",
  title: "Koito export",
  source: "koito",
  detect: createJsonDetector("{", "exported_at", "listens"),
  readRow: (entry, file) => {
    const track = requireField(entry, "track");
    const album = getField(entry, "album");
    const artists = decodeItems(getField(entry, "artists")).toSorted(
      (a, b) => Number(isPrimary(b)) - Number(isPrimary(a)),
    );
    const names = artists.map(decodePrimaryName).filter((each) => each !== "");
    return {
      startUts: toValidUts(decodeInstantUts(getField(entry, "listened_at")), file),
      artist: names.join(", "),
      title: decodePrimaryName(track),
      ...(isObject(album)
        ? { album: decodePrimaryName(album), releaseMbid: decodeMbidOrNull(getField(album, "mbid")) }
        : {}),
      durationSeconds: toDurationSeconds(decodeNumberOrNull(getField(track, "duration"))),
      recordingMbid: decodeMbidOrNull(getField(track, "mbid")),
    };
  },
});

/** The alias that Koito shows; else the first. */
function decodePrimaryName(node: Node): string {
  const aliases = decodeItems(getField(node, "aliases"));
  const primary = aliases.find(isPrimary) ?? aliases[0];
  return primary === undefined ? "" : decodeShortText(getField(primary, "alias"));
}

function isPrimary(node: Node): boolean {
  return isTrue(getField(node, "is_primary"));
}

/** {"maloja": {"export_time"}, "scrobbles": [{"time", "track": {"artists", "title", "album", "length"}}]} */
export const malojaExport = createJsonFormat({
  name: "maloja-export",
  title: "Maloja export",
  source: "maloja",
  detect: createJsonDetector("{", "maloja"),
  readRow: (entry, file) => {
    const track = requireField(entry, "track");
    const album = getField(track, "album");
    return {
      startUts: toValidUts(decodeNumberOrNull(getField(entry, "time")), file),
      artist: decodeArtistNames(track),
      title: decodeShortText(getField(track, "title")),
      ...(isObject(album)
        ? {
            album: decodeShortText(getField(album, "albumtitle")),
            albumArtist: decodeArtistNames(album) || null,
          }
        : {}),
      durationSeconds: toDurationSeconds(decodeNumberOrNull(getField(track, "length"))),
      // An album belongs to the track: a later compilation takes over all plays before it.
      hasOwnAlbum: false,
    };
  },
});

/** Maloja sometimes splits a credit into ["Vula", "Riton • Vula"]: the entry with the dot has all names, the main one first. */
function decodeArtistNames(node: Node): string {
  const artists = decodeItems(getField(node, "artists")).map(decodeShortText);
  const whole = artists.find((artist) => artist.includes(" • "));
  return whole === undefined ? artists.join(", ") : whole.split(" • ").join(", ");
}

// ListenBrainz: the zip with lines of JSON for each month, and the single list of earlier years.

const listenFormat = { title: "ListenBrainz export", source: "listenbrainz-file", readRow: readListen };
const listenFields = ["listened_at", "track_metadata"];

const hasListens = createJsonDetector("{", ...listenFields);

export const listenbrainzLines = createJsonFormat({
  ...listenFormat,
  name: "listenbrainz-lines",
  detect: (head) => hasListens(head) && !rewindLines.detect(head),
  isLines: true,
});

export const listenbrainzJson = createJsonFormat({
  ...listenFormat,
  name: "listenbrainz-json",
  detect: createJsonDetector("[{", ...listenFields),
});

/** The id of a listen is in its track_metadata; in earlier exports it is beside that. */
function readListen(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  const track = requireField(entry, "track_metadata");
  const uts = toValidUts(decodeNumberOrNull(getField(entry, "listened_at")), file);
  if (isEmpty(getField(track, "artist_name")) || isEmpty(getField(track, "track_name"))) return "nameless";
  const msid =
    decodeMbidOrNull(getField(track, "recording_msid")) ??
    decodeMbidOrNull(getField(entry, "recording_msid"));
  return uts === null ? "undated" : decodeListenPlay(track, uts, msid);
}

// .scrobbler.log: what Rockbox and other players write.

const minFieldCount = 7;
/** 0 is a player without a clock. Fewer digits than a time since 1973 has are the rest of one that was cut. */
const timePattern = /^(?:0|\d{9,12})$/;

/** Tab-separated: artist, album, title, number, seconds, L or S, time, and in version 1.1 the recording's MBID. */
export const scrobblerLog: FileFormat = {
  name: "scrobbler-log",
  title: ".scrobbler.log",
  source: "rockbox",
  detect: (head) => head.startsWith("#AUDIOSCROBBLER/"),
  async read(file, sink) {
    const { nowMs } = file;
    const fromWall = createWallClockConverter(file.zone);
    let isUtc = false;
    for await (const { text, number } of readLines(file)) {
      // "#" begins a comment only at the beginning of a line: titles have it too.
      if (text.startsWith("#")) {
        if (/^#TZ\/UTC\s*$/.test(text)) isUtc = true;
        continue;
      }
      if (text.trim() === "") continue;
      const fields = text.split("\t");
      const [artist = "", album = "", title = "", , seconds = "", rating, time = "", mbid = ""] = fields.map(
        (value) => decodeShortText(createRootNode(value)),
      );
      if (fields.length < minFieldCount || !timePattern.test(time)) {
        throw new UnreadableFile(
          file.name,
          number,
          "the line lacks fields: the file is damaged or was cut off",
        );
      }
      if (rating === "S") sink.leaveOut("skipped");
      else if (artist === "" || title === "" || artist === "<Untagged>") sink.leaveOut("nameless");
      else {
        if (!isUtc) sink.reportZonelessTime("log");
        const uts = isUtc ? Number(time) : fromWall(Number(time));
        // The clock of the device was not set: the play counts, but not as the last.
        const isDated = uts >= minPlayUts && uts * 1000 <= nowMs + daySeconds * 1000;
        sink.addPlay(
          toSourcePlay({
            startUts: isDated ? uts : 0,
            artist,
            album,
            title,
            durationSeconds: toDurationSeconds(Number(seconds) || null),
            recordingMbid: decodeMbidOrNull(createRootNode(mbid)),
            sourceKey: isDated ? null : time,
          }),
        );
      }
    }
  },
};
