// ListenBrainz: the zip with lines of JSON for each month, and the single list of earlier years.
import { field, isEmpty, mbidOf, name, type Node, numberOrNull, required } from "../../model/decode.ts";
import { playOfListen } from "../listenbrainz/listenbrainz-decoding.ts";
import type { FileFormat, FileSink, TextFile } from "./file-format.ts";
import { pastUts } from "./file-times.ts";
import { readJson, readJsonLines } from "./json-entries.ts";

const source = "listenbrainz-file";

const hasListens = (head: string): boolean =>
  /"listened_at"\s*:/.test(head) && /"track_metadata"\s*:/.test(head);

export const listenbrainzLines: FileFormat = {
  name: "listenbrainz-lines",
  title: "ListenBrainz export",
  source,
  detect: (head) => /^\s*\{/.test(head) && hasListens(head),
  read: (file, sink) => readJsonLines(file, (entry) => readListen(entry, file, sink)),
};

export const listenbrainzJson: FileFormat = {
  name: "listenbrainz-json",
  title: "ListenBrainz export",
  source,
  detect: (head) => /^\s*\[\s*\{/.test(head) && hasListens(head),
  read: (file, sink) => readJson(file, (entry) => readListen(entry, file, sink)),
};

/** The id of a listen is in its track_metadata; in earlier exports it is beside that. */
function readListen(entry: Node, file: TextFile, sink: FileSink): void {
  const track = required(entry, "track_metadata");
  const uts = pastUts(numberOrNull(field(entry, "listened_at")), file);
  if (isEmpty(field(track, "artist_name")) || isEmpty(field(track, "track_name"))) {
    return sink.leaveOut("nameless");
  }
  if (uts === null) return sink.leaveOut("undated");
  const msid = mbidOf(name(field(track, "recording_msid"))) ?? mbidOf(name(field(entry, "recording_msid")));
  sink.play(playOfListen(track, uts, msid));
}
