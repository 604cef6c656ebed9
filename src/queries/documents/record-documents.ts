// Documents about records: the cross-reference, a search, one record, and whether you own a record.
import { collectionSchema, crossReferenceRow, pagination } from "./shared-fields.ts";
import {
  count,
  flag,
  instant,
  integer,
  list,
  number,
  object,
  orNull,
  share,
  text,
  word,
  type Streamed,
  type ValueOf,
} from "./json-schema.ts";

const summarySchema = object(
  {
    total_matches: count("records with a match, at least of the artist"),
    listen_rate: share("share of the records with at least one play, to four decimals"),
    unlistened_count: count("records without plays"),
  },
  "totals of the whole collection, whatever the filter and page",
);
export type ContractSummary = ValueOf<typeof summarySchema>;

export const crossReferenceSchema = object({
  data: list(object(crossReferenceRow), "records on the page"),
  summary: summarySchema,
  pagination,
});
export type XrefDocument = Streamed<ValueOf<typeof crossReferenceSchema>>;

export const recordSearchSchema = object({
  data: list(
    object({
      id: count("the record's number in this cache; never changes"),
      artist: text("artists as on the release"),
      title: text("title of the release"),
      form: text("forms of all copies: LP, CD and so on"),
      year: orNull(integer("year of the pressing; null if unknown")),
      play_count: count("plays of the album"),
      copies: count("number of copies on the shelf; this row is the first"),
    }),
    "albums, exact titles first",
  ),
  pagination,
});
export type SearchDocument = ValueOf<typeof recordSearchSchema>;

export const recordSchema = object({
  ...crossReferenceRow,
  kind: text("kind: album, single, ep and so on"),
  form: text("form: LP, CD and so on"),
  original_year: orNull(integer("year the album was first released; null if unknown")),
  label: orNull(text("first label; null if there is none")),
  catalog_number: orNull(text("catalogue number of that label")),
  folder: orNull(text("folder of your collection")),
  copies: count("number of copies of the album, in any pressing"),
  spins: orNull(count("number of spins: sittings with at least half of the album; null if unknown")),
  paid: orNull(number("what you paid, by the setting price_field; null if there is no price")),
  currency: orNull(text("currency of paid: an ISO 4217 code; null if none is written")),
  cost_per_spin: orNull(number("paid for each spin so far; null without a price or a spin")),
  cost_per_play: orNull(number("paid for each play of a track so far; null without a price or a play")),
  decided_by: word(["matcher", "user"], "who decided the match: matcher or user"),
});
export type RecordDocument = ValueOf<typeof recordSchema>;

export const haveSchema = object({
  owned: flag("true if you own a record that fits; the exit code is then 0, otherwise 1"),
  did_you_mean: list(text(), "corrections of typing slips; empty if your words were found as typed"),
  records: list(
    object({
      collection: collectionSchema,
      form: text("form: LP, 2×LP, CD and so on"),
      label: orNull(text("first label; null if there is none")),
      catalog_number: orNull(text("catalogue number of that label")),
      folder: orNull(text("folder of the collection")),
      play_count: count("plays of its album"),
      spins: orNull(count("number of spins: sittings with at least half of the album; null if unknown")),
      last_played: orNull(instant("time of the last play, in UTC; null if never or unknown")),
      exact: flag("true if the title, or artist and title, equal your words"),
      credited_with: orNull(
        count("number of the matched album, if its name was found; null if the record's own name was"),
      ),
      whole_words: flag(
        "false if one of your words is only part of a word; the record then does not count as owned",
      ),
    }),
    "copies that were found; exact titles first, then by plays",
  ),
  wanted: list(
    object({
      release_id: integer("release id at Discogs"),
      artist: text("artists as on the release"),
      title: text("title of the release"),
      form: text("form: LP, 2×LP, CD and so on"),
      year: orNull(integer("year of the pressing; null if unknown")),
      added_at: orNull(instant("when you added it to the wantlist, in UTC")),
    }),
    "releases on the wantlist",
  ),
  played: list(
    object({
      id: count("album number in this cache; 219 is a219 in tables"),
      artist_name: text("name as scrobbled"),
      album_name: text("name as scrobbled"),
      play_count: count("number of plays"),
      last_played: orNull(instant("time of the last play, in UTC; null if unknown")),
      owned: flag("true if you own it in any pressing"),
    }),
    "albums that you play, the most played first",
  ),
});
export type HaveDocument = ValueOf<typeof haveSchema>;
