import { field, name, numberOrNull } from "../../model/decode.ts";
import { type FileFormat, lengthOf, playOf } from "./file-format.ts";
import { pastUts } from "./file-times.ts";
import { readJsonLines } from "./json-entries.ts";

/** A line: {"timeMs", "artist", "track", "album", "albumArtist", "durationMs", "event"} */
export const panoScrobbler: FileFormat = {
  name: "pano-scrobbler",
  title: "Pano Scrobbler",
  source: "pano",
  detect: (head) => /^\s*\{[^\n]*"timeMs"\s*:/.test(head),
  read: (file, sink) =>
    readJsonLines(file, (entry) => {
      if (name(field(entry, "event")) !== "scrobble") return sink.leaveOut("event");
      const artist = name(field(entry, "artist"));
      const title = name(field(entry, "track"));
      const ms = numberOrNull(field(entry, "timeMs"));
      const uts = pastUts(ms === null ? null : ms / 1000, file);
      if (artist === "" || title === "") return sink.leaveOut("nameless");
      if (uts === null) return sink.leaveOut("undated");
      const durationMs = numberOrNull(field(entry, "durationMs")) ?? 0;
      sink.play(
        playOf({
          startUts: uts,
          artist,
          albumArtist: name(field(entry, "albumArtist")) || null,
          album: name(field(entry, "album")),
          title,
          durationSeconds: lengthOf(durationMs / 1000),
        }),
      );
    }),
};
