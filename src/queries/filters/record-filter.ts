// Which records: every filter as a condition in SQL. Values of one filter are alternatives, filters narrow each other.
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/database.ts";
import type { Kind, MatchWord } from "./filter-words.ts";
import { resolveValues, type Dimension } from "./known-values.ts";
import { rangeCondition, type Range } from "./range.ts";
import { playsOf, spinsOf } from "../record-source.ts";
import { spanCondition, type Span } from "./span.ts";
import { foldedWords } from "../words.ts";

export interface RecordFilter {
  /** Records whose artist or title holds them all, folded as the matcher folds. */
  readonly words?: readonly string[];
  /** The API's own filter: listened = at least one play, within `during` where that is given. */
  readonly listened?: boolean;
  /** Not one play, ever. */
  readonly never?: boolean;
  /** Text within the artist's names. */
  readonly artist?: readonly string[];
  readonly title?: readonly string[];
  /** "any" lets all in. */
  readonly kind?: readonly (Kind | "any")[];
  readonly notKind?: readonly Kind[];
  /** As typed: the cache's spelling is looked up, and an unknown one is an error. */
  readonly format?: readonly string[];
  readonly genre?: readonly string[];
  readonly style?: readonly string[];
  readonly label?: readonly string[];
  readonly folder?: readonly string[];
  readonly notFormat?: readonly string[];
  readonly notGenre?: readonly string[];
  readonly notStyle?: readonly string[];
  readonly notLabel?: readonly string[];
  readonly notFolder?: readonly string[];
  readonly match?: readonly MatchWord[];
  readonly year?: readonly Range[];
  /** A range that begins at 0 takes the unrated in. */
  readonly rating?: readonly Range[];
  /** Within `during` where that is given. */
  readonly plays?: readonly Range[];
  readonly spins?: readonly Range[];
  readonly confidence?: readonly Range[];
  readonly added?: readonly Span[];
  /** When last played. */
  readonly played?: readonly Span[];
  /** Plays are those of this span only. */
  readonly during?: Span;
}

export interface Condition {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

/** Over the tables of recordSource(): record, release, match, and heard where plays are those of a span. */
export function condition(database: Database, filter: RecordFilter): Condition {
  const parts: readonly (Condition | undefined)[] = [
    filter.listened === undefined
      ? undefined
      : plain(`${playsOf(filter)} ${filter.listened ? "> 0" : "= 0"}`),
    filter.never === true ? plain("match.play_count = 0") : undefined,
    ...foldedWords(filter.words ?? []).map((word) => holds("release.artist || ' ' || release.title", word)),
    anyOf(filter.artist, artistHolds),
    anyOf(filter.title, (text) => holds("release.title", fold(text))),
    filter.kind?.includes("any") ? undefined : among("release.kind", filter.kind),
    not(among("release.kind", filter.notKind)),
    ...(Object.keys(carriers) as Dimension[]).flatMap((dimension) => [
      carries(database, dimension, filter[dimension]),
      not(carries(database, dimension, filter[negations[dimension]])),
    ]),
    anyOf(filter.match, (word) => plain(matchConditions[word])),
    anyOf(filter.year, (range) => rangeCondition("release.year", range)),
    anyOf(filter.rating, (range) => rangeCondition("record.rating", range)),
    anyOf(filter.plays, (range) => rangeCondition(playsOf(filter), range)),
    anyOf(filter.spins, (range) => rangeCondition(spinsOf, range)),
    anyOf(filter.confidence, (range) => rangeCondition("match.confidence", range)),
    anyOf(filter.added, (span) => spanCondition("record.added_uts", span)),
    anyOf(filter.played, (span) => spanCondition("match.last_played_uts", span)),
  ];
  const used = parts.filter((part) => part !== undefined);
  const sql = used.map((part) => part.sql).join(" AND ") || "true";
  if (sql.includes("fold(")) defineFold(database);
  return { sql, parameters: used.flatMap(({ parameters }) => parameters) };
}

/** Makes the matcher's folding callable from SQL. */
export function defineFold(database: Database): void {
  database.function(
    "fold",
    { deterministic: true, safeIntegers: true },
    (value: string | number | bigint | Buffer | null) => (value === null ? null : fold(String(value))),
  );
}

const matchConditions: Readonly<Record<MatchWord, string>> = {
  exact: "match.type = 'exact'",
  fuzzy: "match.type = 'fuzzy'",
  "~": "match.type = 'fuzzy'",
  artist: "match.type = 'artist_only'",
  artist_only: "match.type = 'artist_only'",
  none: "match.type = 'none'",
  you: "match.decided_by = 'user'",
};

/** Whether a release carries one of the values put in place of "?". */
const carriers: Readonly<Record<Dimension, string>> = {
  genre: "EXISTS (SELECT 1 FROM json_each(release.genres) WHERE value IN (?))",
  style: "EXISTS (SELECT 1 FROM json_each(release.styles) WHERE value IN (?))",
  format: `EXISTS (SELECT 1 FROM release_format WHERE release_id = release.id AND (name IN (?)
    OR EXISTS (SELECT 1 FROM json_each(descriptions) WHERE value IN (?))))`,
  label: "EXISTS (SELECT 1 FROM release_label WHERE release_id = release.id AND name IN (?))",
  folder: "EXISTS (SELECT 1 FROM folder WHERE folder.id = record.folder_id AND folder.name IN (?))",
};

const negations = {
  genre: "notGenre",
  style: "notStyle",
  format: "notFormat",
  label: "notLabel",
  folder: "notFolder",
} as const satisfies Record<Dimension, keyof RecordFilter>;

function carries(
  database: Database,
  dimension: Dimension,
  given: readonly string[] | undefined,
): Condition | undefined {
  if (given === undefined || given.length === 0) return undefined;
  const values = JSON.stringify(resolveValues(database, dimension, given));
  const lists = carriers[dimension].split("(?)").length - 1;
  return {
    sql: carriers[dimension].replaceAll("(?)", "(SELECT value FROM json_each(?))"),
    parameters: Array.from({ length: lists }, () => values),
  };
}

function plain(sql: string): Condition {
  return { sql, parameters: [] };
}

function not(part: Condition | undefined): Condition | undefined {
  return part && { ...part, sql: `NOT ${part.sql}` };
}

function among(expression: string, values: readonly string[] | undefined): Condition | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return { sql: `${expression} IN (${values.map(() => "?").join(", ")})`, parameters: values };
}

function anyOf<Value>(
  values: readonly Value[] | undefined,
  toCondition: (value: Value) => Condition,
): Condition | undefined {
  if (values === undefined || values.length === 0) return undefined;
  const parts = values.map(toCondition);
  return {
    sql: `(${parts.map(({ sql }) => sql).join(" OR ")})`,
    parameters: parts.flatMap(({ parameters }) => parameters),
  };
}

function holds(expression: string, folded: string): Condition {
  return { sql: `instr(fold(${expression}), ?) > 0`, parameters: [folded] };
}

/** In the credit as one reads it, or in a name of the database where the sleeve has another one. */
function artistHolds(text: string): Condition {
  const folded = fold(text);
  return {
    sql: `(instr(fold(release.artist), ?) > 0 OR EXISTS (SELECT 1 FROM release_artist
      WHERE release_id = release.id AND (instr(fold(name), ?) > 0 OR anv <> '' AND instr(fold(anv), ?) > 0)))`,
    parameters: [folded, folded, folded],
  };
}
