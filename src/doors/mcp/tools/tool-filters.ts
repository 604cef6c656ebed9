// The filters of the command line as parameters of tools. Their names have underscores.
import { UsageError } from "../../../model/errors.ts";
import type { AlbumFilter } from "../../../queries/filters/record-filter.ts";
import { flagOf } from "../../../queries/filters/filter.ts";
import { readAlbumFilter, readRecordFilter } from "../../../queries/filters/read-filter.ts";
import { filtersOf, type Subject } from "../../../queries/filters/all-filters.ts";
import { filterParameter, optionsOf, wordsOf } from "../../parameters/filter-parameter.ts";
import { phrase, type Parameters } from "../../parameters/parameter.ts";

/** Search words and the filters of a subject, except those in `without`. */
export function filterParameters(subject: Subject, without: readonly string[] = []): Parameters {
  return {
    query: phrase("words of artist or title"),
    ...Object.fromEntries(
      filtersOf(subject)
        .filter(([name]) => !without.includes(name))
        .map(([name, row]) => [parameterName(flagOf(name, row)), filterParameter(row)]),
    ),
  };
}

function parameterName(flag: string): string {
  return flag.replaceAll("-", "_");
}

type Values = Readonly<Record<string, unknown>>;

export function readRecords(values: Values, nowUts: number): AlbumFilter {
  return inTheirNames(() => readRecordFilter(optionsOf(values), wordsOf(values["query"]), nowUts));
}

export function readAlbums(values: Values, nowUts: number): AlbumFilter {
  return inTheirNames(() => readAlbumFilter(optionsOf(values), wordsOf(values["query"]), nowUts));
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
