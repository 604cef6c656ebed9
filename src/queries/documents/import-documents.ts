// The document of rewind import.
import { count, flag, instant, integer, list, object, orNull, text, type ValueOf } from "./json-schema.ts";

const importedPlaySchema = object({
  played_at: orNull(instant("when it began, in UTC")),
  precision_seconds: integer("1, 60 or 86400: to the second, the minute or the day"),
  artist: text("of the track, as the file has it; empty if the file does not say"),
  album: text("empty if the file does not say"),
  title: text("of the track"),
});

export const fileImportSchema = object({
  dry_run: flag("whether the cache is unchanged"),
  files: list(
    object({
      name: text("as given, with the name within a zip"),
      format: text("what its content says that it is"),
      source: text("listening source that its plays belong to"),
    }),
    "that have listening history",
  ),
  other_files: count("files in folders and zips that have none"),
  sources: list(
    object({
      name: text("spotify, apple …"),
      rows: count("in its files: a play each, or left out"),
      plays: count("in its files"),
      added: count("plays that are new here; in a dry run those that would be"),
      days: count("days of your time zone with a play"),
      first: orNull(importedPlaySchema),
      last: orNull(importedPlaySchema),
      left_out: list(
        object({
          rule: text("short name"),
          meaning: text("the rule in words"),
          rows: count("number of rows"),
        }),
        "rows that are no plays of their own",
      ),
    }),
    "by name",
  ),
});
export type FileImportDocument = ValueOf<typeof fileImportSchema>;
