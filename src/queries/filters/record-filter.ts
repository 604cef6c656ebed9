// Which records: every filter as a condition in SQL. Values of one filter are alternatives, filters narrow each other.
import type { Database } from "../../store/file/database.ts";
import type { HistoryFact } from "../figures/readiness.ts";
import type { PlayScope } from "../figures/record-source.ts";
import { recordsNamed } from "../find/records-named.ts";
import { foldedWords, holdingWords } from "../conditions/words.ts";
import { allOf, type Condition } from "../conditions/condition-parts.ts";
import { type AlbumFacts, type AlbumStage, type Filter, negated, negationOf } from "./filter.ts";
import { filters, filtersOf, type FilterValues } from "./all-filters.ts";

export type AlbumFilter = RecordFilter;

/** Whether an album passes the filters of a stage, other than the words; each is asked of what passed those before. */
export function albumTest(
  filter: Omit<AlbumFilter, "during">,
  stage: AlbumStage,
): (album: AlbumFacts) => boolean {
  const given = new Map<string, unknown>(Object.entries(filter));
  const tests = filtersOf("albums").flatMap(([name, { albums }]) => {
    const value = given.get(name);
    const values: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const isAsked = albums?.stage === stage && values.length > 0;
    return isAsked ? [albums.test(values)] : [];
  });
  return (album) => tests.every((isLetIn) => isLetIn(album));
}

/** The albums, artists or tracks that hold the words of a filter. */
export function holdingFilterWords<Album extends { readonly artist: string; readonly title: string | null }>(
  all: readonly Album[],
  { words = [] }: Pick<AlbumFilter, "words">,
): readonly Album[] {
  return holdingWords(all, ({ artist, title }) => `${artist} ${title ?? ""}`, foldedWords(words));
}

export interface RecordFilter extends FilterValues, PlayScope {
  /** Records that recordsNamed() finds under them all. */
  readonly words?: readonly string[];
}

/** Over the tables of recordSource(): record, release, match, and heard where plays are those of a span. */
export function condition(database: Database, filter: RecordFilter): Condition {
  const scope = { database, ...playScope(filter) };
  const given = new Map<string, unknown>(Object.entries(filter));
  const asked = (name: string, row: Filter | undefined): Condition[] => {
    const value = given.get(name);
    const values = Array.isArray(value) ? value : value === undefined ? [] : [value];
    const part = values.length === 0 ? undefined : row?.condition?.(values, scope);
    return part === undefined ? [] : [part];
  };
  return allOf([
    ...namedBy(database, filter.words ?? []),
    ...filtersOf("cross-reference").flatMap(([name, row]) => [
      ...asked(name, row),
      ...asked(negated(name), negationOf(row)),
    ]),
  ]);
}

/** Words that are nothing but punctuation ask for nothing. */
function namedBy(database: Database, words: readonly string[]): Condition[] {
  if (foldedWords(words).length === 0) return [];
  const ids = recordsNamed(database, words.join(" ")).records.map(({ recordId }) => recordId);
  return [{ sql: "record.id IN (SELECT value FROM json_each(?))", parameters: [JSON.stringify(ids)] }];
}

/** The columns that show what is asked for. */
export function columnsOfFilter(filter: RecordFilter): string[] {
  const given = new Map<string, unknown>(Object.entries(filter));
  return Object.entries<Filter>(filters).flatMap(([name, { column, isAlike }]) => {
    const [values, others] = [given.get(name), given.get(negated(name))];
    if (column === undefined || (values === undefined && others === undefined)) return [];
    const isOne = others === undefined && Array.isArray(values) && values.length === 1;
    return isAlike === true && isOne ? [] : [column];
  });
}

function playScope({ during, isLastOfAllTime }: PlayScope): PlayScope {
  return {
    ...(during === undefined ? {} : { during }),
    ...(isLastOfAllTime === undefined ? {} : { isLastOfAllTime }),
  };
}

/** What of the listening history a filter can't do without. */
export function needsOf(filter: RecordFilter): HistoryFact[] {
  const rows = new Map<string, Filter>(Object.entries(filters));
  const needs = Object.keys(filter).flatMap((name) => rows.get(name)?.needs ?? []);
  return filter.during === undefined ? needs : ["Plays within a span", ...needs];
}
