// The filters of the command line as parameters of tools. Their names have underscores.
import { UsageError } from "../../../model/errors.ts";
import type { AlbumFilter } from "../../../queries/filters/record-filter.ts";
import { flagOf, type Filter } from "../../../queries/filters/filter.ts";
import { readAlbumFilter, readRecordFilter } from "../../../queries/filters/read-filter.ts";
import { filtersOf, type Subject } from "../../../queries/filters/all-filters.ts";
import { phrase, phrases, toggle, type Parameter, type Parameters } from "../../parameters/parameter.ts";

/** Search words and the filters of a subject, except those in `without`. */
export function filterParameters(subject: Subject, without: readonly string[] = []): Parameters {
  return {
    query: phrase("words of artist or title"),
    ...Object.fromEntries(
      filtersOf(subject)
        .filter(([name]) => !without.includes(name))
        .map(([name, row]) => [parameterName(flagOf(name, row)), parameterOf(row)]),
    ),
  };
}

function parameterName(flag: string): string {
  return flag.replaceAll("-", "_");
}

function parameterOf(row: Filter): Parameter<unknown> {
  const { placeholder, words = null, isSingle } = row;
  const meaning = meaningOf(row);
  if (placeholder === undefined) return toggle(meaning);
  if (!isSingle) return phrases(`${meaning}; any of these`, words);
  const { read, schema } = phrases(meaning, words);
  return { meaning, schema, read };
}

function meaningOf({ help, words, meanings = {} }: Filter): string {
  const told = Object.entries(meanings).map(([word, meaning]) => `${word}: ${meaning}`);
  return [help, ...told].filter((part) => part !== "").join("; ") || (words ?? []).join(", ");
}

type Values = Readonly<Record<string, unknown>>;

export function readRecords(values: Values, nowUts: number): AlbumFilter {
  return inTheirNames(() => readRecordFilter(optionsOf(values), wordsOf(values), nowUts));
}

export function readAlbums(values: Values, nowUts: number): AlbumFilter {
  return inTheirNames(() => readAlbumFilter(optionsOf(values), wordsOf(values), nowUts));
}

/** The values under the names of command-line options. false and null are not passed on. */
function optionsOf(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([, value]) => value !== false && value !== null)
      .map(([name, value]) => [
        name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        value,
      ]),
  );
}

function wordsOf({ query }: Values): readonly string[] {
  return typeof query === "string" ? query.split(/\s+/).filter((word) => word !== "") : [];
}

/** Replaces options by parameters in the text of an error. */
export function inTheirNames<Value>(read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const named = (told: string): string =>
      told.replace(/(?<!["\w-])--([a-z][a-z-]*)/g, (_, flag: string) => parameterName(flag));
    throw new UsageError(named(error.message), named(error.hint), { cause: error });
  }
}
