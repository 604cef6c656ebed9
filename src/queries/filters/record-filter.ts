// Turns filters into SQL conditions. The values of one filter are alternatives; different filters are combined with
// AND.
import type { Database } from "../../store/file/database.ts";
import type { HistoryFact } from "../statistics/readiness.ts";
import { buildRecordSource, buildWithSql, type PlayScope } from "../statistics/play-counts.ts";
import { findListedRecords, type ListedRecords } from "../find/find-records.ts";
import type { Range } from "../conditions/range.ts";
import { foldWords } from "../conditions/words.ts";
import { joinAnd, listSql, rawSql, sql, queryValue, type Sql } from "../../store/file/sql.ts";
import { type AlbumTest, toFlag } from "./filter.ts";
import { allFilters, selectFilters, type FilterValues } from "./all-filters.ts";

/** A test for the filters that need the number of tracks, or for the others. Words are not tested. */
export function createAlbumTest(filter: RecordFilter, part: "tracks" | "others"): AlbumTest {
  const tests = selectFilters("albums").flatMap(([name, { albums, needsTracks = false }]) => {
    const values = getFilterValues(filter, name);
    const isAsked = needsTracks === (part === "tracks") && values.length > 0;
    return (isAsked && albums?.(values)) || [];
  });
  return (album) => tests.every((isLetIn) => isLetIn(album));
}

/** Some filters have one value, the others a list. */
function getFilterValues(filter: RecordFilter, name: string): readonly unknown[] {
  const value: unknown = Reflect.get(filter, name) ?? [];
  return Array.isArray(value) ? value : [value];
}

export interface RecordFilter extends FilterValues, PlayScope {
  /** Records that listRecords() finds for all of these words. */
  readonly words?: readonly string[];
}

/** Uses the tables of buildRecordSource(): record, release, match, and heard if plays are those of a span. */
export function buildFilterSql(database: Database, filter: RecordFilter): Sql {
  const scope = { database, ...filter };
  return joinAnd([
    ...buildNamedRecordsSql(database, filter.words ?? []),
    ...selectFilters("cross-reference").flatMap(([name, row]) => {
      const values = getFilterValues(filter, name);
      return (values.length === 0 ? undefined : row.condition?.(values, scope)) ?? [];
    }),
  ]);
}

/** A statement that selects from the records that pass the filter. `rest` follows the conditions. */
export function buildRecordsSql(
  database: Database,
  filter: RecordFilter,
  columns: Sql,
  rest = rawSql(""),
): Sql {
  const { definitions, tables } = buildRecordSource(filter);
  const where = buildFilterSql(database, filter);
  return sql`${buildWithSql(definitions)} SELECT ${columns} FROM ${tables} WHERE ${where} ${rest}`;
}

/** The number of records that pass the filter. */
export function countFilteredRecords(database: Database, filter: RecordFilter): number {
  return queryValue(database, 0)`${buildRecordsSql(database, filter, rawSql("count(*)"))}`;
}

/** The records of a filter's words, by the list of words: one answer asks for its filter several times. */
const recordsByWords = new WeakMap<readonly string[], ListedRecords>();

/** The records that the filter's words name. Searches once for each filter that was read. */
export function findNamedRecords(database: Database, words: readonly string[]): ListedRecords {
  const known = recordsByWords.get(words) ?? findListedRecords(database, words.join(" "));
  recordsByWords.set(words, known);
  return known;
}

/** Words made of punctuation alone filter nothing. */
function buildNamedRecordsSql(database: Database, words: readonly string[]): Sql[] {
  if (foldWords(words).length === 0) return [];
  return [sql`record.id IN ${listSql(findNamedRecords(database, words).ids)}`];
}

/** The columns that show the filtered values. */
export function getFilterColumns(filter: RecordFilter): string[] {
  const columns = [...allFilters].flatMap(([name, { column = [], isAlike }]) => {
    const values = getFilterValues(filter, name);
    return values.length === 0 || (isAlike === true && values.length === 1) ? [] : column;
  });
  return [...new Set(columns)];
}

/** The parts of the listening history that the filters need. */
export function getHistoryNeeds(filter: RecordFilter): HistoryFact[] {
  const needs = Object.keys(filter).flatMap((name) => allFilters.get(name)?.needs ?? []);
  return filter.during === undefined ? needs : ["Plays within a span", ...needs];
}

/** Explains an empty list. */
export interface EmptyListReason {
  /** The filters as typed: "--genre", or "the words" for words of artist and title. */
  readonly activeFilters: readonly string[];
  /** Counts typed as one number, with the number of rows that have at least as many. */
  readonly exact: readonly { readonly name: string; readonly count: number; readonly rows: number }[];
  /** Filters whose facts are known of no row, with the commands that fetch them. */
  readonly unknown: readonly { readonly name: string; readonly command: string }[];
  /** The number of rows without this one filter, the largest first. Filters that make no difference are left out. */
  readonly without: readonly { readonly name: string; readonly rows: number }[];
}

/** The name that an empty list has for the words of artist and title. */
export const wordsName = "the words";

/**
 * Runs one query per filter, so call it only if nothing was left. `during` does not count as a filter. `own`: options of
 * the list itself that narrow it, with the number of rows without each.
 */
export function explainEmptyList(
  filter: RecordFilter,
  count: (filter: RecordFilter) => number,
  own: Readonly<Record<string, () => number>> = {},
): EmptyListReason {
  const { during: _, ...others } = filter;
  const names = Object.keys(others);
  return {
    activeFilters: [...names.map(formatFilterName), ...Object.keys(own)],
    exact: names.flatMap((name) => {
      const [range, ...more] = getFilterValues(filter, name) as Range[];
      const isExact = range?.min != null && range.min === range.max && more.length === 0;
      if (!isExact || allFilters.get(name)?.isCount !== true) return [];
      const rows = count({ ...filter, [name]: [{ ...range, max: null }] });
      return rows === 0 ? [] : { name: formatFilterName(name), count: range.min, rows };
    }),
    unknown: names.flatMap((name) => {
      const command = allFilters.get(name)?.fetchedBy;
      const isKnown = command === undefined || count({ [name]: [{ min: 0, max: null }] }) > 0;
      return isKnown ? [] : { name: formatFilterName(name), command };
    }),
    without: [
      ...names.map((name) => ({
        name: formatFilterName(name),
        rows: count(Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name))),
      })),
      ...Object.entries(own).map(([name, countRows]) => ({ name, rows: countRows() })),
    ]
      .filter(({ rows }) => rows > 0)
      .toSorted((a, b) => b.rows - a.rows),
  };
}

function formatFilterName(name: string): string {
  const row = allFilters.get(name);
  return row === undefined ? wordsName : `--${toFlag(name, row)}`;
}
