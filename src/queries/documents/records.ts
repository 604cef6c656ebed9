// Documents about records: the cross-reference, a search, one record, and whether you own a record.
import { collectionSchema, crossReferenceRow, pagination } from "./parts.ts";
import {
  count,
  flag,
  instant,
  integer,
  list,
  object,
  orNull,
  share,
  text,
  word,
  type Streamed,
  type ValueOf,
} from "./schema.ts";

const summarySchema = object(
  {
    total_matches: count("records whose album, or at least artist, is known to Last.fm"),
    listen_rate: share("share of the records with a play, to four decimals"),
    unlistened_count: count("records without one"),
  },
  "of the whole collection, whatever the filter and page",
);
export type ContractSummary = ValueOf<typeof summarySchema>;

export const crossReferenceSchema = object({
  data: list(object(crossReferenceRow), "the records of the page"),
  summary: summarySchema,
  pagination,
});
export type XrefDocument = Streamed<ValueOf<typeof crossReferenceSchema>>;

export const recordSearchSchema = object({
  data: list(
    object({
      id: count("the cache's own number of the record, stable over syncs"),
      artist: text("the credit as one reads it"),
      title: text("of the release"),
      form: text("LP, CD and the like, of all copies"),
      year: orNull(integer("of the pressing; null when it is not known")),
      play_count: count("scrobbles of the album's tracks"),
      copies: count("how many on the shelf; the first stands for all"),
    }),
    "an album each, exact titles first",
  ),
  pagination,
});
export type SearchDocument = ValueOf<typeof recordSearchSchema>;

export const recordSchema = object({
  ...crossReferenceRow,
  kind: text("album, single, ep and the like"),
  form: text("LP, CD and the like"),
  original_year: orNull(integer("in which the album first came out; null where it isn't known")),
  label: orNull(text("the first; null when there is none")),
  catalog_number: orNull(text("with that label")),
  folder: orNull(text("of your collection")),
  copies: count("of the album on the shelf, whatever the pressing"),
  spins: orNull(count("sittings in which half of it or more was heard; null when they are not known")),
  decided_by: word(["matcher", "user"], "who matched it: matcher, user"),
});
export type RecordDocument = ValueOf<typeof recordSchema>;

export const haveSchema = object({
  owned: flag("whether a record fits: then the exit code is 0, else 1"),
  did_you_mean: list(
    text(),
    "what was found in place of words with a slip; empty where they were found as typed",
  ),
  records: list(
    object({
      collection: collectionSchema,
      form: text("LP, 2×LP, CD and the like"),
      label: orNull(text("the first one")),
      catalog_number: orNull(text("of that label")),
      folder: orNull(text("of the collection")),
      play_count: count("scrobbles of its album"),
      spins: orNull(count("sittings with half of it heard; null where that is not known")),
      last_played: orNull(instant("in UTC; null for never and for not known")),
      exact: flag("whether the title, or artist and title, are what was asked for"),
      credited_with: orNull(count("the id of the played album by whose name it was found; null: by its own")),
      whole_words: flag(
        "false if some word is only part of a word of its name; such a record does not count as owned",
      ),
    }),
    "those found, a copy each; exact titles first, then by plays",
  ),
  wanted: list(
    object({
      release_id: integer("Discogs' number"),
      artist: text("the credit as one reads it"),
      title: text("of the release"),
      form: text("LP, 2×LP, CD and the like"),
      year: orNull(integer("of the pressing; null when it is not known")),
      added_at: orNull(instant("to the wantlist, in UTC")),
    }),
    "releases of the wantlist",
  ),
  played: list(
    object({
      id: count("the cache's own, as in a219"),
      artist_name: text("as Last.fm spells it"),
      album_name: text("as Last.fm spells it"),
      play_count: count("scrobbles"),
      last_played: orNull(instant("in UTC; null when it is not known")),
      owned: flag("whether it is on the shelf, in any pressing"),
    }),
    "albums in your plays, the most played first",
  ),
});
export type HaveDocument = ValueOf<typeof haveSchema>;
