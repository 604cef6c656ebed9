// Histories of Last.fm as other tools saved them. They are sources of their own: the same plays as the live history, and
// those with minutes the same as those with seconds. Merging joins them.
import {
  field,
  isEmpty,
  isObject,
  items,
  mbidOf,
  name,
  type Node,
  numberOrNull,
} from "../../model/decode.ts";
import { readCsv } from "./csv-rows.ts";
import { type FileFormat, type FileSink, takePlay } from "./file-format.ts";
import { readJson } from "./json-entries.ts";
import { pastUts, utcMinute } from "./file-times.ts";

const source = "lastfm-file";

interface DumpedPlay {
  readonly uts: number | null;
  readonly artist: string;
  readonly title: string;
  readonly album: string;
  readonly releaseMbid?: string;
  readonly isMinute?: boolean;
}

function keep({ uts, artist, title, album, releaseMbid = "", isMinute }: DumpedPlay, sink: FileSink): void {
  takePlay(sink, {
    startUts: uts,
    precisionSeconds: isMinute === true ? 60 : 1,
    artist,
    album,
    title,
    releaseMbid: mbidOf(releaseMbid),
    origin: "lastfm",
  });
}

/** uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid */
export const lastfmCsv: FileFormat = {
  name: "lastfm-csv",
  title: "Last.fm dump (CSV)",
  source,
  detect: (head) => /^"?uts"?,"?utc_time"?,"?artist"?,/i.test(head),
  read: (file, sink) =>
    readCsv(file, { columns: ["uts", "artist", "album", "album_mbid", "track"] }, (row) =>
      keep(
        {
          uts: pastUts(numberOrNull(field(row, "uts")), file),
          artist: name(field(row, "artist")),
          title: name(field(row, "track")),
          album: name(field(row, "album")),
          releaseMbid: name(field(row, "album_mbid")),
        },
        sink,
      ),
    ),
};

/** Answers of user.getRecentTracks: in pages, as one list of tracks, or each whole. */
export const lastfmJson: FileFormat = {
  name: "lastfm-json",
  title: "Last.fm dump (JSON)",
  source,
  detect: (head) =>
    /^\s*[[{]/.test(head) &&
    /"(?:recenttracks|track|@attr)"\s*:/.test(head) &&
    /"artist"\s*:/.test(head) &&
    /"(?:#text|mbid|streamable|image)"\s*:/.test(head),
  read: (file, sink) =>
    readJson(file, (entry) => {
      const answer = isObject(field(entry, "recenttracks")) ? field(entry, "recenttracks") : entry;
      const tracks = isEmpty(field(answer, "track")) ? [answer] : items(field(answer, "track"));
      for (const track of tracks) {
        keep(
          {
            uts: isEmpty(field(track, "date"))
              ? null
              : pastUts(numberOrNull(field(field(track, "date"), "uts")), file),
            artist: nameIn(field(track, "artist")),
            title: name(field(track, "name")),
            album: nameIn(field(track, "album")),
            releaseMbid: isObject(field(track, "album")) ? name(field(field(track, "album"), "mbid")) : "",
          },
          sink,
        );
      }
    }),
};

/** Last.fm writes a name as text, as {"#text": name} or as {"name": name}. */
function nameIn(node: Node): string {
  if (!isObject(node)) return name(node);
  return name(field(node, "#text")) || name(field(node, "name"));
}

/** artist,album,track,23 Feb 2016 17:59: without a header, in minutes, without the quotes and commas of names. */
export const lastfmToCsv: FileFormat = {
  name: "lastfm-to-csv",
  title: "lastfm-to-csv",
  source: "lastfm-to-csv",
  detect: (head) =>
    head
      .split("\n", 20)
      .some((line) => /^[^;\t]*,[^;\t]*,"?\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d"?\r?$/.test(line)) &&
    !/^"?uts"?,/i.test(head),
  read: (file, sink) =>
    readCsv(file, { columns: ["artist", "album", "track", "date"], isHeaderless: true }, (row) =>
      keep(
        {
          uts: pastUts(utcMinute(name(field(row, "date"))), file),
          artist: name(field(row, "artist")),
          title: name(field(row, "track")),
          album: name(field(row, "album")),
          isMinute: true,
        },
        sink,
      ),
    ),
};

/** Artist;Album;AlbumId;Track;Date#owl: AlbumId came later; the date is in milliseconds. */
export const lastfmstatsCsv: FileFormat = {
  name: "lastfmstats-csv",
  title: "lastfmstats.com (CSV)",
  source,
  detect: (head) => /^"?Artist"?;"?Album"?;(?:"?AlbumId"?;)?"?Track"?;"?Date/i.test(head),
  read: (file, sink) =>
    readCsv(file, { columns: ["artist", "album", "albumid", "track", "date"], delimiter: ";" }, (row) =>
      keep(
        statsPlay(row, (key) => key.toLowerCase(), file),
        sink,
      ),
    ),
};

/** {"username": "owl", "scrobbles": [{"track", "artist", "album", "albumId", "date"}]} */
export const lastfmstatsJson: FileFormat = {
  name: "lastfmstats-json",
  title: "lastfmstats.com (JSON)",
  source,
  detect: (head) => /^\s*\{/.test(head) && /"scrobbles"\s*:\s*\[/.test(head) && /"username"\s*:/.test(head),
  read: (file, sink) =>
    readJson(file, (entry) =>
      keep(
        statsPlay(entry, (key) => key, file),
        sink,
      ),
    ),
};

function statsPlay(row: Node, keyOf: (key: string) => string, file: { readonly nowMs: number }): DumpedPlay {
  const ms = numberOrNull(field(row, "date"));
  return {
    uts: pastUts(ms === null ? null : Math.floor(ms / 1000), file),
    artist: name(field(row, "artist")),
    title: name(field(row, "track")),
    album: name(field(row, "album")),
    releaseMbid: name(field(row, keyOf("albumId"))),
  };
}
