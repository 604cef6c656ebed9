// Documents about records: the cross-reference, a search, one record, and whether you own a record.
import { collectionSchema, crossReferenceRow, pagination, wantFields } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const summarySchema = s.object("totals of the whole collection, whatever the filter and page", {
  total_matches: s.count("records with a match, at least of the artist"),
  listen_rate: s.share("share of the records with at least one play, to four decimals"),
  unlistened_count: s.count("records without plays"),
});
export type JsonSummary = s.Infer<typeof summarySchema>;

export const crossReferenceSchema = s.object({
  data: s.rows("records on the page", crossReferenceRow),
  summary: summarySchema,
  pagination,
});
export type XrefDocument = s.Streamed<s.Infer<typeof crossReferenceSchema>>;

export const recordSearchSchema = s.object({
  data: s.rows("albums, exact titles first", {
    id: s.count("the record's number in this cache; never changes"),
    artist: s.text("artists as on the release"),
    title: s.text("title of the release"),
    form: s.text("forms of all copies: LP, CD and so on"),
    year: s.orNull(s.integer("year of the pressing; null if unknown")),
    play_count: s.count("plays of the album"),
    copies: s.count("number of copies on the shelf; this row is the first"),
  }),
  pagination,
});
export type SearchDocument = s.Infer<typeof recordSearchSchema>;

export const recordSchema = s.object({
  ...crossReferenceRow,
  kind: s.text("kind: album, single, ep and so on"),
  form: s.text("form: LP, CD and so on"),
  original_year: s.orNull(s.integer("year the album was first released; null if unknown")),
  label: s.orNull(s.text("first label; null if there is none")),
  catalog_number: s.orNull(s.text("catalogue number of that label")),
  folder: s.orNull(s.text("folder of your collection")),
  copies: s.count("number of copies of the album, in any pressing"),
  spins: s.orNull(s.count("number of spins: sittings with at least half of the album; null if unknown")),
  paid: s.orNull(s.number("what you paid, by the setting price_field; null if there is no price")),
  currency: s.orNull(s.text("currency of paid: an ISO 4217 code; null if none is written")),
  cost_per_spin: s.orNull(s.number("paid for each spin so far; null without a price or a spin")),
  cost_per_play: s.orNull(s.number("paid for each play of a track so far; null without a price or a play")),
  decided_by: s.word(["matcher", "user"], "who decided the match: matcher or user"),
});
export type RecordDocument = s.Infer<typeof recordSchema>;

/** The ways to find a record. The words for numbers come first, then how words are in a name, the best first. */
const foundByWords = [
  "record",
  "release",
  "bare_number",
  "master",
  "catalog_number",
  "barcode",
  "title",
  "words",
  "beginning",
  "typo",
  "some_words",
  "inside",
] as const;

export const haveSchema = s.object({
  verdict: s.word(
    ["yes", "maybe", "no"],
    "yes: you own it; maybe: a record has your words with a typo, or only some of them; no: none fits. The exit codes are 0, 6 and 1",
  ),
  owned: s.flag("true if the verdict is yes"),
  did_you_mean: s.list(s.text(), "your words as they were read; empty if they were found as typed"),
  left_over: s.list(s.text(), "words of yours that the first record lacks"),
  records: s.rows("copies that were found; the best first, then by plays", {
    collection: collectionSchema,
    form: s.text("form: LP, 2×LP, CD and so on"),
    label: s.orNull(s.text("first label; null if there is none")),
    catalog_number: s.orNull(s.text("catalogue number of that label")),
    folder: s.orNull(s.text("folder of the collection")),
    play_count: s.count("plays of its album"),
    spins: s.orNull(s.count("number of spins: sittings with at least half of the album; null if unknown")),
    last_played: s.orNull(s.instant("time of the last play, in UTC; null if never or unknown")),
    exact: s.flag("true if all words of the title are among your words"),
    whole_words: s.flag("false if a word of yours is mistyped, missing, or only part of a word"),
    found_by: s.word(
      foundByWords,
      "a number, or how your words are in the name: title is all words of the title, inside is a part of a word",
    ),
    credited_with: s.orNull(s.count("album with the name that was found; null if the record has that name")),
  }),
  wanted: s.rows("releases on the wantlist", wantFields),
  played: s.rows("albums that you play, the most played first", {
    id: s.count("album number in this cache; 219 is a219 in tables"),
    artist_name: s.text("name as in your plays"),
    album_name: s.text("name as in your plays"),
    play_count: s.count("number of plays"),
    last_played: s.orNull(s.instant("time of the last play, in UTC; null if unknown")),
    owned: s.flag("true if you own it in any pressing"),
  }),
  summary: s.object({
    records: s.count(
      "number of copies that were found; over HTTP and MCP, records lists only the first of them",
    ),
    wanted: s.count("number of releases on the wantlist that were found"),
    played: s.count("number of albums that were found"),
  }),
});
export type HaveDocument = s.Infer<typeof haveSchema>;
