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
import { type FileFormat, type FileSink, lengthOf, playOf, type TextFile } from "./file-format.ts";
import { instantUts, pastUts } from "./file-times.ts";
import { readJson } from "./json-entries.ts";

/** {"version": "1", "exported_at", "user", "listens": [{"listened_at", "track", "album", "artists"}]} */
export const koitoExport: FileFormat = {
  name: "koito-export",
  title: "Koito export",
  source: "koito",
  detect: (head) => /^\s*\{/.test(head) && /"exported_at"\s*:/.test(head) && /"listens"\s*:\s*\[/.test(head),
  read: (file, sink) => readJson(file, (entry) => readListen(entry, file, sink)),
};

function readListen(entry: Node, file: TextFile, sink: FileSink): void {
  const track = required(entry, "track");
  const album = field(entry, "album");
  const artists = items(field(entry, "artists"));
  const artist = artists
    .toSorted((a, b) => Number(isPrimary(b)) - Number(isPrimary(a)))
    .map(primaryName)
    .filter((each) => each !== "")
    .join(", ");
  const title = primaryName(track);
  const uts = pastUts(instantUts(name(field(entry, "listened_at"))), file);
  if (artist === "" || title === "") return sink.leaveOut("nameless");
  if (uts === null) return sink.leaveOut("undated");
  sink.play(
    playOf({
      startUts: uts,
      artist,
      title,
      ...(isObject(album)
        ? { album: primaryName(album), releaseMbid: mbidOf(name(field(album, "mbid"))) }
        : {}),
      durationSeconds: lengthOf(numberOrNull(field(track, "duration"))),
      recordingMbid: mbidOf(name(field(track, "mbid"))),
    }),
  );
}

/** The alias that Koito shows; else the first. */
function primaryName(node: Node): string {
  const aliases = items(field(node, "aliases"));
  const primary = aliases.find(isPrimary) ?? aliases[0];
  return primary === undefined ? "" : name(field(primary, "alias"));
}

function isPrimary(node: Node): boolean {
  return isTrue(field(node, "is_primary"));
}
