// Documents of lists of albums and records.
import { crossReferenceRow, formsOfCopies, pagination } from "./parts.ts";
import {
  address,
  count,
  flag,
  instant,
  integer,
  list,
  nothing,
  number,
  object,
  orNull,
  text,
  word,
  type Streamed,
  type ValueOf,
} from "./schema.ts";

export const gapsSchema = object({
  data: list(
    object({
      album: object(
        {
          id: count("the cache's own, as in a219"),
          album_name: text("as Last.fm spells it"),
          artist_name: text("as Last.fm spells it"),
          play_count: count("scrobbles of all editions, within the span if one was given"),
          last_played: orNull(instant("the newest of them, in UTC; null when it is not known")),
          url: orNull(text("of its page at Last.fm")),
        },
        "the most played edition",
      ),
      kind: word(
        ["album", "ep", "single"],
        "album, ep or single: by its name, else by the number of different tracks heard",
      ),
      editions: count("how many were added up"),
      tracks: orNull(count("different ones heard; null without the listening history")),
      plays_last_12_months: orNull(count("null without the listening history")),
      wanted: flag("whether it is on your wantlist"),
      owned_by_artist: count("your records by the artist"),
      box_by_artist: flag("whether one of them is a box set, which may hold it"),
    }),
    "an album each, its editions added up",
  ),
  summary: object(
    {
      total: count("albums"),
      wanted: count("those on your wantlist"),
      plays: count("scrobbles of all of them"),
    },
    "of all pages",
  ),
  pagination,
});
export type GapsDocument = ValueOf<typeof gapsSchema>;

export const dustySchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("how many on the shelf; the first stands for all"),
      spins: count("sittings in which half of it or more was heard"),
      last_spin: orNull(instant("when the last one began, in UTC")),
    }),
    "an album each",
  ),
  summary: object({ total: count("albums") }, "of all pages"),
  pagination,
});
export type DustyDocument = ValueOf<typeof dustySchema>;

export const pickSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("how many on the shelf; the first stands for all"),
      spins: orNull(count("sittings in which half of it or more was heard; null when they are not known")),
      last_spin: orNull(instant("when the last one began, in UTC; null for never and for not known")),
      label: orNull(text("the first; null when there is none")),
      catalog_number: orNull(text("with that label")),
      folder: orNull(text("of your collection")),
      shelf: orNull(text("the custom field that the setting shelf_field names; null when it is empty")),
      why: text("a sentence"),
      weight: number("neglect × rating × past love"),
    }),
    "an album each, in the order of the draw",
  ),
  summary: object(
    {
      albums: count("that fit the filter"),
      records: count("copies of them"),
      proposed_lately: count("albums left out since they were proposed within a month"),
    },
    "of what was drawn from",
  ),
  seed: orNull(integer("that gives the same again; null without --seed")),
});
export type PickDocument = ValueOf<typeof pickSchema>;

export const dupesSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("how many on the shelf; the first stands for all"),
      record_ids: list(count(), "the numbers of all of them"),
      forms: list(text(), "LP, CD and the like, of each in the same order"),
    }),
    "an album each that is owned more than once",
  ),
  summary: object({ total: count("albums"), records: count("their copies") }, "of all pages"),
  pagination,
});
export type DupesDocument = Streamed<ValueOf<typeof dupesSchema>>;

export const cullSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      why: list(word(["copy", "never", "rating"]), "an extra copy, never scrobbled, rated 1 or 2"),
      copy_of: orNull(
        count("the number of the copy that is rated higher, kept better or owned longer; null for no copy"),
      ),
      media: orNull(
        text("grade of the medium, from the custom field of the collection: VG+; null where there is none"),
      ),
      sleeve: orNull(text("the same of the sleeve")),
      label: orNull(text("the first label")),
      catalog_number: orNull(text("of the first label")),
    }),
    "a record each",
  ),
  summary: object(
    {
      total: count("records"),
      copy: count("of them extra copies"),
      never: count("never scrobbled"),
      rating: count("rated 1 or 2"),
    },
    "of all pages",
  ),
  pagination,
});
export type CullDocument = Streamed<ValueOf<typeof cullSchema>>;

export const wantsSchema = object({
  data: list(
    object({
      release_id: integer("of the release at Discogs"),
      artist: text("the credit as one reads it"),
      title: text("of the release"),
      form: text("LP, CD and the like"),
      year: orNull(integer("of the pressing; null when it is not known")),
      added_at: orNull(instant("to the wantlist, in UTC")),
      play_count: count("scrobbles of the album, all editions together"),
      last_played: orNull(instant("the newest of them, in UTC; null when it is not known")),
      owned: flag("whether it is on the shelf, in any pressing"),
      owned_outright: flag("whether this very release is on the shelf"),
      record_ids: list(count(), "your copies, those of this release first"),
      forms: formsOfCopies,
    }),
    "a want each",
  ),
  summary: object(
    {
      total: count("wants"),
      owned: count("those that you own in any pressing"),
      owned_outright: count("those that you own as this very release"),
    },
    "of all pages",
  ),
  pagination,
});
export type WantsDocument = ValueOf<typeof wantsSchema>;

/** The wantlist in the shape of the hosted API. */
export const wantedPageSchema = object({
  data: list(
    object({
      id: count(),
      discogs_id: integer(),
      title: text(),
      artists: list(text()),
      year: orNull(integer()),
      formats: list(text()),
      genres: list(text()),
      image: nothing(),
      discogs_url: orNull(address()),
      notes: orNull(text()),
      rating: orNull(count()),
      date_added: orNull(text()),
    }),
  ),
  pagination,
});
export type WantedPage = ValueOf<typeof wantedPageSchema>;
