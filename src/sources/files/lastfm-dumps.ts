// Histories of Last.fm as other tools saved them. They are sources of their own: the same plays as the live history, and
// those with minutes the same as those with seconds. Merging joins them.
import {
  field,
  isEmpty,
  isObject,
  items,
  mbidOrNull,
  name,
  type Node,
  numberOrNull,
} from "../../model/decode.ts";
import { csvFormat } from "./csv-rows.ts";
import { type FileFormat, jsonWith, type PlayFacts, takePlay } from "./file-format.ts";
import { jsonFormat, readJson } from "./json-entries.ts";
import { pastUts, utcMinute } from "./file-times.ts";

const source = "lastfm-file";
const origin = "lastfm";

/** uts,utc_time,artist,artist_mbid,album,album_mbid,track,track_mbid */
export const lastfmCsv = csvFormat({
  name: "lastfm-csv",
  title: "Last.fm dump (CSV)",
  source,
  detect: (head) => /^"?uts"?,"?utc_time"?,"?artist"?,/i.test(head),
  readRow: (row, file) => ({
    startUts: pastUts(numberOrNull(field(row, "uts")), file),
    ...namesIn(row),
    releaseMbid: mbidOrNull(field(row, "album_mbid")),
    origin,
  }),
});

function namesIn(row: Node): Pick<PlayFacts, "artist" | "title"> & { readonly album: string } {
  return {
    artist: name(field(row, "artist")),
    title: name(field(row, "track")),
    album: name(field(row, "album")),
  };
}

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
        const [date, album] = [field(track, "date"), field(track, "album")];
        takePlay(sink, {
          startUts: isEmpty(date) ? null : pastUts(numberOrNull(field(date, "uts")), file),
          artist: nameIn(field(track, "artist")),
          title: name(field(track, "name")),
          album: nameIn(album),
          releaseMbid: isObject(album) ? mbidOrNull(field(album, "mbid")) : null,
          origin,
        });
      }
    }),
};

/** Last.fm writes a name as text, as {"#text": name} or as {"name": name}. */
function nameIn(node: Node): string {
  if (!isObject(node)) return name(node);
  return name(field(node, "#text")) || name(field(node, "name"));
}

/** The row ends with a minute and has two commas before it. */
function isMinuteRow(line: string): boolean {
  const [names, minute] =
    /^(.*),"?(\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d)"?\r?$/.exec(line)?.slice(1) ?? [];
  return names?.includes(",") === true && minute !== undefined && !/[;\t]/.test(names);
}

/** artist,album,track,23 Feb 2016 17:59: without a header, in minutes, without the quotes and commas of names. */
export const lastfmToCsv = csvFormat({
  name: "lastfm-to-csv",
  title: "lastfm-to-csv",
  source: "lastfm-to-csv",
  detect: (head) => head.split("\n", 20).some((line) => isMinuteRow(line)) && !/^"?uts"?,/i.test(head),
  columns: ["artist", "album", "track", "date"],
  readRow: (row, file) => ({
    startUts: pastUts(utcMinute(name(field(row, "date"))), file),
    precisionSeconds: 60,
    ...namesIn(row),
    origin,
  }),
});

/** Artist;Album;AlbumId;Track;Date#owl: AlbumId came later; the date is in milliseconds. */
export const lastfmstatsCsv = csvFormat({
  name: "lastfmstats-csv",
  title: "lastfmstats.com (CSV)",
  source,
  detect: (head) => /^"?Artist"?;"?Album"?;(?:"?AlbumId"?;)?"?Track"?;"?Date/i.test(head),
  delimiter: ";",
  readRow: (row, file) => statsPlay(row, "albumid", file),
});

/** {"username": "owl", "scrobbles": [{"track", "artist", "album", "albumId", "date"}]} */
export const lastfmstatsJson = jsonFormat({
  name: "lastfmstats-json",
  title: "lastfmstats.com (JSON)",
  source,
  detect: jsonWith("{", "scrobbles", "username"),
  readRow: (entry, file) => statsPlay(entry, "albumId", file),
});

function statsPlay(row: Node, mbidKey: string, file: { readonly nowMs: number }): PlayFacts {
  const ms = numberOrNull(field(row, "date"));
  return {
    startUts: pastUts(ms === null ? null : Math.floor(ms / 1000), file),
    ...namesIn(row),
    releaseMbid: mbidOrNull(field(row, mbidKey)),
    origin,
  };
}
