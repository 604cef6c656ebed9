// The shape of a reader of exported files, and of what it hands over.
import type { Readable } from "node:stream";
import type { Node } from "../../model/decode.ts";
import type { SourcePlay } from "../../model/listening-sources.ts";
import type { LeftOutRule } from "./play-rules.ts";
import { UsageError } from "../../model/errors.ts";

/** A file on the disk or in a zip. */
export interface InputFile {
  /** "my_spotify_data.zip: MyData/endsong_0.json" */
  readonly name: string;
  readonly bytes: number;
  open(): Promise<Readable>;
}

export interface TextFile extends InputFile {
  /** Node's name of the encoding. */
  readonly encoding: string;
  readonly head: string;
  /** Later times than a day after this are wrong. Milliseconds since 1970. */
  readonly nowMs: number;
  /** IANA zone of the device that wrote the file, for formats with times that have none. */
  readonly zone: string;
  /** IANA zone of times without one in tables: UTC unless the user named one. */
  readonly tableZone: string;
  readonly onBytes: (bytes: number) => void;
}

/** A row that may be a part of a play or a copy of another row. All rows of such a source have these facts. */
export interface PlayPart {
  /** Names the track within the source. */
  readonly trackKey: string;
  readonly endUts: number;
  readonly playedMs: number;
  /** The whole track; null if unknown. */
  readonly lengthMs: number | null;
  readonly isPlayedOut: boolean;
  /** The next row of the same track may continue this one. */
  readonly isInterrupted: boolean;
  /** The places in the track where the play began and ended; null if unknown. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /** Rows without an artist have the one to use if no hint names it, and the day in the user's zone, as 20260215. */
  readonly fallbackArtist?: string;
  readonly localDay?: number;
}

/** Names the artist of a title, for rows of the same source that lack it. */
interface ArtistHint {
  readonly title: string;
  readonly artist: string;
  readonly album: string | null;
  readonly localDay: number | null;
}

/** The kind of a time without a zone: in a table, in a .scrobbler.log, or a day without a time. */
export type ZonelessTime = "table" | "log" | "day";

export interface FileSink {
  addPlay(play: SourcePlay, part?: PlayPart): void;
  leaveOut(rule: LeftOutRule): void;
  addArtistHint(hint: ArtistHint): void;
  /** A time had no zone, so that of the user or a default was taken. */
  reportZonelessTime(kind: ZonelessTime): void;
}

interface FormatFacts {
  readonly name: string;
  /** "Spotify extended history" */
  readonly title: string;
  /** The listening source that its plays belong to. */
  readonly source: string;
  /** `head` is the beginning of a file. */
  readonly detect: (head: string) => boolean;
}

export interface FileFormat extends FormatFacts {
  readonly read: (file: TextFile, sink: FileSink) => Promise<void>;
  /** The source of a play, if it is not always the same. */
  readonly sourceOf?: (play: SourcePlay) => string;
}

const defaultPlayFacts = {
  precisionSeconds: 1,
  albumArtist: null,
  album: "",
  durationSeconds: null,
  recordingMbid: null,
  releaseMbid: null,
  releaseGroupMbid: null,
  origin: null,
  isEndStamped: false,
  hasOwnAlbum: true,
  sourceKey: null,
} as const;

const maxTrackSeconds = 100 * 3600;

/** A length in whole seconds; null for none, and for one that no track has. */
export function toDurationSeconds(seconds: number | null): number | null {
  const whole = Math.round(seconds ?? 0);
  return whole > 0 && whole <= maxTrackSeconds ? whole : null;
}

export type PlayFacts = Pick<SourcePlay, "artist" | "title"> &
  Partial<Omit<SourcePlay, "startUts">> & {
    /** null: none, or an impossible one. */
    readonly startUts: number | null;
    readonly part?: PlayPart;
  };

export interface RowFormat extends FormatFacts {
  /** Reads a row: the play, or the rule that leaves it out. */
  readonly readRow: (row: Node, file: TextFile) => PlayFacts | LeftOutRule;
}

export function toSourcePlay(facts: PlayFacts & { readonly startUts: number }): SourcePlay {
  return { ...defaultPlayFacts, ...facts };
}

/** Takes a play, or leaves it out if it has no names or no possible time. */
export function emitPlay(sink: FileSink, row: PlayFacts | LeftOutRule): void {
  if (typeof row === "string") return sink.leaveOut(row);
  const { startUts, part, ...play } = row;
  const isNamed = play.title !== "" && (play.artist !== "" || part?.fallbackArtist !== undefined);
  if (!isNamed) return sink.leaveOut("nameless");
  if (startUts === null) return sink.leaveOut("undated");
  sink.addPlay(toSourcePlay({ ...play, startUts }), part);
}

/** Recognises JSON by its beginning, and by the names of fields in it. `|` separates other names. */
export function createJsonDetector(
  opening: "{" | "[{",
  ...fields: readonly string[]
): (head: string) => boolean {
  const isJson = opening === "{" ? /^\s*\{/ : /^\s*\[\s*\{/;
  const forms = fields.map((name) => new RegExp(`"(?:${name})"\\s*:`));
  return (head) => isJson.test(head) && forms.every((form) => form.test(head));
}

const nothingImported = "Nothing was imported.";

export class UnreadableFile extends UsageError {
  constructor(file: string, line: number | null, why: string, hint = nothingImported) {
    super(`${file}${line === null ? "" : `, line ${line}`}: ${why}`, hint);
  }
}

/** A failure to read a file in words. yauzl and zlib say of a zip in many ways that its data is wrong. */
export function createReadError(file: string, error: unknown): UnreadableFile {
  if (error instanceof UnreadableFile) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ENOENT") return new UnreadableFile(file, null, "there is no such file");
  if (/^E[A-Z]+$/.test(code)) return new UnreadableFile(file, null, `it can't be read (${code})`);
  const why = "the zip is damaged, was cut off, or has a file name that leads out of it";
  return new UnreadableFile(file, null, why);
}
