// Documents of lists of albums and records.
import { crossReferenceRow, formsOfCopies, pagination, wantFields } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

export const gapsSchema = s.object({
  data: s.rows("albums, editions added up", {
    album: s.object("the edition that names the album", {
      id: s.count("album number in this cache; 219 is a219 in tables"),
      album_name: s.text("name as in your plays"),
      artist_name: s.text("name as in your plays"),
      play_count: s.count("plays of all editions, within the span if there is one"),
      last_played: s.orNull(s.instant("time of the last play, in UTC; null if unknown")),
      url: s.orNull(s.text("page on Last.fm; null if it gave none")),
    }),
    kind: s.word(["album", "ep", "single"], "by its name, or else by the number of tracks you heard"),
    editions: s.count("number of editions"),
    tracks: s.orNull(s.count("number of different tracks heard; null without the listening history")),
    plays_last_12_months: s.orNull(s.count("plays in the last 12 months; null without the history")),
    wanted: s.flag("true if it is on your wantlist"),
    owned_by_artist: s.count("number of your records by the artist"),
    box_by_artist: s.flag("true if one of them is a box set, which may contain the album"),
    maybe_record_id: s.orNull(s.count("record that may be this album; null: none")),
  }),
  summary: s.object("totals over all pages", {
    total: s.count("albums"),
    wanted: s.count("albums on your wantlist"),
    plays: s.count("plays of all of them"),
  }),
  pagination,
});
export type GapsDocument = s.Infer<typeof gapsSchema>;

export const dustySchema = s.object({
  data: s.rows("albums", {
    ...crossReferenceRow,
    copies: s.count("number of copies on the shelf; this row is the first"),
    spins: s.count("number of spins: sittings with at least half of the album"),
    last_spin: s.orNull(s.instant("start of the last spin, in UTC")),
  }),
  summary: s.object("totals over all pages", { total: s.count("albums") }),
  pagination,
});
export type DustyDocument = s.Infer<typeof dustySchema>;

export const pickSchema = s.object({
  data: s.rows("albums in the order of the draw", {
    ...crossReferenceRow,
    copies: s.count("number of copies on the shelf; this row is the first"),
    spins: s.orNull(s.count("number of spins: sittings with at least half of the album; null if unknown")),
    last_spin: s.orNull(s.instant("start of the last spin, in UTC; null if never or unknown")),
    label: s.orNull(s.text("first label; null if there is none")),
    catalog_number: s.orNull(s.text("catalogue number of that label")),
    folder: s.orNull(s.text("folder of your collection")),
    shelf: s.orNull(s.text("value of the custom field named by the setting shelf_field; null if empty")),
    why: s.text("reason in a sentence"),
    weight: s.number("weight in the draw: neglect × rating × past love"),
  }),
  summary: s.object("what the draw chose from", {
    albums: s.count("albums that fit the filter"),
    records: s.count("records of these albums"),
    proposed_lately: s.count("albums left out because they were proposed in the last month"),
  }),
  seed: s.orNull(s.integer("seed that gives the same draw again; null without --seed")),
});
export type PickDocument = s.Infer<typeof pickSchema>;

export const dupesSchema = s.object({
  data: s.rows("albums that you own more than once", {
    ...crossReferenceRow,
    copies: s.count("number of copies on the shelf; this row is the first"),
    record_ids: s.list(s.count(), "record numbers of all copies"),
    forms: s.list(s.text(), "form of each copy, in the same order: LP, CD and so on"),
  }),
  summary: s.object("totals over all pages", {
    total: s.count("albums"),
    records: s.count("records of these albums"),
  }),
  pagination,
});
export type DupesDocument = s.Streamed<s.Infer<typeof dupesSchema>>;

export const cullSchema = s.object({
  data: s.rows("records", {
    ...crossReferenceRow,
    why: s.list(s.word(["copy", "never", "rating"]), "an extra copy, never played, rated 1 or 2"),
    copy_of: s.orNull(s.count("number of the copy to keep: the better or older one; null if it is no copy")),
    media: s.orNull(s.text("grade of the medium, such as VG+; null if not graded")),
    sleeve: s.orNull(s.text("grade of the sleeve; null if not graded")),
    label: s.orNull(s.text("first label")),
    catalog_number: s.orNull(s.text("catalogue number of the first label")),
  }),
  summary: s.object("totals over all pages", {
    total: s.count("records"),
    copy: s.count("extra copies"),
    never: s.count("never played"),
    rating: s.count("rated 1 or 2"),
  }),
  pagination,
});
export type CullDocument = s.Streamed<s.Infer<typeof cullSchema>>;

export const wantsSchema = s.object({
  data: s.rows("wants", {
    ...wantFields,
    play_count: s.count("plays of the album, all editions together"),
    last_played: s.orNull(s.instant("time of the last play, in UTC; null if unknown")),
    owned: s.flag("true if you own it in any pressing"),
    owned_outright: s.flag("true if you own this release"),
    record_ids: s.list(s.count(), "record numbers of your copies, those of this release first"),
    forms: formsOfCopies,
  }),
  summary: s.object("totals over all pages", {
    total: s.count("wants"),
    owned: s.count("wants that you own in any pressing"),
    owned_outright: s.count("wants that you own as this exact release"),
  }),
  pagination,
});
export type WantsDocument = s.Infer<typeof wantsSchema>;

/** The wantlist in the shape of the hosted API. */
export const wantedPageSchema = s.object({
  data: s.rows({
    id: s.count(),
    discogs_id: s.integer(),
    title: s.text(),
    artists: s.list(s.text()),
    year: s.orNull(s.integer()),
    formats: s.list(s.text()),
    genres: s.list(s.text()),
    image: s.nothing(),
    discogs_url: s.orNull(s.address()),
    notes: s.orNull(s.text()),
    rating: s.orNull(s.count()),
    date_added: s.orNull(s.text()),
  }),
  pagination,
});
export type WantedPage = s.Infer<typeof wantedPageSchema>;
