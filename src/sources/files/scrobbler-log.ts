// .scrobbler.log: what Rockbox and other players write.
import { mbidOf, name, root } from "../../model/decode.ts";
import { type FileFormat, lengthOf, playOf } from "./file-format.ts";
import { linesOf } from "./file-text.ts";
import { wallClock } from "./file-times.ts";
import { earliestUts } from "./play-rules.ts";
import { UnreadableFile } from "./unreadable-file.ts";

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
        const isDated = uts >= earliestUts && uts * 1000 <= nowMs + 86_400_000;
        sink.play(
          playOf({
            startUts: isDated ? uts : 0,
            artist,
            album,
            title,
            durationSeconds: lengthOf(Number(seconds) || null),
            recordingMbid: mbidOf(mbid),
            sourceKey: isDated ? null : time,
          }),
        );
      }
    }
  },
};
