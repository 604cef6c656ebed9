// Documents of figures: the shelf at a glance, its parts, and the contents of the cache.
import { listings } from "../../model/sync-steps.ts";
import { accountServices } from "../../sources/service-lookup.ts";
import { historyStates, buildMonthFields, pagination, periodSchema } from "./shared-fields.ts";
import * as s from "./json-schema.ts";

const partCounts = {
  records: s.count("number of records in this part"),
  scrobbled: s.count("records with at least one play or logged play"),
  plays: s.count("plays on their albums, each album once"),
};
const buildPartValueSchema = (meaning: string): s.Schema<string | null> =>
  s.orNull(s.text(`${meaning}; null: the records that have none`));

const synced_at = s.orNull(s.instant("time of the last sync, in UTC"));

export const statsSchema = s.object({
  records: s.count("records in the collection"),
  albums: s.count("different albums; editions and copies count once"),
  scrobbled: s.count("records with at least one play or logged play"),
  logged_only: s.count("records with logged plays only"),
  spun: s.orNull(s.count("records with at least one spin; null without the history")),
  never_artist_known: s.count("never played records by an artist that you play"),
  never_artist_unknown: s.count("never played records by an artist that you do not play"),
  match_types: s.object("records by kind of match", {
    exact: s.count("exact matches"),
    fuzzy: s.count("fuzzy matches"),
    artist_only: s.count("matches of the artist alone"),
    none: s.count("no match"),
  }),
  by_kind: s.rows(
    "figures by kind of record; an album that you own in two kinds counts in both, so plays add up to plays.owned or more",
    {
      kind: buildPartValueSchema("kind: album, single, ep and so on"),
      ...partCounts,
    },
  ),
  by_decade: s.rows(
    "figures by decade of the pressing; an album that you own in two pressings counts in both decades",
    {
      decade: buildPartValueSchema("decade of the pressing"),
      ...partCounts,
    },
  ),
  plays: s.object("where the plays go", {
    owned: s.count("plays on albums that you own in any pressing, each album once"),
    not_owned: s.count("plays on other albums"),
    no_album_tag: s.orNull(s.count("plays without an album tag; null without the history")),
  }),
  sources: s.rows("all plays by listening source; empty for a span", {
    name: s.text("name of the source: lastfm, listenbrainz, spotify …"),
    plays: s.count("plays that the source has"),
    shared: s.count("number of these plays that another source has too"),
  }),
  scrobbles: s.orNull(s.count("all plays; without the history, the service's own count")),
  unlinked_scrobbles: s.orNull(s.count("plays of albums not in your chart; null without the history")),
  stray_plays: s.orNull(
    s.count(
      "plays of songs that exactly one record has, played without an album tag; in no figure of a record; null for a span or without the history",
    ),
  ),
  first_scrobble: s.orNull(s.instant("time of the first play, in UTC")),
  plays_by_month: s.orNull(
    s.rows(
      "the last 24 whole months, oldest first; null for a span or without the history",
      buildMonthFields("number of plays"),
    ),
  ),
  collection_values: s.rows(
    "Discogs' estimates of the collection's value in the newest currency, oldest first; empty for a span",
    {
      fetched_at: s.orNull(s.instant("when a sync fetched it, in UTC")),
      minimum: s.number("Discogs' minimum"),
      median: s.number("Discogs' median"),
      maximum: s.number("Discogs' maximum"),
      currency: s.orNull(s.text("ISO 4217 code; null if unknown")),
    },
  ),
  during: periodSchema,
  synced_at,
  history: s.word(historyStates, "state of the listening history: complete, incomplete or hidden"),
});
export type StatsDocument = s.Infer<typeof statsSchema>;

const paid = s.rows(
  "what the records cost, by the setting price_field, each currency by itself; empty without prices",
  {
    currency: s.orNull(s.text("ISO 4217 code; null: none is written")),
    amount: s.number("sum of the prices"),
    records: s.count("records with a price in this currency"),
  },
);

const playedCounts = {
  plays: s.count("number of plays"),
  albums: s.count("number of different albums"),
  most_played_album: s.orNull(
    s.object("the album with the most of these plays; null: none has an album", {
      artist_name: s.text("name as in your plays"),
      album_name: s.text("name as in your plays"),
      play_count: s.count("its plays in this time"),
    }),
  ),
};

export const glanceSchema = s.object({
  records: s.count("records in the collection"),
  scrobbled: s.count("records with at least one play or logged play"),
  listen_rate: s.share("share of the records with at least one play, to four decimals"),
  listen_rate_at_month_start: s.orNull(
    s.share("the same share when this month began; null if unknown or if all records are newer"),
  ),
  since_last_visit: s.orNull(
    s.object("what is new since the last visit of another day; null: this is the first day", {
      last_visit: s.orNull(s.instant("time of that visit, in UTC")),
      records: s.count("records that came since"),
      plays: s.count("plays that are known since"),
      wants: s.count("wants that were added since"),
    }),
  ),
  last_week: s.orNull(s.object("the seven days before today; null if unknown", playedCounts)),
  on_this_day: s.object("the same day of earlier years", {
    plays: s.rows("five and ten years ago; without the days that had no play", {
      years_ago: s.count("5 or 10"),
      day: s.day("the local day"),
      ...playedCounts,
    }),
    records_added: s.rows("records that came on this day, the oldest first", {
      record_id: s.count("record number"),
      artist: s.text("artist"),
      title: s.text("title"),
      added_at: s.orNull(s.instant("when you added it, in UTC")),
    }),
  }),
  pick: s.orNull(
    s.object("a record for tonight, the same all day; null: there is none", {
      record_id: s.count("record number"),
      artist: s.text("artist"),
      title: s.text("title"),
      form: s.text("form: LP, CD and so on"),
      why: s.text("reason in a sentence"),
    }),
  ),
  to_review: s.count("matches to review"),
  synced_at: s.orNull(s.instant("time of the last sync, in UTC; null: the records were never synced")),
});
export type GlanceDocument = s.Infer<typeof glanceSchema>;

export const statsBySchema = s.object({
  by: s.text("the dimension"),
  data: s.rows("parts", { value: buildPartValueSchema("genre, label and so on"), ...partCounts, paid }),
  totals: s.object("totals; each record and album counts once", {
    records: s.count("records in the collection"),
    scrobbled: s.count("records with at least one play or logged play"),
    plays: s.count("plays on their albums"),
    paid,
  }),
  during: periodSchema,
  synced_at,
  history: s.word(historyStates, "state of the listening history: complete, incomplete or hidden"),
  pagination,
});
export type StatsByDocument = s.Infer<typeof statsBySchema>;

const periods = s.object({
  period: s.text("2025, 2025-Q1 or 2025-01"),
  plays: s.count("plays in the period"),
});
export type JsonPeriodPlays = s.Infer<typeof periods>;

export const overTimeSchema = s.object({
  by: s.text("the dimension"),
  over: s.word(["year", "quarter", "month"], "year, quarter or month"),
  data: s.rows("parts", {
    value: buildPartValueSchema("genre, label and so on"),
    records: s.count("number of records in this part"),
    scrobbled: s.count("records with a play in the span"),
    plays: s.count("plays on their albums, each album once; plays without a date are left out"),
    by_period: s.list(periods, "plays per period, oldest first"),
  }),
  totals: s.object("totals; each album counts once", {
    plays: s.count("plays on albums that you own"),
    by_period: s.list(periods, "plays per period"),
  }),
  during: periodSchema,
  synced_at,
  pagination,
});
export type OverTimeDocument = s.Infer<typeof overTimeSchema>;

export const statusSchema = s.object({
  accounts: s.object(
    "accounts of this cache; null before the first sync",
    Object.fromEntries(accountServices.map(({ id, name }) => [id, s.orNull(s.text(`name on ${name}`))])),
  ),
  cache: s.object("the cache file", { path: s.text("path"), bytes: s.count("size in bytes") }),
  syncing: s.flag("true if a sync is running"),
  listings: s.rows(listings.join(", "), {
    name: s.text("name of the listing"),
    state: s.word(
      ["missing", "complete", "short", "held", "hidden", "private"],
      "missing, complete, short (the service lists fewer rows than it counts), held (rows kept until their removal is certain), hidden or private",
    ),
    rows: s.count("rows in the cache"),
    reported: s.count("the service's own count"),
    synced_at: s.orNull(s.instant("when it was last up to date, in UTC")),
    full_read_at: s.orNull(s.instant("when it was last read completely, in UTC")),
    checkpoint: s.orNull(
      s.object("an unfinished read of the listing; null if there is none", {
        started_at: s.orNull(s.instant("time in UTC")),
        rows: s.count("rows read so far"),
      }),
    ),
  }),
  sources: s.rows("listening sources with plays, as in rewind sources", {
    name: s.text("lastfm, listenbrainz, spotify and so on"),
    plays: s.count("plays that the source has"),
    last: s.orNull(s.instant("its newest play, in UTC; null if no play has a date")),
    stopped_at: s.orNull(s.instant("when you stopped it, in UTC; null if syncs ask it, and for a file")),
    refused_at: s.orNull(s.instant("when it refused your account, in UTC; null if it accepts it")),
  }),
  next_full_read: s.orNull(s.instant("when the collection is next read completely, in UTC")),
  matches: s.orNull(
    s.object("matches by kind; null before the first sync", {
      scrobbled: s.count("exact and fuzzy matches"),
      artist_only: s.count("matches of the artist alone"),
      none: s.count("no match"),
      needs_review: s.count("matches to review, as in rewind review"),
    }),
  ),
});
export type StatusDocument = s.Infer<typeof statusSchema>;

/** The limits of an SQL answer: rows on all pages, characters of one text, and characters of a page. */
export const sqlPageLimits = { maxRows: 100_000, maxCharacters: 2000, maxPageCharacters: 1_000_000 };

export const sqlPageSchema = s.object({
  columns: s.list(s.text(), "column names, each unique"),
  rows: s.list(
    s.list<string | number | null>({ type: ["string", "number", "null"] }),
    `of the page, a value for each column; texts are cut at ${sqlPageLimits.maxCharacters} characters`,
  ),
  total: s.count("rows on all pages"),
  is_cut: s.flag(`whether there are more than the ${sqlPageLimits.maxRows} rows that were counted`),
});
export type SqlPage = s.Infer<typeof sqlPageSchema>;
