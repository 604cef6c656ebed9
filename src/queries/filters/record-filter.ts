// Turns filters into SQL conditions. The values of one filter are alternatives; different filters are combined with
// AND.
import type { Database } from "../../store/file/database.ts";
import type { HistoryFact } from "../figures/readiness.ts";
import type { PlayScope } from "../figures/record-source.ts";
import { recordsNamed } from "../find/records-named.ts";
import { foldedWords, holdingWords } from "../conditions/words.ts";
import { allOf, type Condition } from "../conditions/condition-parts.ts";
import { type AlbumFacts, type AlbumStage, type Filter, negated, negationOf } from "./filter.ts";
import { filters, filtersOf, type FilterValues } from "./all-filters.ts";

export type AlbumFilter = RecordFilter;

/** A test for the filters of one stage, words excluded. */
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

/** Words made of punctuation alone filter nothing. */
function namedBy(database: Database, words: readonly string[]): Condition[] {
  if (foldedWords(words).length === 0) return [];
  const ids = recordsNamed(database, words.join(" ")).records.map(({ recordId }) => recordId);
  return [{ sql: "record.id IN (SELECT value FROM json_each(?))", parameters: [JSON.stringify(ids)] }];
}

/** The columns that show the filtered values. */
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

/** The parts of the listening history that the filters need. */
export function needsOf(filter: RecordFilter): HistoryFact[] {
  const rows = new Map<string, Filter>(Object.entries(filters));
  const needs = Object.keys(filter).flatMap((name) => rows.get(name)?.needs ?? []);
  return filter.during === undefined ? needs : ["Plays within a span", ...needs];
}
