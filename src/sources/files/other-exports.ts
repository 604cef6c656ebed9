// The exports of Koito, Maloja, Pano Scrobbler and Libre.fm.
import {
  field,
  isObject,
  isTrue,
  items,
  mbidOf,
  name,
  type Node,
  numberOrNull,
  required,
} from "../../model/decode.ts";
import { readCsv } from "./csv-rows.ts";
import { type FileFormat, lengthOf, takePlay } from "./file-format.ts";
import { instantUts, pastUts } from "./file-times.ts";
import { readJson, readJsonLines } from "./json-entries.ts";

/** {"version": "1", "exported_at", "user", "listens": [{"listened_at", "track", "album", "artists"}]} */
export const koitoExport: FileFormat = {
  name: "koito-export",
  title: "Koito export",
  source: "koito",
  detect: (head) => /^\s*\{/.test(head) && /"exported_at"\s*:/.test(head) && /"listens"\s*:\s*\[/.test(head),
  read: (file, sink) =>
    readJson(file, (entry) => {
      const track = required(entry, "track");
      const album = field(entry, "album");
      const artists = items(field(entry, "artists")).toSorted(
        (a, b) => Number(isPrimary(b)) - Number(isPrimary(a)),
      );
      takePlay(sink, {
        startUts: pastUts(instantUts(name(field(entry, "listened_at"))), file),
        artist: artists
          .map(primaryName)
          .filter((each) => each !== "")
          .join(", "),
        title: primaryName(track),
        ...(isObject(album)
          ? { album: primaryName(album), releaseMbid: mbidOf(name(field(album, "mbid"))) }
          : {}),
        durationSeconds: lengthOf(numberOrNull(field(track, "duration"))),
        recordingMbid: mbidOf(name(field(track, "mbid"))),
      });
    }),
};

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
export const malojaExport: FileFormat = {
  name: "maloja-export",
  title: "Maloja export",
  source: "maloja",
  detect: (head) => /^\s*\{/.test(head) && /"maloja"\s*:\s*\{/.test(head),
  read: (file, sink) =>
    readJson(file, (entry) => {
      const track = required(entry, "track");
      const album = field(track, "album");
      takePlay(sink, {
        startUts: pastUts(numberOrNull(field(entry, "time")), file),
        artist: joinedArtists(track),
        title: name(field(track, "title")),
        ...(isObject(album)
          ? { album: name(field(album, "albumtitle")), albumArtist: joinedArtists(album) || null }
          : {}),
        durationSeconds: lengthOf(numberOrNull(field(track, "length"))),
        // An album belongs to the track: a later compilation takes over all plays before it.
        hasOwnAlbum: false,
      });
    }),
};

/** Maloja sometimes splits a credit into ["Vula", "Riton • Vula"]: the entry with the dot has all names, the main one first. */
function joinedArtists(node: Node): string {
  const artists = items(field(node, "artists")).map(name);
  const whole = artists.find((artist) => artist.includes(" • "));
  return whole === undefined ? artists.join(", ") : whole.split(" • ").join(", ");
}

/** A line: {"timeMs", "artist", "track", "album", "albumArtist", "durationMs", "event"} */
export const panoScrobbler: FileFormat = {
  name: "pano-scrobbler",
  title: "Pano Scrobbler",
  source: "pano",
  detect: (head) => /^\s*\{[^\n]*"timeMs"\s*:/.test(head),
  read: (file, sink) =>
    readJsonLines(file, (entry) => {
      if (name(field(entry, "event")) !== "scrobble") return sink.leaveOut("event");
      const ms = numberOrNull(field(entry, "timeMs"));
      takePlay(sink, {
        startUts: pastUts(ms === null ? null : ms / 1000, file),
        artist: name(field(entry, "artist")),
        albumArtist: name(field(entry, "albumArtist")) || null,
        album: name(field(entry, "album")),
        title: name(field(entry, "track")),
        durationSeconds: lengthOf((numberOrNull(field(entry, "durationMs")) ?? 0) / 1000),
      });
    }),
};

/** Comments (# or its UTF-7 form), then a header with artist, track and time among its columns. */
export const librefmCsv: FileFormat = {
  name: "librefm-csv",
  title: "Libre.fm",
  source: "librefm",
  detect: (head) => headerLine(head) !== null,
  read: (file, sink) =>
    readCsv(
      file,
      {
        columns: ["artist", "track", "album", "time", "trackmbid", "albummbid"],
        fromLine: headerLine(file.head) ?? 1,
      },
      (row) =>
        takePlay(sink, {
          startUts: pastUts(numberOrNull(field(row, "time")), file),
          artist: name(field(row, "artist")),
          title: name(field(row, "track")),
          album: name(field(row, "album")),
          recordingMbid: mbidOf(name(field(row, "trackmbid"))),
          releaseMbid: mbidOf(name(field(row, "albummbid"))),
        }),
    ),
};

/** From 1; null if the text has none. */
function headerLine(head: string): number | null {
  const lines = head.split("\n");
  const at = lines.findIndex((line) => !/^(?:#|\+ACM-)/.test(line) && line.trim() !== "");
  const columns = (lines[at] ?? "").toLowerCase().replaceAll('"', "").trim().split(",");
  return ["artist", "track", "time"].every((column) => columns.includes(column)) ? at + 1 : null;
}
