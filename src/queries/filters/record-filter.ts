// Turns filters into SQL conditions. The values of one filter are alternatives; different filters are combined with
// AND.
import type { Database } from "../../store/file/database.ts";
import type { HistoryFact } from "../figures/readiness.ts";
import { recordSource, withThese, type PlayScope } from "../figures/play-counts.ts";
import { recordsNamed } from "../find/records-named.ts";
import { foldedWords, holdingWords } from "../conditions/words.ts";
import { allOf, list, plain, sql, valueOf, type Sql } from "../conditions/sql.ts";
import { type AlbumFacts, type AlbumStage, type Filter, flagOf, negated, negationOf } from "./filter.ts";
import { filters, filtersOf, type FilterValues } from "./all-filters.ts";

export type AlbumFilter = RecordFilter;

/** A test for the filters of one stage, words excluded. */
export function albumTest(
  filter: Omit<AlbumFilter, "during">,
  stage: AlbumStage,
): (album: AlbumFacts) => boolean {
  const filterValues = new Map<string, unknown>(Object.entries(filter));
  const tests = filtersOf("albums").flatMap(([name, { albums }]) => {
    const value = filterValues.get(name);
    const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const isAsked = albums?.stage === stage && values.length > 0;
    return isAsked ? [albums.test(values)] : [];
  });
  return (album) => tests.every((isLetIn) => isLetIn(album));
}

export function holdingFilterWords<Album extends { readonly artist: string; readonly title: string | null }>(
  all: readonly Album[],
  { words = [] }: Pick<AlbumFilter, "words">,
): readonly Album[] {
  return holdingWords(all, ({ artist, title }) => `${artist} ${title ?? ""}`, foldedWords(words));
}

export interface RecordFilter extends FilterValues, PlayScope {
  /** Records that recordsNamed() finds for all of these words. */
  readonly words?: readonly string[];
}

/** Uses the tables of recordSource(): record, release, match, and heard if plays are those of a span. */
export function condition(database: Database, filter: RecordFilter): Sql {
  const scope = { database, ...filter };
  const filterValues = new Map<string, unknown>(Object.entries(filter));
  const conditionsOf = (name: string, row: Filter | undefined): Sql[] => {
    const value = filterValues.get(name);
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const part = values.length === 0 ? undefined : row?.condition?.(values, scope);
    return part === undefined ? [] : [part];
  };
  return allOf([
    ...namedBy(database, filter.words ?? []),
    ...filtersOf("cross-reference").flatMap(([name, row]) => [
      ...conditionsOf(name, row),
      ...conditionsOf(negated(name), negationOf(row)),
    ]),
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

/** Words made of punctuation alone filter nothing. */
function namedBy(database: Database, words: readonly string[]): Sql[] {
  if (foldedWords(words).length === 0) return [];
  const ids = recordsNamed(database, words.join(" ")).records.map(({ recordId }) => recordId);
  return [sql`record.id IN ${list(ids)}`];
}

/** The columns that show the filtered values. */
export function columnsOfFilter(filter: RecordFilter): string[] {
  const filterValues = new Map<string, unknown>(Object.entries(filter));
  return Object.entries<Filter>(filters).flatMap(([name, { column, isAlike }]) => {
    const [values, others] = [filterValues.get(name), filterValues.get(negated(name))];
    if (column === undefined || (values === undefined && others === undefined)) return [];
    const isOne = others === undefined && Array.isArray(values) && values.length === 1;
    return isAlike === true && isOne ? [] : [column];
  });
}

/** The parts of the listening history that the filters need. */
export function needsOf(filter: RecordFilter): HistoryFact[] {
  const rows = new Map<string, Filter>(Object.entries(filters));
  const needs = Object.keys(filter).flatMap((name) => rows.get(name)?.needs ?? []);
  return filter.during === undefined ? needs : ["Plays within a span", ...needs];
}

/** Explains an empty list. */
export interface Emptied {
  /** As typed: "--genre", or "the words" for words of artist and title. */
  readonly asked: readonly string[];
  /** The number of rows without this one filter, the largest first. Filters that make no difference are left out. */
  readonly without: readonly { readonly name: string; readonly rows: number }[];
}

/** Runs one query per filter, so call it only if nothing was left. `during` does not count as a filter. */
export function emptiedBy(filter: RecordFilter, count: (filter: RecordFilter) => number): Emptied {
  const { during: _, ...others } = filter;
  const names = Object.keys(others);
  return {
    asked: names.map(typedName),
    without: names
      .map((name) => ({
        name: typedName(name),
        rows: count(Object.fromEntries(Object.entries(filter).filter(([each]) => each !== name))),
      }))
      .filter(({ rows }) => rows > 0)
      .toSorted((a, b) => b.rows - a.rows),
  };
}

function typedName(name: string): string {
  if (name === "words") return "the words";
  for (const [each, row] of Object.entries(filters)) {
    if (each === name) return `--${flagOf(each, row)}`;
    if (negated(each) === name) return `--not-${flagOf(each, row)}`;
  }
  return name;
}
