// The exports of Koito, Maloja and ListenBrainz, and .scrobbler.log.
import { daySeconds } from "../../model/times.ts";
import {
  field,
  isObject,
  isTrue,
  items,
  mbidOrNull,
  name,
  type Node,
  numberOrNull,
  required,
  isEmpty,
  root,
} from "../../model/decode.ts";
import {
  type FileFormat,
  jsonWith,
  lengthOf,
  type PlayFacts,
  playOf,
  type TextFile,
  UnreadableFile,
} from "./file-format.ts";
import { instantUts, pastUts, wallClock } from "./file-times.ts";
import { jsonFormat } from "./json-entries.ts";
import { playOfListen } from "../listenbrainz/listenbrainz-decoding.ts";
import { linesOf } from "./file-text.ts";
import { earliestUts, type LeftOutRule } from "./play-rules.ts";

/** {"version": "1", "exported_at", "user", "listens": [{"listened_at", "track", "album", "artists"}]} */
export const koitoExport = jsonFormat({
  name: "koito-export",
  title: "Koito export",
  source: "koito",
  detect: jsonWith("{", "exported_at", "listens"),
  readRow: (entry, file) => {
    const track = required(entry, "track");
    const album = field(entry, "album");
    const artists = items(field(entry, "artists")).toSorted(
      (a, b) => Number(isPrimary(b)) - Number(isPrimary(a)),
    );
    const names = artists.map(primaryName).filter((each) => each !== "");
    return {
      startUts: pastUts(instantUts(field(entry, "listened_at")), file),
      artist: names.join(", "),
      title: primaryName(track),
      ...(isObject(album)
        ? { album: primaryName(album), releaseMbid: mbidOrNull(field(album, "mbid")) }
        : {}),
      durationSeconds: lengthOf(numberOrNull(field(track, "duration"))),
      recordingMbid: mbidOrNull(field(track, "mbid")),
    };
  },
});

/** The alias that Koito shows; else the first. */
function primaryName(node: Node): string {
  const aliases = items(field(node, "aliases"));
  const primary = aliases.find(isPrimary) ?? aliases[0];
  return primary === undefined ? "" : name(field(primary, "alias"));
}

function isPrimary(node: Node): boolean {
  return isTrue(field(node, "is_primary"));
}

/** {"maloja": {"export_time"}, "scrobbles": [{"time", "track": {"artists", "title", "album", "length"}}]} */
export const malojaExport = jsonFormat({
  name: "maloja-export",
  title: "Maloja export",
  source: "maloja",
  detect: jsonWith("{", "maloja"),
  readRow: (entry, file) => {
    const track = required(entry, "track");
    const album = field(track, "album");
    return {
      startUts: pastUts(numberOrNull(field(entry, "time")), file),
      artist: joinedArtists(track),
      title: name(field(track, "title")),
      ...(isObject(album)
        ? { album: name(field(album, "albumtitle")), albumArtist: joinedArtists(album) || null }
        : {}),
      durationSeconds: lengthOf(numberOrNull(field(track, "length"))),
      // An album belongs to the track: a later compilation takes over all plays before it.
      hasOwnAlbum: false,
    };
  },
});

/** Maloja sometimes splits a credit into ["Vula", "Riton • Vula"]: the entry with the dot has all names, the main one first. */
function joinedArtists(node: Node): string {
  const artists = items(field(node, "artists")).map(name);
  const whole = artists.find((artist) => artist.includes(" • "));
  return whole === undefined ? artists.join(", ") : whole.split(" • ").join(", ");
}

// ListenBrainz: the zip with lines of JSON for each month, and the single list of earlier years.

const listens = { title: "ListenBrainz export", source: "listenbrainz-file", readRow: readListen };
const listenFields = ["listened_at", "track_metadata"];

export const listenbrainzLines = jsonFormat({
  ...listens,
  name: "listenbrainz-lines",
  detect: jsonWith("{", ...listenFields),
  isLines: true,
});

export const listenbrainzJson = jsonFormat({
  ...listens,
  name: "listenbrainz-json",
  detect: jsonWith("[{", ...listenFields),
});

/** The id of a listen is in its track_metadata; in earlier exports it is beside that. */
function readListen(entry: Node, file: TextFile): PlayFacts | LeftOutRule {
  const track = required(entry, "track_metadata");
  const uts = pastUts(numberOrNull(field(entry, "listened_at")), file);
  if (isEmpty(field(track, "artist_name")) || isEmpty(field(track, "track_name"))) return "nameless";
  const msid = mbidOrNull(field(track, "recording_msid")) ?? mbidOrNull(field(entry, "recording_msid"));
  return uts === null ? "undated" : playOfListen(track, uts, msid);
}

// .scrobbler.log: what Rockbox and other players write.

const fewestFields = 7;
/** 0 is a player without a clock. Fewer digits than a time since 1973 has are the rest of one that was cut. */
const timeForm = /^(?:0|\d{9,12})$/;

/** Tab-separated: artist, album, title, number, seconds, L or S, time, and in version 1.1 the recording's MBID. */
export const scrobblerLog: FileFormat = {
  name: "scrobbler-log",
  title: ".scrobbler.log",
  source: "rockbox",
  detect: (head) => head.startsWith("#AUDIOSCROBBLER/"),
  async read(file, sink) {
    const { nowMs } = file;
    const fromWall = wallClock(file.zone);
    let isUtc = false;
    for await (const { text, number } of linesOf(file)) {
      // "#" begins a comment only at the beginning of a line: titles have it too.
      if (text.startsWith("#")) {
        if (/^#TZ\/UTC\s*$/.test(text)) isUtc = true;
        continue;
      }
      if (text.trim() === "") continue;
      const fields = text.split("\t");
      const [artist = "", album = "", title = "", , seconds = "", rating, time = "", mbid = ""] = fields.map(
        (value) => name(root(value)),
      );
      if (fields.length < fewestFields || !timeForm.test(time)) {
        throw new UnreadableFile(
          file.name,
          number,
          "the line lacks fields: the file is damaged or was cut off",
        );
      }
      if (rating === "S") sink.leaveOut("skipped");
      else if (artist === "" || title === "" || artist === "<Untagged>") sink.leaveOut("nameless");
      else {
        const uts = isUtc ? Number(time) : fromWall(Number(time));
        // The clock of the device was not set: the play counts, but not as the last.
        const isDated = uts >= earliestUts && uts * 1000 <= nowMs + daySeconds * 1000;
        sink.play(
          playOf({
            startUts: isDated ? uts : 0,
            artist,
            album,
            title,
            durationSeconds: lengthOf(Number(seconds) || null),
            recordingMbid: mbidOrNull(root(mbid)),
            sourceKey: isDated ? null : time,
          }),
        );
      }
    }
  },
};
