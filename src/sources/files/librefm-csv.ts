import { field, mbidOf, name, numberOrNull } from "../../model/decode.ts";
import { readCsv } from "./csv-rows.ts";
import { type FileFormat, playOf } from "./file-format.ts";
import { pastUts } from "./file-times.ts";

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
      (row) => {
        const artist = name(field(row, "artist"));
        const title = name(field(row, "track"));
        const uts = pastUts(numberOrNull(field(row, "time")), file);
        if (artist === "" || title === "") return sink.leaveOut("nameless");
        if (uts === null) return sink.leaveOut("undated");
        sink.play(
          playOf({
            startUts: uts,
            artist,
            title,
            album: name(field(row, "album")),
            recordingMbid: mbidOf(name(field(row, "trackmbid"))),
            releaseMbid: mbidOf(name(field(row, "albummbid"))),
          }),
        );
      },
    ),
};

/** From 1; null if the text has none. */
function headerLine(head: string): number | null {
  const lines = head.split("\n");
  const at = lines.findIndex((line) => !/^(?:#|\+ACM-)/.test(line) && line.trim() !== "");
  const columns = (lines[at] ?? "").toLowerCase().replaceAll('"', "").trim().split(",");
  return ["artist", "track", "time"].every((column) => columns.includes(column)) ? at + 1 : null;
}
