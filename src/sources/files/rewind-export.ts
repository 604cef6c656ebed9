// The export of rewind's merged history: written and read back here. Each play keeps its time, its precision and its album,
// so all plays are of one source: nothing is left to be merged.
import {
  decodeNumberOrNull,
  decodeShortText,
  getField,
  decodeMbidOrNull,
  isTrue,
  requireField,
  type Node,
} from "../../model/decode.ts";
import {
  toPrecisionSeconds,
  type HistoryPlay,
  type PlayReport,
  type SourcePlay,
} from "../../model/listening-sources.ts";
import { daySeconds, toIsoOrNull } from "../../model/times.ts";
import { infoFields, type ListenField } from "../listenbrainz/listen-encoding.ts";
import { decodeListenPlay, ownFields } from "../listenbrainz/listenbrainz-decoding.ts";
import { hasColumns, readCsv } from "./csv-rows.ts";
import {
  createJsonDetector,
  toDurationSeconds,
  toSourcePlay,
  type FileFormat,
  type FileSink,
  type TextFile,
} from "./file-format.ts";
import { decodeInstantUts } from "./file-times.ts";
import { readJsonLines } from "./json-entries.ts";

const exportFormat = { title: "rewind's export", source: "rewind" } as const;

/** A line for each play, as in the exports of ListenBrainz. */
export const rewindLines: FileFormat = {
  ...exportFormat,
  name: "rewind-lines",
  detect: createJsonDetector("{", "listened_at", "track_metadata", ownFields.sources),
  read: (file, sink) =>
    readJsonLines(file, (entry) => {
      const uts = toPossibleUts(decodeNumberOrNull(getField(entry, "listened_at")), file);
      takePlay(sink, uts, (startUts) =>
        decodeListenPlay(requireField(entry, "track_metadata"), startUts, null),
      );
    }),
};

/** An export may have what no other file has: plays without a date, and plays whose artist is unknown. */
function takePlay(sink: FileSink, uts: number | null, read: (startUts: number) => SourcePlay): void {
  const play = read(uts ?? 0);
  if (play.title === "") sink.leaveOut("nameless");
  else if (uts === null) sink.leaveOut("undated");
  else sink.addPlay(play);
}

/** Whole seconds up to tomorrow. 0 is an unknown time. */
function toPossibleUts(uts: number | null, { nowMs }: TextFile): number | null {
  return uts !== null && Number.isInteger(uts) && uts >= 0 && uts <= nowMs / 1000 + daySeconds ? uts : null;
}

/**
 * The line of a play, as encodeListen makes it, but as text at once: for a whole history, an object for each line takes three
 * times as long.
 */
export function renderExportLine(play: HistoryPlay): string {
  const { startUts, artist, title, album, reports } = play;
  let line = `{"listened_at":${startUts},"track_metadata":{"artist_name":${quote(artist)},"track_name":${quote(title)},`;
  if (album !== "") line += `"release_name":${quote(album)},`;
  line += '"additional_info":{';
  for (const [name, read] of infoFields) {
    const value = read(play);
    if (value !== null) line += `"${name}":${quote(value)},`;
  }
  line += `"${ownFields.sources}":[`;
  for (const [at, report] of reports.entries()) line += `${at === 0 ? "" : ","}${renderReport(report, play)}`;
  // ListenBrainz' own exports have the last field in every line.
  return `${line}]},"mbid_mapping":null}}`;
}

const quote = (value: unknown): string => JSON.stringify(value);

/** The fields of what a source says. */
const reportFields: readonly ListenField[] = [
  ["listened_at", ({ startUts }) => startUts],
  ["artist_name", ({ artist }) => artist],
  ["track_name", ({ title }) => title],
  ["release_name", ({ album }) => album],
  ...infoFields,
  ["origin", ({ origin }) => origin],
  ["key", ({ sourceKey }) => sourceKey],
  ["client", ({ client }) => client ?? null],
];

/** The fields that the source has otherwise than the play. */
function renderReport({ source, play }: PlayReport, whole: HistoryPlay): string {
  let entry = `{"source":${quote(source)}`;
  for (const [name, read] of reportFields) {
    const value = read(play);
    if (value !== null && value !== "" && !isEqual(value, read(whole))) entry += `,"${name}":${quote(value)}`;
  }
  return `${entry}}`;
}

function isEqual(one: unknown, other: unknown): boolean {
  return one === other || (Array.isArray(one) && JSON.stringify(one) === JSON.stringify(other));
}

/** The columns of the table. The names and their order are a promise to scripts: new ones are added at the end. */
export const exportColumns: readonly {
  readonly name: string;
  readonly value: (play: HistoryPlay) => string | number | boolean | null | readonly string[];
}[] = [
  { name: "played_at", value: ({ startUts }) => (startUts === 0 ? null : toIsoOrNull(startUts)) },
  { name: "artist_name", value: ({ artist }) => artist },
  { name: "track_name", value: ({ title }) => title },
  { name: "album_name", value: ({ album }) => album },
  { name: "album_artist_name", value: ({ albumArtist }) => albumArtist },
  { name: "duration_seconds", value: ({ durationSeconds }) => durationSeconds },
  { name: "precision_seconds", value: ({ precisionSeconds }) => precisionSeconds },
  { name: "is_end", value: ({ isEndStamped }) => isEndStamped },
  { name: "album_of_track", value: ({ hasOwnAlbum }) => !hasOwnAlbum },
  { name: "recording_mbid", value: ({ recordingMbid }) => recordingMbid },
  { name: "release_mbid", value: ({ releaseMbid }) => releaseMbid },
  { name: "release_group_mbid", value: ({ releaseGroupMbid }) => releaseGroupMbid },
  { name: "sources", value: ({ reports }) => [...new Set(reports.map(({ source }) => source))] },
];

export const rewindTable: FileFormat = {
  ...exportFormat,
  name: "rewind-table",
  detect: (head) =>
    hasColumns(
      head,
      exportColumns.map(({ name }) => name),
    ),
  read: (file, sink) =>
    readCsv(file, (row) => {
      const time = decodeShortText(getField(row, "played_at"));
      const uts = time === "" ? 0 : toPossibleUts(decodeInstantUts(getField(row, "played_at")), file);
      takePlay(sink, uts, (startUts) => decodeRow(row, startUts));
    }),
};

function decodeRow(row: Node, startUts: number): SourcePlay {
  return toSourcePlay({
    startUts,
    precisionSeconds: toPrecisionSeconds(decodeNumberOrNull(getField(row, "precision_seconds"))),
    artist: decodeShortText(getField(row, "artist_name")),
    title: decodeShortText(getField(row, "track_name")),
    album: decodeShortText(getField(row, "album_name")),
    albumArtist: decodeShortText(getField(row, "album_artist_name")) || null,
    durationSeconds: toDurationSeconds(decodeNumberOrNull(getField(row, "duration_seconds"))),
    recordingMbid: decodeMbidOrNull(getField(row, "recording_mbid")),
    releaseMbid: decodeMbidOrNull(getField(row, "release_mbid")),
    releaseGroupMbid: decodeMbidOrNull(getField(row, "release_group_mbid")),
    isEndStamped: isTrue(getField(row, "is_end")),
    hasOwnAlbum: !isTrue(getField(row, "album_of_track")),
  });
}
