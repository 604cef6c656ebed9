// The document of rewind sources.
import { count, instant, integer, list, object, orNull, text, type ValueOf, word } from "./json-schema.ts";

export const sourcesSchema = object({
  data: list(
    object({
      name: text("name of the source: lastfm, listenbrainz, spotify, apple …"),
      kind: word(["service", "file"], "kind of source: service or file"),
      plays: count("plays that the source has"),
      shared: count("number of these plays that another source has too"),
      first: orNull(instant("the oldest play, in UTC; null if no play has a date")),
      last: orNull(instant("the newest play, in UTC; null if no play has a date")),
      offsets: list(
        object({
          seconds: integer("how many seconds its clock was ahead of the other sources"),
          from: orNull(instant("start, in UTC; null for no start")),
          to: orNull(instant("end, exclusive, in UTC; null for no end")),
          plays: count("number of plays that show this offset"),
        }),
        "periods in which its clock was wrong, oldest first",
      ),
      read_at: orNull(instant("when it was last read, in UTC; null if unknown")),
    }),
    "listening sources; where two have the same play, the first one wins",
  ),
  plays: count(
    "plays of all sources, each counted once; without the listening service's history, the larger of its count and theirs",
  ),
});
export type SourcesDocument = ValueOf<typeof sourcesSchema>;

export const recordPlaysSchema = object({
  record: count("number of the record"),
  data: list(
    object({
      played_at: orNull(instant("start of the play, in UTC; null if unknown")),
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
  removed_plays: count("number of plays it had"),
  plays: count("plays of the other sources, each counted once"),
});
export type RemovedSourceDocument = ValueOf<typeof removedSourceSchema>;
