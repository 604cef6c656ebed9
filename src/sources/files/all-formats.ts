import { appleActivity, appleDaily, appleLibrary } from "./apple-music.ts";
import type { FileFormat } from "./file-format.ts";
import {
  listenbrainzJson,
  listenbrainzLines,
  koitoExport,
  malojaExport,
  scrobblerLog,
} from "./other-exports.ts";
import type { ColumnNames } from "./play-columns.ts";
import { inspectColumns, detectGenericFormat } from "./generic-format.ts";
import { rewindLines, rewindTable } from "./rewind-export.ts";
import {
  spotifyAccount,
  spotifyAccountTable,
  spotifyHistory,
  spotifyHistoryTable,
} from "./spotify-history.ts";

/** Formats with more to read than an artist, a track and a time. No file has two of them. */
export const fileFormats: readonly FileFormat[] = [
  spotifyHistory,
  spotifyHistoryTable,
  spotifyAccount,
  spotifyAccountTable,
  appleActivity,
  appleDaily,
  appleLibrary,
  rewindLines,
  rewindTable,
  listenbrainzLines,
  listenbrainzJson,
  malojaExport,
  koitoExport,
  scrobblerLog,
];

/** `head` is the beginning of a file; `userNames` are what the user calls its columns. null: it is no history. */
export function detectFormat(head: string, userNames: ColumnNames = {}): FileFormat | null {
  return fileFormats.find(({ detect }) => detect(head)) ?? detectGenericFormat(head, userNames);
}

export function isServiceExport(format: FileFormat): boolean {
  return fileFormats.includes(format);
}

/** Any program may have written it. */
export function isListOfPlays({ name }: FileFormat): boolean {
  return name === "plays";
}

const layoutHint =
  "A layout that works: artist,track,album,time and rows as Can,Halleluhwah,Tago Mago,2024-02-03T20:17:05Z";

export const unrecognisedFile = {
  why: "this is not a listening history that rewind can read",
  hint: `It reads exports of services and any table of plays: rewind import --help\n${layoutHint}`,
};

/** Says why a file that the user named can't be read; null if it can. */
export function explainRefusal(
  head: string,
  format: FileFormat | null,
  userNames: ColumnNames,
): { readonly why: string; readonly hint: string } | null {
  if (format !== null && isServiceExport(format)) return null;
  const { names, isTable, missing, unknown } = inspectColumns(head, userNames);
  const columns = names.slice(0, 10).map((each) => each.slice(0, 30));
  if (names.includes("catalog") && names.includes("release_id")) {
    return {
      why: "this is a list of records from Discogs, not of plays",
      hint: "rewind fetches your collection and wantlist itself. Run: rewind login, then rewind sync",
    };
  }
  const [name] = unknown;
  if (name !== undefined) {
    return { why: `it has no column "${name}"`, hint: `Its columns: ${columns.join(", ")}` };
  }
  if (format !== null) return null;
  if (head.trim() === "") return { why: "the file is empty", hint: "Nothing was imported." };
  if (/"decisions"\s*:/.test(head)) {
    return { ...unrecognisedFile, hint: "These are decisions. Run: rewind links import FILE" };
  }
  if (names.length < 2 || (missing.length === 3 && !isTable)) return unrecognisedFile;
  return {
    why: `${unrecognisedFile.why}: no column is the ${missing.join(", and none the ")}`,
    hint: `Its columns: ${columns.join(", ")}. To choose: rewind import FILE --columns ${missing.map((column) => `${column}=COLUMN`).join(",")}\n${layoutHint}`,
  };
}
