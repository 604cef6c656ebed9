// All filters, in the order of the help. A new filter is a new row here and nothing else.
import { oneOf, UsageError } from "../../model/errors.ts";
import { kinds, type Kind } from "../../model/release-kinds.ts";
import { playedKind, playedKinds, type PlayedKind } from "../figures/played-most.ts";
import { recordSource } from "../figures/play-counts.ts";
import { holds } from "../conditions/sql-functions.ts";
import { anyOf, list, plain, sql, type Sql } from "../../store/file/sql.ts";
import { carrying, oneOfWords, dated, inJsonColumn, nameTest, onShelf, ranged, textual } from "./families.ts";
import { negatable, negationOf, repeatable, single, type Filter } from "./filter.ts";
import {
  inRanges,
  parseFractions,
  parseRange,
  parseRating,
  parseYears,
  type Range,
} from "../conditions/range.ts";
import { inSpans, type Span } from "../conditions/span.ts";

/** "exact" and "none" include decisions by the user; "you" selects only those. */
const matches = {
  exact: "match.type = 'exact'",
  fuzzy: "match.type = 'fuzzy'",
  "~": "match.type = 'fuzzy'",
  artist: "match.type = 'artist_only'",
  artist_only: "match.type = 'artist_only'",
  none: "match.type = 'none'",
  you: "match.decided_by = 'user'",
} as const;

/** The credit contains the text, or a name on the sleeve or in the database does. */
function artistHolds(text: string): Sql {
  const [name, anv] = [plain("name"), plain("anv")];
  return sql`(${holds(plain("release.artist"), text)} OR EXISTS (SELECT 1 FROM release_artist
    WHERE release_id = release.id AND (${holds(name, text)} OR anv <> '' AND ${holds(anv, text)})))`;
}

const kindsOrAny = [...kinds, "any"] as const;
const playedKindsOrAny = [...playedKinds, "any"] as const;

const filters = {
  listened: single<boolean>({
    flag: "filter",
    only: "cross-reference",
    placeholder: "which",
    help: "",
    usual: "all",
    words: ["all", "listened", "unlistened"],
    parse: (flag, text) => {
      const which = oneOf(flag, text, ["all", "listened", "unlistened"]);
      return which === "all" ? undefined : which === "listened";
    },
    condition: ([isListened], scope) => {
      const { isHeard } = recordSource(scope);
      return isListened === true ? isHeard : sql`NOT ${isHeard}`;
    },
  }),
  artist: repeatable<string>({
    ...textual("the artist's name contains this text", artistHolds),
    albums: nameTest("artist"),
    choiceSource: "artist",
  }),
  title: repeatable<string>({
    ...textual("the title contains this text", (text) => holds(plain("release.title"), text)),
    albums: nameTest("title"),
  }),
  kind: negatable<Kind | "any">(
    {
      placeholder: "kind",
      help: "",
      column: "kind",
      isAlike: true,
      ...oneOfWords(kindsOrAny),
      condition: (values) => (values.includes("any") ? undefined : sql`release.kind IN ${list(values)}`),
    },
    oneOfWords(kinds),
  ),
  albumKind: repeatable<PlayedKind | "any">({
    flag: "kind",
    placeholder: "kind",
    help: "",
    column: "kind",
    isAlike: true,
    ...oneOfWords(playedKindsOrAny),
    albums:
      (kindWords) =>
      ({ titles, tracks }) =>
        kindWords.includes("any") || kindWords.includes(playedKind(titles, tracks)),
    needsTracks: true,
  }),
  format: carrying("format", "Vinyl, CD, LP … as on Discogs", {
    column: "form",
    unknown: "no record comes in the format",
    valuesQuery: `SELECT value FROM (
        SELECT release_id, name AS value, 0 AS place FROM release_format
        UNION ALL SELECT release_id, word.value, 1 FROM release_format, json_each(descriptions) AS word)
      JOIN release ON release.id = release_id WHERE ${onShelf} AND value <> ''
      GROUP BY value ORDER BY min(place), count(*) DESC, value`,
    carrier: (values) => sql`EXISTS (SELECT 1 FROM release_format WHERE release_id = release.id
      AND (name IN ${values} OR EXISTS (SELECT 1 FROM json_each(descriptions) WHERE value IN ${values})))`,
    // Formats may differ in punctuation alone: 7", 7.
    keyOf: (value) => value.trim().toLowerCase(),
  }),
  genre: carrying("genre", "Discogs' genre", {
    column: "genres",
    unknown: "no record carries the genre",
    ...inJsonColumn("genres"),
  }),
  style: carrying("style", "Discogs' style, or a part of it", {
    column: "styles",
    takesParts: true,
    unknown: "no record carries the style",
    ...inJsonColumn("styles"),
  }),
  label: carrying("label", "the label, or a part of its name", {
    column: "label",
    takesParts: true,
    unknown: "no record is on the label",
    valuesQuery: `SELECT name AS value FROM release_label JOIN release ON release.id = release_id
      WHERE ${onShelf} GROUP BY name ORDER BY count(*) DESC, name`,
    carrier: (values) =>
      sql`EXISTS (SELECT 1 FROM release_label WHERE release_id = release.id AND name IN ${values})`,
  }),
  folder: carrying("folder", "a folder of your collection", {
    column: "folder",
    isAlike: true,
    unknown: "no folder",
    // At Discogs, folder 0 ("All") contains every folder.
    valuesQuery: `SELECT name AS value FROM folder LEFT JOIN record ON folder.id IN (record.folder_id, 0)
      GROUP BY folder.id ORDER BY count(record.id) DESC, name`,
    carrier: (values) =>
      sql`EXISTS (SELECT 1 FROM folder WHERE folder.id IN (record.folder_id, 0) AND folder.name IN ${values})`,
  }),
  perArtist: single<number | "all">({
    only: "cross-reference",
    placeholder: "count",
    help: "list at most this many records by one artist, or all",
    parse: (flag, text) => {
      if (text === "all") return text;
      if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
      throw new UsageError(
        `${flag} takes a whole number of at least 1, or all, not ${JSON.stringify(text.slice(0, 40))}`,
        `Try: ${flag} 2`,
      );
    },
    // The question leaves lines out once they are in order.
    condition: () => undefined,
  }),
  match: repeatable<keyof typeof matches>({
    placeholder: "how",
    help: "",
    ...oneOfWords<keyof typeof matches>(["exact", "fuzzy", "artist", "none", "you"], ["~", "artist_only"]),
    meanings: { you: "decided by you" },
    column: "match_type",
    condition: (words) => anyOf(words, (word) => plain(matches[word])),
  }),
  never: single<boolean>({
    help: "without any play or logged play, whatever --during says",
    parse: () => true,
    condition: () => sql`NOT ${recordSource({}).isHeard}`,
  }),
  wanted: single<boolean>({
    help: "on your wantlist",
    parse: () => true,
    albums: () => (album) => album.isWanted,
  }),
  year: repeatable<Range>({
    ...ranged("year of the pressing: 1975, 1970s, ..1979", () => plain("release.year"), parseYears),
    column: "year",
    placeholder: "years",
  }),
  originalYear: repeatable<Range>({
    ...ranged("year the album was first released", () => plain("release.original_year"), parseYears),
    column: "original_year",
    placeholder: "years",
    fetchedBy: "rewind sync --musicbrainz",
  }),
  /** A range that begins at 0 includes unrated records. */
  rating: repeatable<Range>({
    ...ranged("your rating: 4.., 2..4; 0 is not rated", () => plain("record.rating"), parseRating),
    column: "rating",
  }),
  plays: repeatable<Range>({
    ...ranged("number of plays: 10.., ..5, 2..4, 7", (scope) => recordSource(scope).plays),
    column: "play_count",
    isCount: true,
    albums: (ranges) => (album) => inRanges(album.plays, ranges),
  }),
  spins: repeatable<Range>({
    ...ranged(
      "number of spins: 5.. (sittings with at least half of the album)",
      (scope) => recordSource(scope).spins,
    ),
    column: "spins",
    isCount: true,
    needs: "Spins",
  }),
  confidence: repeatable<Range>({
    ...ranged("confidence of the match: ..0.9, 0.5..0.8", () => plain("match.confidence"), parseFractions),
    column: "match_confidence",
  }),
  added: repeatable<Span>({
    ...dated("when you added it: 2024, 2024-06.., 90d", () => plain("record.added_uts")),
    column: "added_at",
  }),
  lastPlayed: repeatable<Span>({
    ...dated("when you last played it: 2024, 1y, ..1y (more than a year ago)", () =>
      plain("match.last_played_uts"),
    ),
    column: "last_played",
    albums: (spans) => (album) => inSpans(album.lastPlayedUts, spans),
    needs: "Last plays",
  }),
  tracks: repeatable<Range>({
    placeholder: "range",
    help: "number of tracks heard; 1.. for all (default: 4..)",
    column: "tracks",
    isCount: true,
    parse: parseRange,
    albums:
      (ranges) =>
      ({ tracks }) =>
        tracks === null || inRanges(tracks, ranges),
    needsTracks: true,
    needs: "Tracks heard",
  }),
};

type Table = typeof filters;

type ValuesOf<Row> =
  Row extends Filter<infer Value, infer Single> ? (Single extends true ? Value : readonly Value[]) : never;

type Negated = {
  [Name in keyof Table]: Table[Name] extends { readonly negation: unknown } ? Name : never;
}[keyof Table];

/** The parsed value of each filter, by its name. */
export type FilterValues = {
  readonly [Name in keyof Table]?: ValuesOf<Table[Name]>;
} & {
  readonly [Name in Negated as `not${Capitalize<Name>}`]?: ValuesOf<Table[Name]>;
};

/** cross-reference: records as the documented JSON lists them. albums: albums that are not owned. */
export type Subject = "cross-reference" | "records" | "albums";

const rows = Object.entries<Filter>(filters);

/** In the order of the help: the negations come last. */
export const allFilters: ReadonlyMap<string, Filter> = new Map([
  ...rows,
  ...rows.flatMap(([name, row]) => negationOf(name, row)),
]);

export function filtersOf(subject: Subject): (readonly [name: string, row: Filter])[] {
  return [...allFilters].filter(([, { albums, condition, only }]) =>
    subject === "albums" ? albums !== undefined : condition !== undefined && (only ?? subject) === subject,
  );
}
