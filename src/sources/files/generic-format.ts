// Histories with a play in each row, as CSV, JSON or JSON Lines: those of Last.fm as many tools saved them, and of any other
// program. Their fields tell them apart. Plays that a file dates to the minute or the day are sources of their own,
// since another file of the same history may have the seconds: merging joins them.
import { toPrecisionSeconds } from "../../model/listening-sources.ts";
import { daySeconds } from "../../model/times.ts";
import {
  getField,
  listFieldNames,
  isList,
  isObject,
  decodeItems,
  decodeMbidOrNull,
  decodeShortText,
  type Node,
  decodeNumberOrNull,
  createRootNode,
} from "../../model/decode.ts";
import { parseHeader, isComment, isTable, readCsv, type Table } from "./csv-rows.ts";
import {
  type FileFormat,
  type FileSink,
  toDurationSeconds,
  type PlayFacts,
  emitPlay,
  type TextFile,
} from "./file-format.ts";
import { toValidUts, createWallClockConverter } from "./file-times.ts";
import { isJsonLines, readJson, readJsonLines, UnreadTime } from "./json-entries.ts";
import {
  type ColumnNames,
  findColumns,
  type FoundColumns,
  innerTimeFields,
  findMissingColumns,
  findUnknownNames,
} from "./play-columns.ts";
import type { LeftOutRule } from "./play-rules.ts";
import { parseTime, type ParsedTime } from "./parse-time.ts";

/** How the fields of a file are written, and what they are called. */
interface Layout {
  readonly kind: "table" | "list" | "lines";
  readonly names: readonly string[];
  readonly read: (file: TextFile, each: (row: Node) => void) => Promise<void>;
}

function detectLayout(head: string): Layout {
  if (!/^\s*[[{]/.test(head)) {
    const table = readTableHead(head);
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
    const page = isObject(getField(entry, "recenttracks")) ? getField(entry, "recenttracks") : entry;
    const tracks = getField(page, "track");
    for (const row of isList(tracks) ? decodeItems(tracks) : [page]) each(row);
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
const hasAnyField =
  (kind: Layout["kind"], ...fields: readonly string[]): Program["wrote"] =>
  (layout) =>
    layout.kind === kind && layout.names.some((each) => fields.includes(each.toLowerCase()));

/** The first that wrote a file names its source. */
const programs: readonly Program[] = [
  { ...lastfm, name: "lastfm-csv", title: "Last.fm dump (CSV)", wrote: hasAnyField("table", "uts") },
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
    wrote: hasAnyField("list", "scrobbles"),
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
    wrote: hasAnyField("lines", "timems"),
  },
  { name: "plays", title: "List of plays", source: "file", origin: null, wrote: () => true },
];

/** null: the file has no artist, no track or no time. */
export function detectGenericFormat(head: string, userNames: ColumnNames): FileFormat | null {
  const layout = detectLayout(head);
  if (findMissingColumns(findColumns(layout.names, userNames)).length > 0) return null;
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
      const readPlay = createPlayReader(file, sink, program, userNames);
      return layout.read(file, (row) => emitPlay(sink, readPlay(row)));
    },
  };
}

/** Finds why a file cannot be read as plays: columns that are missing, and names by the user that it does not have. */
export function inspectColumns(head: string, userNames: ColumnNames) {
  const { kind, names } = detectLayout(head);
  return {
    names,
    isTable: kind === "table" && isTable(head),
    missing: findMissingColumns(findColumns(names, userNames)),
    unknown: findUnknownNames(names, userNames),
  };
}

function createPlayReader(
  file: TextFile,
  sink: FileSink,
  { name: program, origin }: Program,
  userNames: ColumnNames,
): (row: Node) => PlayFacts | LeftOutRule {
  // Last.fm writes UTC.
  const fromWall = createWallClockConverter(origin === "lastfm" ? "UTC" : file.tableZone);
  const dayStart = createWallClockConverter(file.zone);
  const locateColumns = createColumnFinder(userNames);
  const toStartUts = (time: ParsedTime): number => {
    if (time.hasZone) return time.uts;
    if (time.precisionSeconds === daySeconds) {
      sink.reportZonelessTime("day");
      return dayStart(time.uts);
    }
    if (origin !== "lastfm") sink.reportZonelessTime("table");
    return fromWall(time.uts);
  };
  return (row) => {
    if (program === "pano-scrobbler" && decodeShortText(getField(row, "event")) !== "scrobble")
      return "event";
    const columns = locateColumns(row);
    const track = getCell(row, columns.track);
    const inner = isObject(track) ? locateColumns(track) : undefined;
    const artist =
      columns.artist === undefined ? getCell(track, inner?.artist) : getCell(row, columns.artist);
    const album = columns.album === undefined ? getCell(track, inner?.album) : getCell(row, columns.album);
    const releaseMbid = isObject(album) ? getCell(album, "mbid") : getCell(row, columns.releaseMbid);
    const time = decodeTime(row, columns.times);
    const statedPrecision = toPrecisionSeconds(decodeNumberOrNull(getCell(row, columns.precisionSeconds)));
    const ms = decodeNumberOrNull(getCell(row, columns.durationMs));
    return {
      startUts: toValidUts(time === null ? null : toStartUts(time), file),
      precisionSeconds: statedPrecision === 1 ? (time?.precisionSeconds ?? 1) : statedPrecision,
      artist: decodeName(artist),
      albumArtist: decodeName(getCell(row, columns.albumArtist)) || null,
      album: decodeName(album),
      title: decodeName(track),
      durationSeconds: toDurationSeconds(ms === null ? null : ms / 1000),
      // Last.fm's are not those of recordings.
      recordingMbid: origin === "lastfm" ? null : decodeMbidOrNull(getCell(row, columns.recordingMbid)),
      releaseMbid: decodeMbidOrNull(releaseMbid),
      origin,
    };
  };
}

/** Rows with the same fields have the same columns. */
function createColumnFinder(userNames: ColumnNames): (row: Node) => FoundColumns {
  let names: readonly string[] = [];
  let columns = findColumns(names);
  return (row) => {
    const rowNames = listFieldNames(row);
    if (rowNames.length !== names.length || rowNames.some((each, at) => each !== names[at])) {
      names = rowNames;
      columns = findColumns(rowNames, userNames);
    }
    return columns;
  };
}

/** An empty node if there is no such column. */
function getCell(row: Node, column: string | undefined): Node {
  return column === undefined ? getField(createRootNode({}), "") : getField(row, column);
}

/** Programs write a name as text, as {"#text": name}, {"name": name} or {"title": name}, and several in a list. */
function decodeName(node: Node): string {
  if (isList(node)) {
    return decodeItems(node)
      .map(decodeName)
      .filter((each) => each !== "")
      .join(", ");
  }
  if (!isObject(node)) return decodeShortText(node);
  return (
    decodeShortText(getField(node, "#text")) ||
    decodeShortText(getField(node, "name")) ||
    decodeShortText(getField(node, "title"))
  );
}

/** Words that programs write in place of a time. */
const emptyTimeTexts = new Set(["", "nan", "nat", "none", "null", "now playing"]);

/** The first time that can be read; null if there is none. Throws UnreadTime if none of several texts is a time. */
function decodeTime(row: Node, columns: readonly string[]): ParsedTime | null {
  let unread: string | undefined;
  for (const column of columns) {
    const node = getField(row, column);
    if (isObject(node)) return decodeTime(node, innerTimeFields);
    const text = decodeShortText(node).trim();
    if (emptyTimeTexts.has(text.toLowerCase())) continue;
    const time = parseTime(text);
    // A day and the time of day may be two columns.
    if (time !== null && unread !== undefined) return parseTime(`${text} ${unread}`) ?? time;
    if (time !== null) return time;
    unread ??= text;
  }
  if (unread !== undefined) throw new UnreadTime(unread);
  return null;
}

function readTableHead(head: string): Table {
  const table = parseHeader(head);
  return isLastfmToCsv(head)
    ? { ...table, columns: ["artist", "album", "track", "date"], hasHeader: false }
    : table;
}

/** artist,album,track,23 Feb 2016 17:59: without a header, without the quotes and commas of names. */
function isLastfmToCsv(head: string): boolean {
  if (/^\s*[[{]/.test(head) || findMissingColumns(findColumns(parseHeader(head).columns)).length === 0)
    return false;
  return head.split("\n", 20).some((line) => {
    const [names, minute] =
      /^(.*),"?(\d{1,2} [A-Z][a-z]{2} \d{4},? \d\d:\d\d)"?\r?$/.exec(line)?.slice(1) ?? [];
    return minute !== undefined && names?.includes(",") === true && !/[;\t]/.test(names);
  });
}
