// Documents of tracks that a recogniser heard.
import {
  count,
  instant,
  integer,
  list,
  object,
  optional,
  orNull,
  text,
  word,
  type ValueOf,
} from "./json-schema.ts";

const states = ["logged", "pending", "alone", "ignored"] as const;

const recordFields = {
  record_id: orNull(count("number of the copy, or of its first copy; null if the record is not certain")),
  release_id: orNull(integer("release id at Discogs; null if the record is not certain")),
  record: orNull(text("artist and title of the record; null if it is not certain")),
};

export const recognisedSchema = object({
  artist: orNull(text("as sent; null if the line can't be read")),
  title: orNull(text("as sent; null if the line can't be read")),
  at: orNull(instant("when it was heard, in UTC; null if the line can't be read")),
  state: word(
    states,
    "logged; pending if several records fit; alone until a second track of the record is heard; or ignored",
  ),
  ...recordFields,
  side: orNull(text("side of the record, like A; null if there are none, or if the record is not certain")),
  position: orNull(text("the track as printed, like A1; null if the record is not certain")),
  uuid: orNull(text("the logged play, or the entry of rewind played --pending; null if it is ignored")),
  reason: orNull(text("why it is not logged; null if it is")),
});
export type RecognisedAnswer = ValueOf<typeof recognisedSchema>;

/** The same over HTTP and MCP. */
export const recognisedListSchema = object({ data: list(recognisedSchema, "one for each track sent") });
export type RecognisedList = ValueOf<typeof recognisedListSchema>;

/** What a recogniser sends. */
export const recognitionSchema = object({
  artist: text("artist of the track"),
  title: text("title of the track"),
  album: optional(text("album that the recogniser names; it does not decide which record it was")),
  at: optional(text("when it was heard, like 2026-03-14T20:15:00Z; default: now")),
  source: optional(text("name of the recogniser")),
});

export const pendingSchema = object({
  data: list(
    object({
      uuid: text("entry, for rewind played RECORD --pending ENTRY"),
      state: word(["pending", "alone"], "pending if several records fit, alone if only one track was heard"),
      from: orNull(instant("when its first track was heard, in UTC")),
      tracks: list(
        object({ artist: text("as sent"), title: text("as sent"), at: orNull(instant("time in UTC")) }),
        "tracks as they were heard",
      ),
      records: list(object(recordFields), "records that have these tracks"),
    }),
    "the newest first",
  ),
});
export type PendingDocument = ValueOf<typeof pendingSchema>;
