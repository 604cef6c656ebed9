// The document of rewind import.
import { count, flag, instant, integer, list, object, orNull, text, type ValueOf } from "./json-schema.ts";

const importedPlaySchema = object({
  played_at: orNull(instant("start of the play, in UTC")),
  precision_seconds: integer("1, 60 or 86400: to the second, the minute or the day"),
  artist_name: text("artist of the track, as in the file; empty if unknown"),
  album_name: text("album, as in the file; empty if unknown"),
  track_name: text("title of the track"),
});

export const fileImportSchema = object({
  dry_run: flag("true if the cache is unchanged"),
  files: list(
    object({
      name: text("file name as you gave it, with the name within a zip"),
      format: text("format, recognised by the content"),
      source: text("name of the listening source, as in rewind sources"),
    }),
    "files with listening history",
  ),
  other_files: count("files in folders and zips without listening history"),
  sources: list(
    object({
      name: text("name of the source: spotify, apple …"),
      rows: count("rows in its files; each is a play or left out"),
      plays: count("plays in its files"),
      added: count("number of new plays; in a dry run, of plays that would be new"),
      days: count("number of days with a play, in your time zone"),
      first: orNull(importedPlaySchema),
      last: orNull(importedPlaySchema),
      left_out: list(
        object({
          rule: text("short name of the rule"),
          meaning: text("the rule in words"),
          rows: count("number of rows"),
        }),
        "rows that were left out, by rule",
      ),
    }),
    "listening sources, by name",
  ),
});
export type FileImportDocument = ValueOf<typeof fileImportSchema>;
