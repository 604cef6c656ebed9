// Documents of figures: the shelf at a glance, its parts, and the contents of the cache.
import { listings } from "../../model/steps.ts";
import { accountServices } from "../../sources/all-services.ts";
import { historyStates, monthKeys, pagination, span } from "./shared-fields.ts";
import {
  count,
  flag,
  instant,
  list,
  number,
  object,
  orNull,
  text,
  word,
  type Schema,
  type ValueOf,
} from "./json-schema.ts";

const partCounts = {
  records: count("number of records in this part"),
  scrobbled: count("records with at least one play"),
  plays: count("plays on their albums, each album once"),
};
const partOf = (meaning: string): Schema<string | null> =>
  orNull(text(`${meaning}; null: the records that have none`));

const synced_at = orNull(instant("time of the last sync, in UTC"));

export const statsSchema = object({
  records: count("records in the collection"),
  albums: count("different albums; editions and copies count once"),
  scrobbled: count("records with at least one play, scrobbled or logged"),
  noted_only: count("records with logged plays only"),
  spun: orNull(count("records with at least one spin; null without the history")),
  never_artist_known: count("never scrobbled records by an artist that you play"),
  never_artist_unknown: count("never scrobbled records by an artist that you do not play"),
  match_types: object(
    {
      exact: count("exact matches"),
      fuzzy: count("fuzzy matches"),
      artist_only: count("matches of the artist alone"),
      none: count("no match"),
    },
    "records by kind of match",
  ),
  by_kind: list(
    object({ kind: partOf("kind: album, single, ep and so on"), ...partCounts }),
    "figures by kind of record",
  ),
  by_decade: list(
    object({ decade: partOf("decade of the pressing"), ...partCounts }),
    "figures by decade of the pressing",
  ),
  plays: object(
    {
      owned: count("plays on albums that you own in any pressing, each album once"),
      not_owned: count("plays on other albums"),
      no_album_tag: orNull(count("plays scrobbled without an album; null without the history")),
    },
    "where the plays go",
  ),
  sources: list(
    object({
      name: text("name of the source: lastfm, listenbrainz, spotify …"),
      plays: count("plays that the source has"),
      shared: count("number of these plays that another source has too"),
    }),
    "all plays by listening source; empty for a span",
  ),
  scrobbles: orNull(count("all scrobbles; without the history, the service's own count")),
  unlinked_scrobbles: orNull(
    count("scrobbles of albums that your album chart lacks; null without the history"),
  ),
  stray_plays: orNull(
    count(
      "plays of songs that exactly one record has, scrobbled without its album; in no other figure; null for a span or without the history",
    ),
  ),
  first_scrobble: orNull(instant("time of the first scrobble, in UTC")),
  plays_by_month: orNull(
    list(
      object(monthKeys("number of plays")),
      "the last 24 whole months, oldest first; null for a span or without the history",
    ),
  ),
  collection_values: list(
    object({
      fetched_at: orNull(instant("when a sync fetched it, in UTC")),
      minimum: number("Discogs' minimum"),
      median: number("Discogs' median"),
      maximum: number("Discogs' maximum"),
      currency: orNull(text("ISO 4217 code; null if unknown")),
    }),
    "Discogs' estimates of the collection's value in the newest currency, oldest first; empty for a span",
  ),
  during: span,
  synced_at,
  history: word(historyStates, "state of the listening history: complete, incomplete or hidden"),
});
export type StatsDocument = ValueOf<typeof statsSchema>;

const paid = list(
  object({
    currency: orNull(text("ISO 4217 code; null: none is written")),
    amount: number("sum of the prices"),
    records: count("records with a price in this currency"),
  }),
  "what the records cost, by the setting price_field, each currency by itself; empty without prices",
);

export const breakdownSchema = object({
  by: text("the dimension"),
  data: list(object({ value: partOf("genre, label and so on"), ...partCounts, paid }), "parts"),
  totals: object(
    {
      records: count("records in the collection"),
      scrobbled: count("records with at least one play"),
      plays: count("plays on their albums"),
      paid,
    },
    "totals; each record and album counts once",
  ),
  during: span,
  synced_at,
  history: word(historyStates, "state of the listening history: complete, incomplete or hidden"),
  pagination,
});
export type BreakdownDocument = ValueOf<typeof breakdownSchema>;

const periods = object({ period: text("2025, 2025-Q1 or 2025-01"), plays: count("plays in the period") });
export type ContractPeriod = ValueOf<typeof periods>;

export const overTimeSchema = object({
  by: text("the dimension"),
  over: word(["year", "quarter", "month"], "year, quarter or month"),
  data: list(
    object({
      value: partOf("genre, label and so on"),
      records: count("number of records in this part"),
      scrobbled: count("records with a play in the span"),
      plays: count("plays on their albums, each album once; plays without a date are left out"),
      by_period: list(periods, "plays per period, oldest first"),
    }),
    "parts",
  ),
  totals: object(
    { plays: count("plays on albums that you own"), by_period: list(periods, "plays per period") },
    "totals; each album counts once",
  ),
  during: span,
  synced_at,
  pagination,
});
export type OverTimeDocument = ValueOf<typeof overTimeSchema>;

export const statusSchema = object({
  accounts: object(
    Object.fromEntries(accountServices.map(({ id, name }) => [id, orNull(text(`name at ${name}`))])),
    "accounts of this cache; null before the first sync",
  ),
  cache: object({ path: text("path"), bytes: count("size in bytes") }, "the cache file"),
  syncing: flag("true if a sync is running"),
  listings: list(
    object({
      name: text("name of the listing"),
      state: word(
        ["missing", "complete", "short", "held", "hidden", "private"],
        "missing, complete, short (the service lists fewer rows than it counts), held (rows kept until their removal is certain), hidden or private",
      ),
      rows: count("rows in the cache"),
      reported: count("the service's own count"),
      synced_at: orNull(instant("when it was last up to date, in UTC")),
      walked_at: orNull(instant("when it was last read completely, in UTC")),
      walk: orNull(
        object(
          { started_at: orNull(instant("time in UTC")), rows: count("rows read so far") },
          "unfinished walk; null if there is none",
        ),
      ),
    }),
    listings.join(", "),
  ),
  next_full_walk: orNull(instant("when the collection is next read completely, in UTC")),
  matches: orNull(
    object(
      {
        scrobbled: count("exact and fuzzy matches"),
        artist_only: count("matches of the artist alone"),
        none: count("no match"),
        doubtful: count("doubtful matches, as in rewind review"),
      },
      "matches by kind; null before the first sync",
    ),
  ),
});
export type StatusDocument = ValueOf<typeof statusSchema>;

/** The limits of an SQL answer: rows in all, letters of one text, and letters of a page. */
export const sqlPageLimits = { mostRows: 100_000, mostLetters: 2000, mostPageLetters: 1_000_000 };

export const sqlPageSchema = object({
  columns: list(text(), "column names, each unique"),
  rows: list(
    list<string | number | null>({ type: ["string", "number", "null"] }),
    `of the page, a value for each column; texts are cut at ${sqlPageLimits.mostLetters} letters`,
  ),
  total: count("rows on all pages"),
  is_cut: flag(`whether there are more than the ${sqlPageLimits.mostRows} rows that were counted`),
});
export type SqlPage = ValueOf<typeof sqlPageSchema>;
