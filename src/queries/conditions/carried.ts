// Filters whose values come from the cache, such as genres and folders.
import { nearestOf, UsageError } from "../../model/errors.ts";
import { inQuotes, bareArtistName } from "../../model/names.ts";
import { fold } from "../../match/text/fold.ts";
import type { Database } from "../../store/file/database.ts";
import type { ChoiceSource } from "../documents/allowed-values.ts";
import { list, plain, valuesOf, type Sql } from "./sql.ts";

export interface Carried {
  /** The filter, which is also the `--by` dimension of rewind stats that lists its values. */
  readonly name: ChoiceSource;
  /** SQL that returns each value once, the most common first. */
  readonly valuesQuery: string;
  /** SQL condition: the record has one of the values of a subquery. */
  readonly carrier: (values: Sql) => Sql;
  /** The beginning of the error: "no record carries the genre". */
  readonly unknown: string;
  /** If no value equals the text, any value that contains it matches. */
  readonly takesParts?: true;
  /** Maps a value to the key that is compared. Default: folding. */
  readonly keyOf?: (value: string) => string;
}

export function knownValues(database: Database, { valuesQuery }: Carried): string[] {
  return valuesOf(database, plain(valuesQuery));
}

/** Throws UsageError for a value that no record carries. */
export function carries(database: Database, carried: Carried, texts: readonly string[]): Sql {
  return carried.carrier(list(resolveValues(database, carried, texts)));
}

/** The cache's spellings of the typed values. */
function resolveValues(database: Database, carried: Carried, texts: readonly string[]): string[] {
  const keyOf = carried.keyOf ?? fold;
  const allValues = knownValues(database, carried);
  const spellings = new Map<string, string[]>();
  for (const value of allValues) {
    for (const key of new Set([keyOf(value), keyOf(bareArtistName(value))])) {
      spellings.set(key, [...(spellings.get(key) ?? []), value]);
    }
  }
  return texts.flatMap((text) => {
    const values =
      spellings.get(keyOf(text)) ?? (carried.takesParts === true ? containing(text, allValues) : []);
    if (values.length === 0) throw unknownValue(carried, text, allValues);
    return values;
  });
}

function containing(text: string, values: readonly string[]): string[] {
  const part = fold(text);
  return part === "" ? [] : values.filter((value) => fold(value).includes(part));
}

const mostShown = 6;

function unknownValue({ unknown, name }: Carried, text: string, values: readonly string[]): UsageError {
  const phrase = `${unknown} "${text.slice(0, 40)}"`;
  if (values.length === 0) return new UsageError(phrase, `What there is: rewind stats --by ${name}`);
  const nearest = nearestOf(text, values);
  const examples =
    values.slice(0, mostShown).map(inQuotes).join(", ") + (values.length > mostShown ? ", …" : "");
  const guess = nearest === undefined ? "" : `. Did you mean ${inQuotes(nearest)}?`;
  return new UsageError(`${phrase}${guess}`, `Yours: ${examples}\nAll of them: rewind stats --by ${name}`);
}
