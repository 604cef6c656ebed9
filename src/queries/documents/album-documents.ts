// Documents of lists of albums and records.
import { crossReferenceRow, formsOfCopies, pagination } from "./shared-fields.ts";
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
} from "./json-schema.ts";

export const gapsSchema = object({
  data: list(
    object({
      album: object(
        {
          id: count("album number in this cache; 219 is a219 in tables"),
          album_name: text("name as scrobbled"),
          artist_name: text("name as scrobbled"),
          play_count: count("plays of all editions, within the span if there is one"),
          last_played: orNull(instant("time of the last play, in UTC; null if unknown")),
          url: orNull(text("page at Last.fm")),
        },
        "the album's most played edition",
      ),
      kind: word(
        ["album", "ep", "single"],
        "album, ep or single, by its name or else by the number of tracks you heard",
      ),
      editions: count("number of editions"),
      tracks: orNull(count("number of different tracks heard; null without the listening history")),
      plays_last_12_months: orNull(count("plays in the last 12 months; null without the listening history")),
      wanted: flag("true if it is on your wantlist"),
      owned_by_artist: count("number of your records by the artist"),
      box_by_artist: flag("true if one of them is a box set, which may contain the album"),
    }),
    "albums, editions added up",
  ),
  summary: object(
    {
      total: count("albums"),
      wanted: count("albums on your wantlist"),
      plays: count("plays of all of them"),
    },
    "totals over all pages",
  ),
  pagination,
});
export type GapsDocument = ValueOf<typeof gapsSchema>;

export const dustySchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("number of copies on the shelf; this row is the first"),
      spins: count("number of spins: sittings with at least half of the album"),
      last_spin: orNull(instant("start of the last spin, in UTC")),
    }),
    "albums",
  ),
  summary: object({ total: count("albums") }, "totals over all pages"),
  pagination,
});
export type DustyDocument = ValueOf<typeof dustySchema>;

export const pickSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("number of copies on the shelf; this row is the first"),
      spins: orNull(count("number of spins: sittings with at least half of the album; null if unknown")),
      last_spin: orNull(instant("start of the last spin, in UTC; null if never or unknown")),
      label: orNull(text("first label; null if there is none")),
      catalog_number: orNull(text("catalogue number of that label")),
      folder: orNull(text("folder of your collection")),
      shelf: orNull(text("value of the custom field named by the setting shelf_field; null if empty")),
      why: text("reason in a sentence"),
      weight: number("weight in the draw: neglect × rating × past love"),
    }),
    "albums in the order of the draw",
  ),
  summary: object(
    {
      albums: count("albums that fit the filter"),
      records: count("records of these albums"),
      proposed_lately: count("albums left out because they were proposed in the last month"),
    },
    "what the draw chose from",
  ),
  seed: orNull(integer("seed that gives the same draw again; null without --seed")),
});
export type PickDocument = ValueOf<typeof pickSchema>;

export const dupesSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      copies: count("number of copies on the shelf; this row is the first"),
      record_ids: list(count(), "record numbers of all copies"),
      forms: list(text(), "form of each copy, in the same order: LP, CD and so on"),
    }),
    "albums that you own more than once",
  ),
  summary: object(
    { total: count("albums"), records: count("records of these albums") },
    "totals over all pages",
  ),
  pagination,
});
export type DupesDocument = Streamed<ValueOf<typeof dupesSchema>>;

export const cullSchema = object({
  data: list(
    object({
      ...crossReferenceRow,
      why: list(
        word(["copy", "never", "rating"]),
        "reasons: copy (an extra copy), never (never scrobbled), rating (rated 1 or 2)",
      ),
      copy_of: orNull(
        count("number of the copy to keep: rated higher, kept better or owned longer; null if it is no copy"),
      ),
      media: orNull(text("grade of the medium, such as VG+; null if not graded")),
      sleeve: orNull(text("grade of the sleeve; null if not graded")),
      label: orNull(text("first label")),
      catalog_number: orNull(text("catalogue number of the first label")),
    }),
    "records",
  ),
  summary: object(
    {
      total: count("records"),
      copy: count("extra copies"),
      never: count("never scrobbled"),
      rating: count("rated 1 or 2"),
    },
    "totals over all pages",
  ),
  pagination,
});
export type CullDocument = Streamed<ValueOf<typeof cullSchema>>;

export const wantsSchema = object({
  data: list(
    object({
      release_id: integer("release id at Discogs"),
      artist: text("artists as on the release"),
      title: text("title of the release"),
      form: text("form: LP, CD and so on"),
      year: orNull(integer("year of the pressing; null if unknown")),
      added_at: orNull(instant("when you added it to the wantlist, in UTC")),
      play_count: count("plays of the album, all editions together"),
      last_played: orNull(instant("time of the last play, in UTC; null if unknown")),
      owned: flag("true if you own it in any pressing"),
      owned_outright: flag("true if you own this release"),
      record_ids: list(count(), "record numbers of your copies, those of this release first"),
      forms: formsOfCopies,
    }),
    "wants",
  ),
  summary: object(
    {
      total: count("wants"),
      owned: count("wants that you own in any pressing"),
      owned_outright: count("wants that you own as this exact release"),
    },
    "totals over all pages",
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
