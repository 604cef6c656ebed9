// All filters, in the order of the help. A new filter is a new row here and nothing else.
import { parseChoice, UsageError } from "../../model/errors.ts";
import { kinds, type Kind } from "../../model/release-kinds.ts";
import { getPlayedKind, playedKinds, type PlayedKind } from "../statistics/played-items.ts";
import { buildRecordSource } from "../statistics/play-counts.ts";
import { buildContainsSql } from "../conditions/sql-functions.ts";
import { joinOr, listSql, rawSql, sql, type Sql } from "../../store/file/sql.ts";
import {
  cachedValueFilter,
  wordChoice,
  dateFilter,
  jsonColumnValues,
  createNameTest,
  ownedReleaseSql,
  rangeFilter,
  textFilter,
} from "./filter-factories.ts";
import { negatableFilter, buildNegation, repeatableFilter, singleFilter, type Filter } from "./filter.ts";
import {
  isInRanges,
  parseFractions,
  parseRange,
  parseRatingRange,
  parseYearRange,
  type Range,
} from "../conditions/range.ts";
import { isInPeriods, type Period } from "../conditions/period.ts";

/** "exact" and "none" include decisions by the user; "you" selects only those. */
const matchConditions = {
  exact: "match.type = 'exact'",
  fuzzy: "match.type = 'fuzzy'",
  "~": "match.type = 'fuzzy'",
  artist: "match.type = 'artist_only'",
  artist_only: "match.type = 'artist_only'",
  none: "match.type = 'none'",
  you: "match.decided_by = 'user'",
} as const;

/** The credit contains the text, or a name on the cover or in the database does. */
function buildArtistContainsSql(text: string): Sql {
  const [name, anv] = [rawSql("name"), rawSql("anv")];
  return sql`(${buildContainsSql(rawSql("release.artist"), text)} OR EXISTS (SELECT 1 FROM release_artist
    WHERE release_id = release.id AND (${buildContainsSql(name, text)} OR anv <> '' AND ${buildContainsSql(anv, text)})))`;
}

const kindsOrAny = [...kinds, "any"] as const;
const playedKindsOrAny = [...playedKinds, "any"] as const;

const filters = {
  listened: singleFilter<boolean>({
    flag: "filter",
    only: "cross-reference",
    placeholder: "group",
    help: "all records, or only those with plays or without",
    defaultValue: "all",
    words: ["all", "listened", "unlistened"],
    parse: (flag, text) => {
      const which = parseChoice(flag, text, ["all", "listened", "unlistened"]);
      return which === "all" ? undefined : which === "listened";
    },
    condition: ([isListened], scope) => {
      const { isHeard } = buildRecordSource(scope);
      return isListened === true ? isHeard : sql`NOT ${isHeard}`;
    },
  }),
  artist: repeatableFilter<string>({
    ...textFilter("the artist's name contains this text", buildArtistContainsSql),
    albums: createNameTest("artist"),
    choiceSource: "artist",
  }),
  title: repeatableFilter<string>({
    ...textFilter("the title contains this text", (text) => buildContainsSql(rawSql("release.title"), text)),
    albums: createNameTest("title"),
  }),
  kind: negatableFilter<Kind | "any">(
    {
      placeholder: "kind",
      help: "kind of the record",
      column: "kind",
      isAlike: true,
      ...wordChoice(kindsOrAny),
      condition: (values) => (values.includes("any") ? undefined : sql`release.kind IN ${listSql(values)}`),
    },
    wordChoice(kinds),
  ),
  albumKind: repeatableFilter<PlayedKind | "any">({
    flag: "kind",
    placeholder: "kind",
    help: "kind of the album",
    column: "kind",
    isAlike: true,
    ...wordChoice(playedKindsOrAny),
    albums: (kindWords) => (album) => kindWords.includes("any") || kindWords.includes(getPlayedKind(album)),
    needsTracks: true,
  }),
  format: cachedValueFilter("format", "format on Discogs", {
    column: "form",
    examples: "Vinyl, CD, LP",
    unknownMessage: "no record comes in the format",
    valuesQuery: `SELECT value FROM (
        SELECT release_id, name AS value, 0 AS place FROM release_format
        UNION ALL SELECT release_id, word.value, 1 FROM release_format, json_each(descriptions) AS word
        UNION ALL SELECT id, form, 2 FROM release WHERE form LIKE '%×%')
      JOIN release ON release.id = release_id WHERE ${ownedReleaseSql} AND value <> ''
      GROUP BY value ORDER BY min(place), count(*) DESC, value`,
    buildCondition: (
      values,
    ) => sql`(form IN ${values} OR EXISTS (SELECT 1 FROM release_format WHERE release_id = release.id
      AND (name IN ${values} OR EXISTS (SELECT 1 FROM json_each(descriptions) WHERE value IN ${values}))))`,
    // Formats may differ in punctuation alone: 7", 7.
    toKey: (value) =>
      value
        .trim()
        .toLowerCase()
        .replace(/^(\d+)x/, "$1×"),
  }),
  genre: cachedValueFilter("genre", "genre on Discogs", {
    column: "genres",
    unknownMessage: "no record carries the genre",
    ...jsonColumnValues("genres"),
  }),
  style: cachedValueFilter("style", "style on Discogs, or a part of its name", {
    column: "styles",
    takesParts: true,
    unknownMessage: "no record carries the style",
    ...jsonColumnValues("styles"),
  }),
  label: cachedValueFilter("label", "label, or a part of its name", {
    column: "label",
    takesParts: true,
    unknownMessage: "no record is on the label",
    valuesQuery: `SELECT name AS value FROM release_label JOIN release ON release.id = release_id
      WHERE ${ownedReleaseSql} GROUP BY name ORDER BY count(*) DESC, name`,
    buildCondition: (values) =>
      sql`EXISTS (SELECT 1 FROM release_label WHERE release_id = release.id AND name IN ${values})`,
  }),
  folder: cachedValueFilter("folder", "folder of your collection", {
    column: "folder",
    isAlike: true,
    unknownMessage: "no folder",
    // Folder 0 ("All") contains every folder on Discogs.
    valuesQuery: `SELECT name AS value FROM folder LEFT JOIN record ON folder.id IN (record.folder_id, 0)
      GROUP BY folder.id ORDER BY count(record.id) DESC, name`,
    buildCondition: (values) =>
      sql`EXISTS (SELECT 1 FROM folder WHERE folder.id IN (record.folder_id, 0) AND folder.name IN ${values})`,
  }),
  perArtist: singleFilter<number | "all">({
    only: "cross-reference",
    placeholder: "count",
    help: "list at most this many records by one artist; all lists every record",
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
  match: repeatableFilter<keyof typeof matchConditions>({
    placeholder: "match",
    help: "how the record was matched; you: by your own decision",
    ...wordChoice<keyof typeof matchConditions>(
      ["exact", "fuzzy", "artist", "none", "you"],
      ["~", "artist_only"],
    ),
    column: "match_type",
    condition: (words) => joinOr(words, (word) => rawSql(matchConditions[word])),
  }),
  never: singleFilter<boolean>({
    help: "records that you never played or logged, whatever --during says",
    parse: () => true,
    condition: () => sql`NOT ${buildRecordSource({}).isHeard}`,
  }),
  wanted: singleFilter<boolean>({
    help: "only what is on your wantlist",
    parse: () => true,
    albums: () => (album) => album.isWanted,
  }),
  year: repeatableFilter<Range>({
    ...rangeFilter("year of the pressing", () => rawSql("release.year"), parseYearRange),
    examples: "1975, 1970s, ..1979",
    column: "year",
    placeholder: "years",
  }),
  originalYear: repeatableFilter<Range>({
    ...rangeFilter(
      "year the album was first released",
      () => rawSql("release.original_year"),
      parseYearRange,
    ),
    examples: "1975, 1970s, ..1979",
    column: "original_year",
    placeholder: "years",
    fetchedBy: "rewind sync --musicbrainz",
  }),
  /** A range that begins at 0 includes unrated records. */
  rating: repeatableFilter<Range>({
    ...rangeFilter("your rating; 0 is not rated", () => rawSql("record.rating"), parseRatingRange),
    examples: "4.., 2..4",
    column: "rating",
  }),
  plays: repeatableFilter<Range>({
    ...rangeFilter("number of plays", (scope) => buildRecordSource(scope).plays),
    examples: "10.., ..5, 2..4, 7",
    column: "play_count",
    isCount: true,
    albums: (ranges) => (album) => isInRanges(album.plays, ranges),
  }),
  spins: repeatableFilter<Range>({
    ...rangeFilter(
      "number of spins, which are sittings with at least half of the album",
      (scope) => buildRecordSource(scope).spins,
    ),
    examples: "5..",
    column: "spins",
    isCount: true,
    needs: "Spins",
  }),
  confidence: repeatableFilter<Range>({
    ...rangeFilter("confidence of the match, 0 to 1", () => rawSql("match.confidence"), parseFractions),
    examples: "..0.9, 0.5..0.8",
    column: "match_confidence",
  }),
  added: repeatableFilter<Period>({
    ...dateFilter("when you added it", () => rawSql("record.added_uts")),
    examples: "2024, 2024-06.., 90d",
    column: "added_at",
  }),
  lastPlayed: repeatableFilter<Period>({
    ...dateFilter("when you last played it; ..1y: more than a year ago", () =>
      rawSql("match.last_played_uts"),
    ),
    examples: "2024, 1y, ..1y",
    column: "last_played",
    albums: (spans) => (album) => isInPeriods(album.lastPlayedUts, spans),
    needs: "Last plays",
  }),
  tracks: repeatableFilter<Range>({
    placeholder: "range",
    help: "number of its tracks that you played; 1.. for all",
    examples: "1.., 10..",
    defaultValue: "4..",
    column: "tracks",
    isCount: true,
    parse: parseRange,
    albums:
      (ranges) =>
      ({ tracks }) =>
        tracks === null || isInRanges(tracks, ranges),
    needsTracks: true,
    needs: "Tracks heard",
  }),
};

type Table = typeof filters;

type InferFilterValues<Row> =
  Row extends Filter<infer Value, infer Single> ? (Single extends true ? Value : readonly Value[]) : never;

type Negated = {
  [Name in keyof Table]: Table[Name] extends { readonly negation: unknown } ? Name : never;
}[keyof Table];

/** The parsed value of each filter, by its name. */
export type FilterValues = {
  readonly [Name in keyof Table]?: InferFilterValues<Table[Name]>;
} & {
  readonly [Name in Negated as `not${Capitalize<Name>}`]?: InferFilterValues<Table[Name]>;
};

/** cross-reference: records as the documented JSON lists them. albums: albums that are not owned. */
export type Subject = "cross-reference" | "records" | "albums";

const rows = Object.entries<Filter>(filters);

/** The filters in the order of the help: the negations come last. */
export const allFilters: ReadonlyMap<string, Filter> = new Map([
  ...rows,
  ...rows.flatMap(([name, row]) => buildNegation(name, row)),
]);

export function selectFilters(subject: Subject): (readonly [name: string, row: Filter])[] {
  return [...allFilters].filter(([, { albums, condition, only }]) =>
    subject === "albums" ? albums !== undefined : condition !== undefined && (only ?? subject) === subject,
  );
}
