// Documents of figures: the shelf at a glance, its parts, and the contents of the cache.
import { listings } from "../../model/steps.ts";
import { accountServices } from "../../sources/service-lookup.ts";
import { historyStates, monthKeys, pagination, span } from "./parts.ts";
import {
  count,
  flag,
  instant,
  list,
  object,
  orNull,
  text,
  word,
  type Schema,
  type ValueOf,
} from "./schema.ts";

const partCounts = {
  records: count("in this part"),
  scrobbled: count("of them with a play"),
  plays: count("on their albums, each album once"),
};
const partOf = (meaning: string): Schema<string | null> =>
  orNull(text(`${meaning}; null: the records that have none`));

const synced_at = orNull(instant("how old the answer is, in UTC"));

export const statsSchema = object({
  records: count("copies in the collection"),
  albums: count("that they are of, editions and copies counted once"),
  scrobbled: count("records with at least one play, scrobbled or noted"),
  noted_only: count("of them those that were noted and never scrobbled"),
  spun: orNull(count("records heard by half or more in one sitting; null without the history")),
  never_artist_known: count("records never scrobbled, whose artist was"),
  never_artist_unknown: count("records of which not even the artist was"),
  match_types: object(
    {
      exact: count("the album is the same"),
      fuzzy: count("it is most likely the same"),
      artist_only: count("only the artist is known"),
      none: count("not even that"),
    },
    "how many records are matched by each kind of match",
  ),
  by_kind: list(
    object({ kind: partOf("album, single, ep and the like"), ...partCounts }),
    "of each kind of record",
  ),
  by_decade: list(
    object({ decade: partOf("of the pressing"), ...partCounts }),
    "of each decade of pressings",
  ),
  plays: object(
    {
      owned: count("on albums that you own in any pressing, each album once"),
      not_owned: count("on other albums"),
      no_album_tag: orNull(count("of tracks that were scrobbled without an album; null without the history")),
    },
    "where they go",
  ),
  scrobbles: orNull(count("in all; by Last.fm's own count without the history")),
  unlinked_scrobbles: orNull(
    count("with an album tag that names no album of the chart; null without the history"),
  ),
  stray_plays: orNull(
    count(
      "of songs that one record alone has, without its album: in no other figure; null for a span, and without the history",
    ),
  ),
  first_scrobble: orNull(instant("the oldest one, in UTC")),
  plays_by_month: orNull(
    list(
      object(monthKeys("scrobbles")),
      "the last 24 whole months, oldest first; null for a span and without the history",
    ),
  ),
  during: span,
  synced_at,
  history: word(historyStates, "whether the listening history is there: complete, incomplete, hidden"),
});
export type StatsDocument = ValueOf<typeof statsSchema>;

export const breakdownSchema = object({
  by: text("the quality that was asked for"),
  data: list(object({ value: partOf("genre, label and the like"), ...partCounts }), "a part each"),
  totals: object(
    {
      records: count("in the collection"),
      scrobbled: count("of them with a play"),
      plays: count("on their albums"),
    },
    "each record and album once",
  ),
  during: span,
  synced_at,
  history: word(historyStates, "whether the listening history is there: complete, incomplete, hidden"),
  pagination,
});
export type BreakdownDocument = ValueOf<typeof breakdownSchema>;

const periods = object({ period: text("2025, 2025-Q1 or 2025-01"), plays: count("in it") });
export type ContractPeriod = ValueOf<typeof periods>;

export const overTimeSchema = object({
  by: text("the quality that was asked for"),
  over: word(["year", "quarter", "month"], "year, quarter or month"),
  data: list(
    object({
      value: partOf("genre, label and the like"),
      records: count("in this part"),
      scrobbled: count("of them with a play in this time"),
      plays: count("on their albums, each album once; plays without a date are in none"),
      by_period: list(periods, "the same, oldest period first"),
    }),
    "a part each",
  ),
  totals: object(
    { plays: count("on albums that you own"), by_period: list(periods, "the same") },
    "each album once",
  ),
  during: span,
  synced_at,
  pagination,
});
export type OverTimeDocument = ValueOf<typeof overTimeSchema>;

export const statusSchema = object({
  accounts: object(
    Object.fromEntries(accountServices.map(({ id, name }) => [id, orNull(text(`name at ${name}`))])),
    "whose cache it is; null before the first sync",
  ),
  cache: object({ path: text("where it is"), bytes: count("its size") }, "the file"),
  syncing: flag("whether a sync is running"),
  listings: list(
    object({
      name: text("of the listing"),
      state: word(
        ["missing", "complete", "short", "held", "hidden", "private"],
        "missing, complete, short of the service's own count, held for now, hidden or private there",
      ),
      rows: count("in the cache"),
      reported: count("by the service's own count"),
      synced_at: orNull(instant("when it was last found up to date, in UTC")),
      walked_at: orNull(instant("when it was last read whole, in UTC")),
      walk: orNull(
        object(
          { started_at: orNull(instant("in UTC")), rows: count("read so far") },
          "a reading that has not come to its end; null when there is none",
        ),
      ),
    }),
    listings.join(", "),
  ),
  next_full_walk: orNull(instant("when the collection is read whole again, in UTC")),
  matches: orNull(
    object(
      {
        scrobbled: count("exact and fuzzy"),
        artist_only: count("only the artist is known"),
        none: count("not even that"),
        doubtful: count("as many as rewind review asks about"),
      },
      "how the records are matched; null before the first sync",
    ),
  ),
});
export type StatusDocument = ValueOf<typeof statusSchema>;

/** The limits of an SQL answer: letters per text, and rows. */
export const sqlPageLimits = { mostRows: 100_000, mostLetters: 2000 };

export const sqlPageSchema = object({
  columns: list(text(), "their names, each once"),
  rows: list(
    list<string | number | null>({ type: ["string", "number", "null"] }),
    `of the page, a value for each column; texts are cut at ${sqlPageLimits.mostLetters} letters`,
  ),
  total: count("rows of all pages"),
  is_cut: flag(`whether there are more than the ${sqlPageLimits.mostRows} rows that were counted`),
});
export type SqlPage = ValueOf<typeof sqlPageSchema>;
