// The shape of a filter row. Help, parsing, SQL, completion and documentation all read the rows; no other list of
// filters exists.
import type { Database } from "../../store/file/database.ts";
import type { Choices, ChoiceSource, Words } from "../documents/allowed-values.ts";
import type { HistoryFact } from "../statistics/readiness.ts";
import type { PlayedItem } from "../statistics/played-items.ts";
import type { PlayScope } from "../statistics/play-counts.ts";
import { sql, type Sql } from "../../store/file/sql.ts";

/** Plays, spins and last plays are those within the span, if there is one. */
export interface Scope extends PlayScope {
  readonly database: Database;
}

/** Facts about an album that filters can test. */
export type AlbumFacts = Pick<
  PlayedItem,
  "artist" | "title" | "titles" | "plays" | "lastPlayedUts" | "tracks" | "isWanted"
>;

export type AlbumTest = (album: AlbumFacts) => boolean;

/** A filter whose values come from the cache, such as genres and folders. */
export interface CachedValues {
  /** The filter, which is also the `--by` dimension of rewind stats that lists its values. */
  readonly name: ChoiceSource;
  /** SQL that returns each value once, the most common first. */
  readonly valuesQuery: string;
  /** SQL condition: the record has one of the values of a subquery. */
  readonly buildCondition: (values: Sql) => Sql;
  /** The beginning of the error: "no record carries the genre". */
  readonly unknownMessage: string;
  /** If no value equals the text, any value that contains it matches. */
  readonly takesParts?: true;
  /** Maps a value to the key that is compared. Default: folding. */
  readonly toKey?: (value: string) => string;
}

/** `Single`: if repeated, the last value wins. Otherwise any of the values matches. */
export interface Filter<Value = unknown, Single = boolean> extends Partial<Words> {
  readonly isSingle: Single;
  /** The flag, if it differs from the row's name. */
  readonly flag?: string;
  /** The value's placeholder in the help. A switch has none. */
  readonly placeholder?: string;
  readonly help: string;
  /** Values to show in the help and in errors. */
  readonly examples?: string;
  /** The default as the help names it. */
  readonly defaultValue?: string;
  /** The allowed values come from the cache; any other value is refused. */
  readonly cachedValues?: CachedValues;
  /** Completion proposes these values, but any other value is accepted. */
  readonly choiceSource?: ChoiceSource;
  /** Returns undefined for a value that filters nothing. Throws UsageError. */
  parse(this: void, flag: string, text: string, nowUts: number): Value | undefined;
  /**
   * Uses the tables of buildRecordSource(). Absent if the filter does not apply to records. Returns undefined if every
   * record passes.
   */
  condition?(this: void, values: readonly Value[], scope: Scope): Sql | undefined;
  /** The CSV name of the column that a filtered list shows. */
  readonly column?: string | undefined;
  /** The column is left out for a single value, which every line would show. */
  readonly isAlike?: true | undefined;
  /** Absent if the filter does not apply to albums. */
  albums?(this: void, values: readonly Value[]): AlbumTest;
  /** The test of albums needs the number of tracks heard, which is slow to count. */
  readonly needsTracks?: true;
  /** A number alone means exactly that many, which people may type for "at least". */
  readonly isCount?: true;
  /** The command that fetches what the filter compares, if a plain sync does not. */
  readonly fetchedBy?: string;
  /** The part of the listening history that the filter needs. */
  readonly needs?: HistoryFact;
  /** Limits the filter to the question behind the documented JSON. */
  readonly only?: "cross-reference";
  /** Lets through what another filter does not: "--not-genre". */
  readonly isNegation?: true;
  /** Has a negation, "--not-genre" beside "--genre": the parts of the filter that differ in it. */
  readonly negation?: Negation<Value>;
}

type Negation<Value> = Partial<Pick<Filter<Value>, "words" | "parse">>;

type Parts<Value> = Omit<Filter<Value>, "isSingle" | "negation">;

export function singleFilter<Value>(parts: Parts<Value>): Filter<Value, true> {
  return { ...parts, isSingle: true };
}

export function repeatableFilter<Value>(parts: Parts<Value>): Filter<Value, false> {
  return { ...parts, isSingle: false };
}

export function negatableFilter<Value>(parts: Parts<Value>, negation: Negation<Value> = {}) {
  return { ...repeatableFilter(parts), negation };
}

/** The values that can be listed; undefined if none can. */
export function getChoices({ words, otherWords = [], meanings = {}, ...row }: Filter): Choices | undefined {
  if (words !== undefined) return { words, otherWords, meanings };
  const source = row.cachedValues?.name ?? row.choiceSource;
  return source === undefined ? undefined : { source };
}

/** Returns the flag without the dashes. */
export function toFlag(name: string, { flag }: Filter): string {
  return flag ?? name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** The name of the option in a parsed command line. */
export function toOptionName(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The negation as a filter of its own, if there is one. Where the filter lets everything pass, so does its negation. */
export function buildNegation(name: string, filter: Filter): [string, Filter][] {
  const { negation, isAlike: _, ...row } = filter;
  if (negation === undefined) return [];
  const others: Filter = {
    ...row,
    ...negation,
    help: `leave out this ${name}`,
    isNegation: true,
    condition(values, scope) {
      const inside = row.condition?.(values, scope);
      return inside && sql`NOT ${inside}`;
    },
  };
  return [[toOptionName(`not-${name}`), others]];
}
