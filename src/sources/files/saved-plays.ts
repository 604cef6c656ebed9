// Histories with a play in each row, as CSV, JSON or JSON Lines: those of Last.fm as many tools saved them, and of any other
// program. Their fields tell them apart. Plays that a file dates to the minute or the day are sources of their own,
// since another file of the same history may have the seconds: merging joins them.
import { daySeconds } from "../../model/times.ts";
import {
  field,
  fieldNames,
  isList,
  isObject,
  items,
  mbidOrNull,
  name,
  type Node,
  numberOrNull,
  root,
} from "../../model/decode.ts";
import { headerIn, isComment, readCsv, type Table } from "./csv-rows.ts";
import {
  type FileFormat,
  type FileSink,
  lengthOf,
  type PlayFacts,
  takePlay,
  type TextFile,
} from "./file-format.ts";
import { pastUts, wallClock } from "./file-times.ts";
import { isJsonLines, readJson, readJsonLines, UnreadTime } from "./json-entries.ts";
import {
  type ColumnNames,
  findColumns,
  type FoundColumns,
  innerTimeFields,
  missingColumns,
  unknownNames,
} from "./play-columns.ts";
import type { LeftOutRule } from "./play-rules.ts";
import { parseTime, type WrittenTime } from "./time-text.ts";

/** How the fields of a file are written, and what they are called. */
interface Layout {
  readonly kind: "table" | "list" | "lines";
  readonly names: readonly string[];
  readonly read: (file: TextFile, each: (row: Node) => void) => Promise<void>;
}

function layoutOf(head: string): Layout {
  if (!/^\s*[[{]/.test(head)) {
    const table = tableIn(head);
    return { kind: "table", names: table.columns, read: (file, each) => readCsv(file, each, table) };
  }
  const names = new Set([...head.matchAll(/"([^"\\]{1,60})"\s*:/g)].map(([, key = ""]) => key));
  return isJsonLines(head)
    ? { kind: "lines", names: [...names], read: readJsonLines }
    : { kind: "list", names: [...names], read: readRows };
}

/** Last.fm's answers are pages: {"recenttracks": {"track": […]}} or {"track": […]}. */
function readRows(file: TextFile, each: (row: Node) => void): Promise<void> {
  return readJson(file, (entry) => {
    const page = isObject(field(entry, "recenttracks")) ? field(entry, "recenttracks") : entry;
    const tracks = field(page, "track");
    for (const row of isList(tracks) ? items(tracks) : [page]) each(row);
  });
}

/** A program that saves plays. */
interface Program {
  readonly name: string;
  readonly title: string;
  readonly source: string;
  readonly origin: "lastfm" | null;
  readonly wrote: (layout: Layout, head: string) => boolean;
}

const lastfm = { source: "lastfm-file", origin: "lastfm" } as const;

/** Returns true for a layout of this kind with any of these fields. */
const hasOne =
  (kind: Layout["kind"], ...fields: readonly string[]): Program["wrote"] =>
  (layout) =>
    layout.kind === kind && layout.names.some((each) => fields.includes(each.toLowerCase()));

/** The first that wrote a file names its source. */
const programs: readonly Program[] = [
  { ...lastfm, name: "lastfm-csv", title: "Last.fm dump (CSV)", wrote: hasOne("table", "uts") },
  { ...lastfm, name: "lastfm-to-csv", title: "lastfm-to-csv", wrote: (_, head) => isLastfmToCsv(head) },
  {
    ...lastfm,
    name: "lastfmstats-csv",
    title: "lastfmstats.com (CSV)",
    wrote: (_, head) => /^"?Artist"?;"?Album"?;(?:"?AlbumId"?;)?"?Track"?;"?Date/i.test(head),
  },
  {
    ...lastfm,
    name: "lastfmstats-json",
    title: "lastfmstats.com (JSON)",
    wrote: hasOne("list", "scrobbles"),
  },
  {
    ...lastfm,
    name: "lastfm-json",
    title: "Last.fm dump (JSON)",
    wrote: ({ names }) => ["#text", "streamable", "unixtimestamp"].some((each) => names.includes(each)),
  },
  {
    name: "librefm-csv",
    title: "Libre.fm",
    source: "librefm",
    origin: null,
    wrote: ({ kind }, head) => kind === "table" && isComment(head),
  },
  {
    name: "pano-scrobbler",
    title: "Pano Scrobbler",
    source: "pano",
    origin: null,
    wrote: hasOne("lines", "timems"),
  },
  { name: "plays", title: "List of plays", source: "file", origin: null, wrote: () => true },
];

/** null: the file has no artist, no track or no time. */
export function savedPlays(head: string, userNames: ColumnNames): FileFormat | null {
  const layout = layoutOf(head);
  if (missingColumns(findColumns(layout.names, userNames)).length > 0) return null;
  const program = programs.find(({ wrote }) => wrote(layout, head));
  if (program === undefined) return null;
  const { name: formatName, title, source, origin } = program;
  return {
    name: formatName,
    title,
    source,
    detect: () => true,
    sourceOf: ({ precisionSeconds }) => {
      if (precisionSeconds === 1) return source;
      if (precisionSeconds === daySeconds) return "file-days";
      return origin === "lastfm" ? "lastfm-to-csv" : "file-minutes";
    },
    read: (file, sink) => {
      const readPlay = playReader(file, sink, program, userNames);
      return layout.read(file, (row) => takePlay(sink, readPlay(row)));
    },
  };
}

/** What keeps a file from being read as plays: columns that are missing, and names by the user that it does not have. */
export function missingIn(head: string, userNames: ColumnNames) {
  const { names } = layoutOf(head);
  return {
    names,
    missing: missingColumns(findColumns(names, userNames)),
    unknown: unknownNames(names, userNames),
  };
}

function playReader(
  file: TextFile,
  sink: FileSink,
  { name: program, origin }: Program,
  userNames: ColumnNames,
): (row: Node) => PlayFacts | LeftOutRule {
  // Last.fm writes UTC.
  const fromWall = wallClock(origin === "lastfm" ? "UTC" : file.tableZone);
  const dayStart = wallClock(file.zone);
  const columnsOf = columnFinder(userNames);
  const startOf = (time: WrittenTime): number => {
    if (time.hasZone) return time.uts;
    if (time.precisionSeconds === daySeconds) return dayStart(time.uts);
    if (origin !== "lastfm") sink.assumeZone();
    return fromWall(time.uts);
  };
  return (row) => {
    if (program === "pano-scrobbler" && name(field(row, "event")) !== "scrobble") return "event";
    const columns = columnsOf(row);
    const track = cell(row, columns.track);
    const inner = isObject(track) ? columnsOf(track) : undefined;
    const artist = columns.artist === undefined ? cell(track, inner?.artist) : cell(row, columns.artist);
    const album = columns.album === undefined ? cell(track, inner?.album) : cell(row, columns.album);
    const releaseMbid = isObject(album) ? cell(album, "mbid") : cell(row, columns.releaseMbid);
    const time = timeIn(row, columns.times);
    const ms = numberOrNull(cell(row, columns.durationMs));
    return {
      startUts: pastUts(time === null ? null : startOf(time), file),
      precisionSeconds: time?.precisionSeconds ?? 1,
      artist: nameIn(artist),
      albumArtist: nameIn(cell(row, columns.albumArtist)) || null,
      album: nameIn(album),
      title: nameIn(track),
      durationSeconds: lengthOf(ms === null ? null : ms / 1000),
      // Last.fm's are not those of recordings.
      recordingMbid: origin === "lastfm" ? null : mbidOrNull(cell(row, columns.recordingMbid)),
      releaseMbid: mbidOrNull(releaseMbid),
      origin,
    };
  };
}

/** Rows with the same fields have the same columns. */
function columnFinder(userNames: ColumnNames): (row: Node) => FoundColumns {
  let names: readonly string[] = [];
  let columns = findColumns(names);
  return (row) => {
    const rowNames = fieldNames(row);
    if (rowNames.length !== names.length || rowNames.some((each, at) => each !== names[at])) {
      names = rowNames;
      columns = findColumns(rowNames, userNames);
    }
    return columns;
  };
}

/** An empty node if there is no such column. */
function cell(row: Node, column: string | undefined): Node {
  return column === undefined ? field(root({}), "") : field(row, column);
}

/** Programs write a name as text, as {"#text": name}, {"name": name} or {"title": name}, and several in a list. */
function nameIn(node: Node): string {
  if (isList(node)) {
    return items(node)
      .map(nameIn)
      .filter((each) => each !== "")
      .join(", ");
  }
  if (!isObject(node)) return name(node);
  return name(field(node, "#text")) || name(field(node, "name")) || name(field(node, "title"));
}

/** What programs write in place of a time. */
const noTime = new Set(["", "nan", "nat", "none", "null", "now playing"]);

/** The first time that can be read; null if there is none. Throws UnreadTime if none of several texts is a time. */
function timeIn(row: Node, columns: readonly string[]): WrittenTime | null {
  let unread: string | undefined;
  for (const column of columns) {
    const node = field(row, column);
    if (isObject(node)) return timeIn(node, innerTimeFields);
    const text = name(node).trim();
    if (noTime.has(text.toLowerCase())) continue;
    const time = parseTime(text);
    // A day and the time of day may be two columns.
    if (time !== null && unread !== undefined) return parseTime(`${text} ${unread}`) ?? time;
    if (time !== null) return time;
    unread ??= text;
  }
  if (unread !== undefined) throw new UnreadTime(unread);
  return null;
}

function tableIn(head: string): Table {
  const table = headerIn(head);
  return isLastfmToCsv(head)
    ? { ...table, columns: ["artist", "album", "track", "date"], hasHeader: false }
    : table;
}

/** artist,album,track,23 Feb 2016 17:59: without a header, without the quotes and commas of names. */
function isLastfmToCsv(head: string): boolean {
  if (/^\s*[[{]/.test(head) || missingColumns(findColumns(headerIn(head).columns)).length === 0) return false;
  return head.split("\n", 20).some((line) => {
    const [names, minute] =
      /^(.*),"?(\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d)"?\r?$/.exec(line)?.slice(1) ?? [];
    return minute !== undefined && names?.includes(",") === true && !/[;\t]/.test(names);
  });
}
