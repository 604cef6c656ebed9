// Turns filters into SQL conditions. The values of one filter are alternatives; different filters are combined with
// AND.
import type { Database } from "../../store/file/database.ts";
import type { HistoryFact } from "../figures/readiness.ts";
import { recordSource, withThese, type PlayScope } from "../figures/play-counts.ts";
import { listRecords, type ListedRecords } from "../find/find-records.ts";
import type { Range } from "../conditions/range.ts";
import { foldedWords } from "../conditions/words.ts";
import { allOf, list, plain, sql, valueOf, type Sql } from "../../store/file/sql.ts";
import { type AlbumTest, flagOf } from "./filter.ts";
import { allFilters, filtersOf, type FilterValues } from "./all-filters.ts";

/** A test for the filters that need the number of tracks, or for the others. Words are not tested. */
export function albumTest(filter: RecordFilter, part: "tracks" | "others"): AlbumTest {
  const tests = filtersOf("albums").flatMap(([name, { albums, needsTracks = false }]) => {
    const values = valuesOf(filter, name);
    const isAsked = needsTracks === (part === "tracks") && values.length > 0;
    return (isAsked && albums?.(values)) || [];
  });
  return (album) => tests.every((isLetIn) => isLetIn(album));
}

/** Some filters have one value, the others a list. */
function valuesOf(filter: RecordFilter, name: string): readonly unknown[] {
  const value: unknown = Reflect.get(filter, name) ?? [];
  return Array.isArray(value) ? value : [value];
}

export interface RecordFilter extends FilterValues, PlayScope {
  /** Records that listRecords() finds for all of these words. */
  readonly words?: readonly string[];
}

/** Uses the tables of recordSource(): record, release, match, and heard if plays are those of a span. */
export function condition(database: Database, filter: RecordFilter): Sql {
  const scope = { database, ...filter };
  return allOf([
    ...namedBy(database, filter.words ?? []),
    ...filtersOf("cross-reference").flatMap(([name, row]) => {
      const values = valuesOf(filter, name);
      return (values.length === 0 ? undefined : row.condition?.(values, scope)) ?? [];
    }),
  ]);
}

/** A statement that selects from the records that pass the filter. `rest` follows the conditions. */
export function fromRecords(database: Database, filter: RecordFilter, columns: Sql, rest = plain("")): Sql {
  const { definitions, tables } = recordSource(filter);
  const where = condition(database, filter);
  return sql`${withThese(definitions)} SELECT ${columns} FROM ${tables} WHERE ${where} ${rest}`;
}

/** The number of records that pass the filter. */
export function countFiltered(database: Database, filter: RecordFilter): number {
  return valueOf(database, 0)`${fromRecords(database, filter, plain("count(*)"))}`;
}

/** The records of a filter's words, by the list of words: one answer asks for its filter several times. */
const namedRecords = new WeakMap<readonly string[], ListedRecords>();

/** The records that the filter's words name. Searches once for each filter that was read. */
export function recordsNamedBy(database: Database, words: readonly string[]): ListedRecords {
  const known = namedRecords.get(words) ?? listRecords(database, words.join(" "));
  namedRecords.set(words, known);
  return known;
}

/** Words made of punctuation alone filter nothing. */
function namedBy(database: Database, words: readonly string[]): Sql[] {
  if (foldedWords(words).length === 0) return [];
  return [sql`record.id IN ${list(recordsNamedBy(database, words).ids)}`];
}

/** The columns that show the filtered values. */
export function columnsOfFilter(filter: RecordFilter): string[] {
  const columns = [...allFilters].flatMap(([name, { column = [], isAlike }]) => {
    const values = valuesOf(filter, name);
    return values.length === 0 || (isAlike === true && values.length === 1) ? [] : column;
  });
  return [...new Set(columns)];
}

/** The parts of the listening history that the filters need. */
export function needsOf(filter: RecordFilter): HistoryFact[] {
  const needs = Object.keys(filter).flatMap((name) => allFilters.get(name)?.needs ?? []);
  return filter.during === undefined ? needs : ["Plays within a span", ...needs];
}

/** Explains an empty list. */
export interface Emptied {
  /** As typed: "--genre", or "the words" for words of artist and title. */
  readonly asked: readonly string[];
  /** Counts typed as one number, with the number of rows that have at least as many. */
  readonly exact: readonly { readonly name: string; readonly count: number; readonly rows: number }[];
  /** Filters whose facts are known of no row, with the commands that fetch them. */
  readonly unknown: readonly { readonly name: string; readonly command: string }[];
  /** The number of rows without this one filter, the largest first. Filters that make no difference are left out. */
  readonly without: readonly { readonly name: string; readonly rows: number }[];
}

/** How an empty list names the words of artist and title. */
export const wordsName = "the words";

/**
 * Runs one query per filter, so call it only if nothing was left. `during` does not count as a filter. `own`: options of
 * the list itself that narrow it, with the number of rows without each.
 */
export function emptiedBy(
  filter: RecordFilter,
  count: (filter: RecordFilter) => number,
  own: Readonly<Record<string, () => number>> = {},
): Emptied {
  const { during: _, ...others } = filter;
  const names = Object.keys(others);
  return {
    asked: [...names.map(typedName), ...Object.keys(own)],
    exact: names.flatMap((name) => {
      const [range, ...more] = valuesOf(filter, name) as Range[];
      const isExact = range?.least != null && range.least === range.most && more.length === 0;
      if (!isExact || allFilters.get(name)?.isCount !== true) return [];
      const rows = count({ ...filter, [name]: [{ ...range, most: null }] });
      return rows === 0 ? [] : { name: typedName(name), count: range.least, rows };
    }),
    unknown: names.flatMap((name) => {
      const command = allFilters.get(name)?.fetchedBy;
      const isKnown = command === undefined || count({ [name]: [{ least: 0, most: null }] }) > 0;
      return isKnown ? [] : { name: typedName(name), command };
    }),
    without: [
      ...names.map((name) => ({
        name: typedName(name),
        rows: count(Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name))),
      })),
      ...Object.entries(own).map(([name, countRows]) => ({ name, rows: countRows() })),
    ]
      .filter(({ rows }) => rows > 0)
      .toSorted((a, b) => b.rows - a.rows),
  };
}

function typedName(name: string): string {
  const row = allFilters.get(name);
  return row === undefined ? wordsName : `--${flagOf(name, row)}`;
}
