// Documents of the user's decisions, logged plays, and tracks that a recogniser heard.
import {
  count,
  flag,
  instant,
  integer,
  list,
  withMeaning,
  object,
  orNull,
  text,
  word,
  type ValueOf,
  optional,
} from "./json-schema.ts";
import { pagination } from "./shared-fields.ts";

const namedAlbumSchema = object({
  id: orNull(count("album number, 12 is a12 in tables; null if it is not in your plays now")),
  artist_name: text("name as scrobbled"),
  album_name: text("name as scrobbled"),
});
export type NamedAlbum = ValueOf<typeof namedAlbumSchema>;

export const decisionsSchema = object({
  decisions: list(
    object({
      record_id: orNull(
        count("number of the first record it applies to; null if none is in the collection now"),
      ),
      release_id: integer("release id at Discogs"),
      instance_id: orNull(
        integer("instance id of the one copy it applies to; null for all copies of the release"),
      ),
      artist: orNull(text("artists as on the release")),
      title: orNull(text("title of the release")),
      mode: word(
        ["adjust", "only", "none"],
        "adjust: the matcher's albums with these changes; only: just the added albums; none: no album",
      ),
      add: list(namedAlbumSchema, "albums to credit"),
      not: list(namedAlbumSchema, "albums not to credit"),
      decided_at: orNull(instant("time in UTC")),
    }),
    "oldest first",
  ),
});
export type DecisionsDocument = ValueOf<typeof decisionsSchema>;

export const importSchema = object({
  decisions: count("number in the file"),
  aliases: count("number in the file"),
  noted_plays: count("number in the file"),
  hidden_albums: count("number in the file"),
  snoozes: count("number in the file"),
  review_notes: count("number in the file"),
  added: count("entries that are new here"),
  changed: count("entries that replaced others"),
  unchanged: count("entries that were here already"),
  without_record: count("decisions about releases that are not in the collection now; they are kept"),
  without_album: count("decisions about albums that are not in your plays now; they are kept"),
});
export type ImportDocument = ValueOf<typeof importSchema>;

const pairSchema = object({ name: text("one spelling"), same_as: text("the name it is treated as") });
export type ContractPair = ValueOf<typeof pairSchema>;

export const aliasesSchema = object({ aliases: list(pairSchema, "sorted by name") });
export type AliasesDocument = ValueOf<typeof aliasesSchema>;

export const aliasChangeSchema = object({
  added: list(pairSchema, "aliases"),
  removed: list(pairSchema, "aliases"),
  records_changed: orNull(count("number of records with a changed match; null while a sync is running")),
});
export type AliasChangeDocument = ValueOf<typeof aliasChangeSchema>;

export const snoozesSchema = object({
  snoozes: list(
    object({
      record_id: orNull(count("number of the first record; null if none is in the collection now")),
      artist: text("of the release you named"),
      title: text("of the release you named"),
      until: orNull(instant("time in UTC; null until you undo it")),
      snoozed_at: orNull(instant("time in UTC")),
    }),
    "newest first",
  ),
});
export type SnoozesDocument = ValueOf<typeof snoozesSchema>;

export const hidingSchema = object({
  albums: list(
    object({
      id: count("album number in this cache; 219 is a219 in tables"),
      album_name: text("name as scrobbled"),
      artist_name: text("name as scrobbled"),
      hidden: flag("true if it is hidden now"),
      changed: flag("true if this command changed it"),
    }),
    "the albums you named",
  ),
});
export type HidingDocument = ValueOf<typeof hidingSchema>;

const sessionSchema = object({
  uuid: text("identifies this play in every cache"),
  record_id: orNull(
    count("number of the copy, or of the first copy of the release; null if none is in the collection now"),
  ),
  release_id: integer("release id at Discogs"),
  instance_id: orNull(integer("instance id of the copy; null if unknown")),
  artist: orNull(text("name of the release; null if the release is unknown")),
  title: orNull(text("name of the release; null if the release is unknown")),
  played_at: orNull(instant("start of the play, in UTC; noon if only the day is known")),
  precision: word(["time", "day"], "time, or day if only the day is known"),
  source: word(
    ["user", "recogniser", "field"],
    "user if you logged it, recogniser if a program heard it, field if it is from a custom field of the collection",
  ),
  note: text("your note"),
  noted_at: orNull(instant("time in UTC")),
  tracks: list(
    object({
      position: text("as printed: A1"),
      artist: text("name of the track"),
      title: text("name of the track"),
      duration: count("in seconds"),
      guessed: flag("true if the duration is a guess"),
      inferred: flag("true if a recogniser heard only tracks around it"),
      played_at: orNull(instant("start of the track, in UTC; null if only the day is known")),
      state: text("new, unknown, ignored or sent"),
      reason: orNull(text("why it was ignored; null if it was not")),
      listenbrainz_state: orNull(
        text(
          "the same at ListenBrainz, or queued: taken, not listed yet; null if it is not to be sent there",
        ),
      ),
      listenbrainz_reason: orNull(text("why ListenBrainz ignored it; null if it did not")),
    }),
    "tracks in playing order; empty if unknown",
  ),
});
export type ContractSession = ValueOf<typeof sessionSchema>;

export const notedSchema = object({
  data: list(sessionSchema, "plays, the newest first"),
  pagination,
});
export type NotedDocument = ValueOf<typeof notedSchema>;

export const noteSchema = object({
  noted: withMeaning("the logged play", sessionSchema),
  dry_run: flag("true if nothing was saved"),
});
export type NoteDocument = ValueOf<typeof noteSchema>;

export const undoSchema = object({ undone: withMeaning("the play that was removed", sessionSchema) });
export type UndoDocument = ValueOf<typeof undoSchema>;

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
