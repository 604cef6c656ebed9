// The document of rewind sources.
import { count, instant, integer, list, object, orNull, text, type ValueOf, word } from "./json-schema.ts";

export const sourcesSchema = object({
  data: list(
    object({
      name: text("lastfm, listenbrainz, spotify, apple …"),
      kind: word(["service", "file"], "service or file"),
      plays: count("plays that the source has"),
      shared: count("of these, the plays that another source has as well"),
      first: orNull(instant("the oldest play, in UTC; null if no play has a date")),
      last: orNull(instant("the newest play, in UTC; null if no play has a date")),
      offsets: list(
        object({
          seconds: integer("how far its clock was ahead of the other sources"),
          from: orNull(instant("in UTC")),
          to: orNull(instant("exclusive, in UTC")),
          plays: count("plays that agree on it"),
        }),
        "times in which its clock was found to be wrong, oldest first",
      ),
      read_at: orNull(instant("when it was last read, in UTC; null if unknown")),
    }),
    "the listening sources; the best first",
  ),
  plays: count("plays of all sources, each counted once"),
});
export type SourcesDocument = ValueOf<typeof sourcesSchema>;

export const recordPlaysSchema = object({
  record: count("number of the record"),
  data: list(
    object({
      played_at: orNull(instant("when it began, in UTC; null if unknown")),
      precision_seconds: integer("1, 60 or 86400: to the second, the minute or the day"),
      artist_name: text("artist of the track"),
      track_name: text("title of the track"),
      album_name: text("album tag; empty if there is none"),
      sources: list(text(), "names of the sources that have this play"),
    }),
    "plays of the credited albums, newest first",
  ),
});
export type RecordPlaysDocument = ValueOf<typeof recordPlaysSchema>;

export const removedSourceSchema = object({
  removed: text("name of the source"),
  removed_plays: count("plays that it had"),
  plays: count("plays of the other sources, each counted once"),
});
export type RemovedSourceDocument = ValueOf<typeof removedSourceSchema>;
