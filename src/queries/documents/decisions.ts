// Documents of the user's decisions and logged plays.
import { pagination } from "./parts.ts";
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
} from "./schema.ts";

const namedAlbumSchema = object({
  id: orNull(count("12 is a12 on the screens; null when it is not in your plays now")),
  artist_name: text("as scrobbled"),
  album_name: text("as scrobbled"),
});
export type NamedAlbum = ValueOf<typeof namedAlbumSchema>;

export const decisionsSchema = object({
  decisions: list(
    object({
      record_id: orNull(count("the first copy that it holds for; null when none is in the collection now")),
      release_id: integer("of the release at Discogs"),
      instance_id: orNull(integer("of the one copy that it holds for; null for all copies of the release")),
      artist: orNull(text("of the release")),
      title: orNull(text("of the release")),
      mode: word(["adjust", "only", "none"], "adjust what the matcher credits, only what is added, or none"),
      add: list(namedAlbumSchema, "albums that are credited"),
      not: list(namedAlbumSchema, "albums that are not"),
      decided_at: orNull(instant("in UTC")),
    }),
    "the oldest first",
  ),
});
export type DecisionsDocument = ValueOf<typeof decisionsSchema>;

export const importSchema = object({
  decisions: count("in the file"),
  aliases: count("in the file"),
  noted_plays: count("in the file"),
  hidden_albums: count("in the file"),
  snoozes: count("in the file"),
  review_notes: count("in the file"),
  added: count("of all, those that are new here"),
  changed: count("those that took the place of others"),
  unchanged: count("those that were here already"),
  without_record: count("decisions on releases that are not in the collection now; they are kept"),
  without_album: count("decisions on albums that are not in your plays now; they are kept"),
});
export type ImportDocument = ValueOf<typeof importSchema>;

const pairSchema = object({ name: text("one spelling"), same_as: text("the name that it is read as") });
export type ContractPair = ValueOf<typeof pairSchema>;

export const aliasesSchema = object({ aliases: list(pairSchema, "name by name") });
export type AliasesDocument = ValueOf<typeof aliasesSchema>;

export const aliasChangeSchema = object({
  added: list(pairSchema, "aliases"),
  removed: list(pairSchema, "aliases"),
  records_changed: orNull(count("how many records changed their match; null while a sync is running")),
});
export type AliasChangeDocument = ValueOf<typeof aliasChangeSchema>;

export const snoozesSchema = object({
  snoozes: list(
    object({
      record_id: orNull(count("the first of its records; null when none is in the collection now")),
      artist: text("of the release that was named"),
      title: text("of the release that was named"),
      until: orNull(instant("in UTC; null: until it is undone")),
      snoozed_at: orNull(instant("in UTC")),
    }),
    "the newest first",
  ),
});
export type SnoozesDocument = ValueOf<typeof snoozesSchema>;

export const hidingSchema = object({
  albums: list(
    object({
      id: count("the cache's own, as in a219"),
      album_name: text("as Last.fm spells it"),
      artist_name: text("as Last.fm spells it"),
      hidden: flag("whether it is hidden now"),
      changed: flag("whether it was otherwise before"),
    }),
    "each that was named",
  ),
});
export type HidingDocument = ValueOf<typeof hidingSchema>;

const sessionSchema = object({
  uuid: text("of this play, in every cache"),
  record_id: orNull(count("the copy, or the first of its release; null when none is in the collection now")),
  release_id: integer("of the release at Discogs"),
  instance_id: orNull(integer("of the copy; null when it is not known which one it was")),
  artist: orNull(text("of the release; null when the release is not known")),
  title: orNull(text("of the release; null when the release is not known")),
  played_at: orNull(instant("when it began, in UTC; of a day alone, its noon")),
  precision: word(["time", "day"], "time, or day where no time was given"),
  source: word(["user", "field"], "user, or field: read from a custom field of the collection"),
  note: text("your words"),
  noted_at: orNull(instant("in UTC")),
  tracks: list(
    object({
      position: text("as printed: A1"),
      artist: text("of the track"),
      title: text("of the track"),
      duration: count("in seconds"),
      guessed: flag("whether the duration is a guess"),
      played_at: orNull(instant("when it began, in UTC; null when the day alone is known")),
      state: text("new, unknown, ignored or sent to Last.fm"),
      reason: orNull(text("why it was ignored; null when it was not")),
    }),
    "in the order of playing; empty when they are not known",
  ),
});
export type ContractSession = ValueOf<typeof sessionSchema>;

export const notedSchema = object({
  data: list(sessionSchema, "a play each, the newest first"),
  pagination,
});
export type NotedDocument = ValueOf<typeof notedSchema>;

export const noteSchema = object({
  noted: withMeaning("what was noted", sessionSchema),
  dry_run: flag("whether nothing was kept"),
});
export type NoteDocument = ValueOf<typeof noteSchema>;

export const undoSchema = object({ undone: withMeaning("what was taken back", sessionSchema) });
export type UndoDocument = ValueOf<typeof undoSchema>;
