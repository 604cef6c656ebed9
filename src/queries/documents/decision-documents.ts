// Documents of the user's decisions, logged plays, and tracks that a recogniser heard.
import { otherTargetFields, targetFacts } from "../../model/play-targets.ts";
import * as s from "./json-schema.ts";
import { pagination } from "./shared-fields.ts";

const namedAlbumSchema = s.object({
  id: s.orNull(s.count("album number, 12 is a12 in tables; null if it is not in your plays now")),
  artist_name: s.text("name as in your plays"),
  album_name: s.text("name as in your plays"),
});
export type NamedAlbum = s.Infer<typeof namedAlbumSchema>;

export const decisionsSchema = s.object({
  decisions: s.rows("oldest first", {
    record_id: s.orNull(s.count("first record it applies to; null if none is in the collection now")),
    release_id: s.integer("release id on Discogs"),
    instance_id: s.orNull(s.integer("instance id of its one copy; null for all copies of the release")),
    artist: s.orNull(s.text("artists as on the release")),
    title: s.orNull(s.text("title of the release")),
    mode: s.word(
      ["adjust", "only", "none"],
      "adjust: the matcher's albums with these changes; only: just the added albums; none: no album",
    ),
    add: s.list(namedAlbumSchema, "albums to credit"),
    not: s.list(namedAlbumSchema, "albums not to credit"),
    decided_at: s.orNull(s.instant("time in UTC")),
  }),
  dismissals: s.rows("records that you called another album in a review, oldest answer first", {
    record_ids: s.list(s.count(), "first record of each pressing in the collection now"),
    release_ids: s.list(s.integer(), "release ids on Discogs"),
    artist: s.orNull(s.text("artists as on the release")),
    title: s.orNull(s.text("title of the release")),
    albums: s.list(namedAlbumSchema, "albums that the records are not"),
    answered_at: s.orNull(s.instant("time in UTC")),
  }),
  two_artists: s.rows("names that you called two artists in a review, oldest answer first", {
    name: s.text("one name"),
    other_name: s.text("the name that the review took for the same artist"),
    answered_at: s.orNull(s.instant("time in UTC")),
  }),
});
export type DecisionsDocument = s.Infer<typeof decisionsSchema>;

export const importSchema = s.object({
  decisions: s.count("number in the file"),
  aliases: s.count("number in the file"),
  logged_plays: s.count("number in the file"),
  hidden_albums: s.count("number in the file"),
  snoozes: s.count("number in the file"),
  review_notes: s.count("number in the file"),
  added: s.count("entries that are new here"),
  changed: s.count("entries that replaced others"),
  unchanged: s.count("entries that were here already"),
  without_record: s.count("decisions about releases that are not in the collection now; they are kept"),
  without_album: s.count("decisions about albums that are not in your plays now; they are kept"),
});
export type ImportDocument = s.Infer<typeof importSchema>;

const pairSchema = s.object({ name: s.text("one spelling"), same_as: s.text("the name it is treated as") });
export type JsonPair = s.Infer<typeof pairSchema>;

export const aliasesSchema = s.object({ aliases: s.list(pairSchema, "sorted by name") });
export type AliasesDocument = s.Infer<typeof aliasesSchema>;

export const aliasChangeSchema = s.object({
  added: s.list(pairSchema, "aliases"),
  removed: s.list(pairSchema, "aliases"),
  reopened: s.list(pairSchema, "names that you had called two artists; rewind review asks about them again"),
  records_changed: s.orNull(s.count("number of records with a changed match; null while a sync is running")),
});
export type AliasChangeDocument = s.Infer<typeof aliasChangeSchema>;

export const snoozesSchema = s.object({
  snoozes: s.rows("newest first", {
    record_id: s.orNull(s.count("number of the first record; null if none is in the collection now")),
    artist: s.text("of the release you named"),
    title: s.text("of the release you named"),
    until: s.orNull(s.instant("time in UTC; null until you undo it")),
    snoozed_at: s.orNull(s.instant("time in UTC")),
  }),
});
export type SnoozesDocument = s.Infer<typeof snoozesSchema>;

export const hidingSchema = s.object({
  albums: s.rows("the albums you named", {
    id: s.count("album number in this cache; 219 is a219 in tables"),
    album_name: s.text("name as in your plays"),
    artist_name: s.text("name as in your plays"),
    hidden: s.flag("true if it is hidden now"),
    changed: s.flag("true if this command changed it"),
  }),
});
export type HidingDocument = s.Infer<typeof hidingSchema>;

const loggedPlaySchema = s.object({
  uuid: s.text("identifies this play in every cache"),
  record_id: s.orNull(s.count("number of the copy, or of the first one; null if none is in the collection")),
  release_id: s.integer("release id on Discogs"),
  instance_id: s.orNull(s.integer("instance id of the copy; null if unknown")),
  artist: s.orNull(s.text("name of the release; null if the release is unknown")),
  title: s.orNull(s.text("name of the release; null if the release is unknown")),
  played_at: s.orNull(s.instant("start of the play, in UTC; noon if only the day is known")),
  precision: s.word(["time", "day"], "time, or day if only the day is known"),
  source: s.word(
    ["user", "recogniser", "field"],
    "user if you logged it, recogniser if a program heard it, field if it is from a custom field of the collection",
  ),
  note: s.text("your note"),
  logged_at: s.orNull(s.instant("time in UTC")),
  tracks: s.rows("tracks in playing order; empty if unknown", {
    position: s.text("as printed: A1"),
    artist: s.text("name of the track"),
    title: s.text("name of the track"),
    duration: s.count("in seconds"),
    guessed: s.flag("true if the duration is a guess"),
    inferred: s.flag("true if a recogniser heard only tracks around it"),
    played_at: s.orNull(s.instant("start of the track, in UTC; null if only the day is known")),
    state: s.text("new, unknown, ignored or sent"),
    reason: s.orNull(s.text("why it was ignored; null if it was not")),
    ...otherTargetFields((target, part) => {
      const { name } = targetFacts[target];
      const meanings = {
        state: `the same at ${name}, or queued: taken, not listed yet; null if it is not to be sent there`,
        reason: `why ${name} ignored it; null if it did not`,
      };
      return s.orNull(s.text(meanings[part]));
    }),
  }),
});
export type JsonLoggedPlay = s.Infer<typeof loggedPlaySchema>;

export const loggedPlaysSchema = s.object({
  data: s.list(loggedPlaySchema, "plays, the newest first"),
  pagination,
});
export type LoggedPlaysDocument = s.Infer<typeof loggedPlaysSchema>;

export const logPlaySchema = s.object({
  logged: s.withMeaning("the logged play", loggedPlaySchema),
  dry_run: s.flag("true if nothing was saved"),
});
export type LogPlayDocument = s.Infer<typeof logPlaySchema>;

export const undoSchema = s.object({ undone: s.withMeaning("the play that was removed", loggedPlaySchema) });
export type UndoDocument = s.Infer<typeof undoSchema>;

const states = ["logged", "pending", "alone", "ignored"] as const;

const recordFields = {
  record_id: s.orNull(s.count("number of the copy, or of its first copy; null if the record is not certain")),
  release_id: s.orNull(s.integer("release id on Discogs; null if the record is not certain")),
  record: s.orNull(s.text("artist and title of the record; null if it is not certain")),
};

export const recognisedSchema = s.object({
  artist: s.orNull(s.text("as sent; null if the line can't be read")),
  title: s.orNull(s.text("as sent; null if the line can't be read")),
  at: s.orNull(s.instant("when it was heard, in UTC; null if the line can't be read")),
  state: s.word(
    states,
    "logged; pending if several records fit; alone until a second track of the record is heard; or ignored",
  ),
  ...recordFields,
  side: s.orNull(s.text("side, like A; null if there is none, or if the record is not certain")),
  position: s.orNull(s.text("the track as printed, like A1; null if the record is not certain")),
  uuid: s.orNull(s.text("the logged play, or the entry of rewind played pending; null if it is ignored")),
  reason: s.orNull(s.text("why it is not logged; null if it is")),
});
export type RecognisedResult = s.Infer<typeof recognisedSchema>;

/** The same over HTTP and MCP. */
export const recognisedListSchema = s.object({ data: s.list(recognisedSchema, "one for each track sent") });

/** A line that a recogniser sends. */
export const recognitionSchema = s.object({
  artist: s.text("artist of the track"),
  title: s.text("title of the track"),
  album: s.optional(s.text("album that the recogniser names; it does not decide which record it was")),
  at: s.optional(s.text("when it was heard, like 2026-03-14T20:15:00Z; default: now")),
  source: s.optional(s.text("name of the recogniser")),
});

export const pendingSchema = s.object({
  data: s.rows("the newest first", {
    uuid: s.text("entry, for rewind played pending ENTRY RECORD"),
    state: s.word(["pending", "alone"], "pending if several records fit, alone if only one track was heard"),
    from: s.orNull(s.instant("when its first track was heard, in UTC")),
    tracks: s.rows("tracks as they were heard", {
      artist: s.text("as sent"),
      title: s.text("as sent"),
      at: s.orNull(s.instant("time in UTC")),
    }),
    records: s.rows("records that have these tracks", recordFields),
  }),
});
export type PendingDocument = s.Infer<typeof pendingSchema>;
