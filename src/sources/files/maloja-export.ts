import { field, isObject, items, name, numberOrNull, required } from "../../model/decode.ts";
import { type FileFormat, lengthOf, playOf } from "./file-format.ts";
import { pastUts } from "./file-times.ts";
import { readJson } from "./json-entries.ts";

/** {"maloja": {"export_time"}, "scrobbles": [{"time", "track": {"artists", "title", "album", "length"}}]} */
export const malojaExport: FileFormat = {
  name: "maloja-export",
  title: "Maloja export",
  source: "maloja",
  detect: (head) => /^\s*\{/.test(head) && /"maloja"\s*:\s*\{/.test(head),
  read: (file, sink) =>
    readJson(file, (entry) => {
      const track = required(entry, "track");
      const title = name(field(track, "title"));
      const artist = joinedArtists(items(field(track, "artists")).map(name));
      const uts = pastUts(numberOrNull(field(entry, "time")), file);
      if (artist === "" || title === "") return sink.leaveOut("nameless");
      if (uts === null) return sink.leaveOut("undated");
      const album = field(track, "album");
      sink.play(
        playOf({
          startUts: uts,
          artist,
          title,
          ...(isObject(album)
            ? {
                album: name(field(album, "albumtitle")),
                albumArtist: joinedArtists(items(field(album, "artists")).map(name)) || null,
              }
            : {}),
          durationSeconds: lengthOf(numberOrNull(field(track, "length"))),
          // An album belongs to the track: a later compilation takes over all plays before it.
          hasOwnAlbum: false,
        }),
      );
    }),
};

/** Maloja sometimes splits a credit into ["Vula", "Riton • Vula"]: the entry with the dot has all names, the main one first. */
function joinedArtists(artists: readonly string[]): string {
  const whole = artists.find((artist) => artist.includes(" • "));
  return whole === undefined ? artists.join(", ") : whole.split(" • ").join(", ");
}
